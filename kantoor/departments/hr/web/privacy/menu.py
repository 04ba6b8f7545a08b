"""The part of the menu for privacy; what is one's own stands under Mine."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.web.privacy import plans, plans_breaches
from kantoor.departments.hr.web.privacy.breaches import BREACH, BREACHES
from kantoor.departments.hr.web.privacy.data import PERSON_DATA
from kantoor.departments.hr.web.privacy.lists import HOLDS, LOOKS, PROPOSALS, RULES
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "plans", "plans_breaches"]

SECTION = Section(_("Privacy"), [BREACHES, PROPOSALS, RULES, HOLDS, LOOKS])
WITHIN: Sequence[View] = (PERSON_DATA, BREACH)
