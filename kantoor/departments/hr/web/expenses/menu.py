"""The part of the menu for expenses; what is one's own stands under Mine."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.web.expenses import cards, plans
from kantoor.departments.hr.web.expenses.claim import CLAIM
from kantoor.departments.hr.web.expenses.entering import ENTER_EXPENSE, RECEIPT
from kantoor.departments.hr.web.expenses.lists import CATEGORIES, CLAIMS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "cards", "plans"]

SECTION = Section(_("Expenses"), [CLAIMS, CATEGORIES])
WITHIN: Sequence[View] = (CLAIM, ENTER_EXPENSE, RECEIPT)
