"""The devices' part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.web.accounts import plans as accounts_plans
from kantoor.departments.ict.web.accounts.register import ACCOUNTS
from kantoor.departments.ict.web.devices import cards, door, plans
from kantoor.departments.ict.web.devices.card import DEVICE
from kantoor.departments.ict.web.devices.counting import SCAN, STOCK_TAKE
from kantoor.departments.ict.web.devices.labels import LABELS
from kantoor.departments.ict.web.devices.lists import (
    CONFLICTS,
    CONSUMABLES,
    HANDOVERS,
    LICENCES,
    LOCATIONS,
    SOFTWARE,
    STOCK_TAKES,
)
from kantoor.departments.ict.web.devices.register import DEVICES
from kantoor.departments.ict.web.devices.sheets import HANDOVER, SHEET_PAPER, SIGN
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "accounts_plans", "cards", "door", "plans"]

SECTION = Section(
    _("Devices"),
    [DEVICES, HANDOVERS, ACCOUNTS, CONFLICTS, SOFTWARE, CONSUMABLES, STOCK_TAKES],
)
WITHIN: Sequence[View] = (
    LABELS, DEVICE, HANDOVER, SHEET_PAPER, SIGN, LICENCES, LOCATIONS, STOCK_TAKE, SCAN,
)  # fmt: skip
