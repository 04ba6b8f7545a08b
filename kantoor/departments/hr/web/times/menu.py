"""The part of the menu for time; what is one's own stands under Mine."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.web.times import cards, plans
from kantoor.departments.hr.web.times.billing import COSTS, MARGIN, RATES, TO_INVOICE
from kantoor.departments.hr.web.times.lists import MY_SHEETS, SHEETS
from kantoor.departments.hr.web.times.rota import OVERTIME, SHIFTS
from kantoor.departments.hr.web.times.sheet import SHEET
from kantoor.departments.hr.web.times.worked import BY_RATE, WEEK, WORKED
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "cards", "plans"]

SECTION = Section(
    _("Time"),
    [SHEETS, WORKED, BY_RATE, SHIFTS, OVERTIME, TO_INVOICE, MARGIN, RATES, COSTS],
)
WITHIN: Sequence[View] = (SHEET, MY_SHEETS, WEEK)
