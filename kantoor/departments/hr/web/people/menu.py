"""The part of the menu for people."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.web.people import cards, plans
from kantoor.departments.hr.web.people.documents import DOCUMENTS
from kantoor.departments.hr.web.people.handing_in import COPY, HAND_IN
from kantoor.departments.hr.web.people.organisation import ORGANISATION
from kantoor.departments.hr.web.people.past import EMPLOYEE
from kantoor.departments.hr.web.people.register import EMPLOYEES
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(_("People"), [EMPLOYEES, ORGANISATION, DOCUMENTS])
WITHIN: Sequence[View] = (EMPLOYEE, HAND_IN, COPY)

__all__ = ["SECTION", "WITHIN", "cards", "plans"]
