"""The desk of finance: its registers and reports in the order of the menu."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.web import cards, plans
from kantoor.departments.finance.web.accounts import ACCOUNT, ACCOUNTS
from kantoor.departments.finance.web.banking.accounts import BANK_ACCOUNTS
from kantoor.departments.finance.web.books import DIMENSIONS, JOURNALS, TAX_CODES
from kantoor.departments.finance.web.calendar import PERIOD, PERIODS
from kantoor.departments.finance.web.entries import ENTRIES, ENTRY
from kantoor.departments.finance.web.invoices import INVOICE, INVOICES
from kantoor.departments.finance.web.ledger import GENERAL_LEDGER
from kantoor.departments.finance.web.papers import INVOICE_PAPER
from kantoor.departments.finance.web.receivables import BY_AGE, RECEIVABLES
from kantoor.departments.finance.web.statements import BALANCE_SHEET, PROFIT_AND_LOSS
from kantoor.departments.finance.web.trial_balance import TRIAL_BALANCE
from kantoor.kernel.pages.desk import Desk, Section, open_desk

__all__ = ["DESK", "cards", "plans"]

DESK = open_desk(
    Desk(
        name="finance",
        views=[
            INVOICES,
            INVOICE,
            INVOICE_PAPER,
            RECEIVABLES,
            BANK_ACCOUNTS,
            ENTRIES,
            ENTRY,
            ACCOUNTS,
            ACCOUNT,
            BALANCE_SHEET,
            PROFIT_AND_LOSS,
            TRIAL_BALANCE,
            GENERAL_LEDGER,
            BY_AGE,
            PERIODS,
            PERIOD,
            JOURNALS,
            DIMENSIONS,
            TAX_CODES,
        ],
        sections=[
            Section(_("Sales ledger"), [INVOICES, RECEIVABLES, BY_AGE]),
            Section(_("Bank"), [BANK_ACCOUNTS]),
            Section(_("Ledger"), [ENTRIES, GENERAL_LEDGER, ACCOUNTS, PERIODS]),
            Section(_("Reports"), [BALANCE_SHEET, PROFIT_AND_LOSS, TRIAL_BALANCE]),
            Section(_("Set-up"), [JOURNALS, DIMENSIONS, TAX_CODES]),
        ],
    )
)
