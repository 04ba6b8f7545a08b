"""The part of the menu for recruitment and growth; what is one's own stands under Mine."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.web.growth import cards, plans
from kantoor.departments.hr.web.growth.candidate import CANDIDATE, DOCUMENT
from kantoor.departments.hr.web.growth.lists import CANDIDATES, CERTIFICATES, VACANCIES
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "cards", "plans"]

SECTION = Section(_("Recruitment and growth"), [VACANCIES, CANDIDATES, CERTIFICATES])
WITHIN: Sequence[View] = (CANDIDATE, DOCUMENT)
