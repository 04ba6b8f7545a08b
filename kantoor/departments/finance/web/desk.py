"""The desk of finance: its registers and reports in the order of the menu."""

from kantoor.departments.finance.web import cards, plans
from kantoor.departments.finance.web.accounts import ACCOUNT, ACCOUNTS
from kantoor.departments.finance.web.books import DIMENSIONS, JOURNALS, TAX_CODES
from kantoor.departments.finance.web.calendar import PERIOD, PERIODS
from kantoor.departments.finance.web.entries import ENTRIES, ENTRY
from kantoor.departments.finance.web.invoices import INVOICE, INVOICES
from kantoor.departments.finance.web.ledger import GENERAL_LEDGER
from kantoor.departments.finance.web.papers import INVOICE_PAPER
from kantoor.departments.finance.web.receivables import BY_AGE, RECEIVABLES
from kantoor.departments.finance.web.statements import BALANCE_SHEET, PROFIT_AND_LOSS
from kantoor.departments.finance.web.trial_balance import TRIAL_BALANCE
from kantoor.kernel.pages.desk import Desk, open_desk

__all__ = ["DESK", "cards", "plans"]

DESK = open_desk(
    Desk(
        name="finance",
        views=[
            INVOICES,
            INVOICE,
            INVOICE_PAPER,
            RECEIVABLES,
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
    )
)
