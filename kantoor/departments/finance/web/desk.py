"""The desk of finance: its registers and reports in the order of the menu."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.web import cards, plans
from kantoor.departments.finance.web.accounts import ACCOUNT, ACCOUNTS
from kantoor.departments.finance.web.assets import plans as asset_plans
from kantoor.departments.finance.web.assets.card import ASSET
from kantoor.departments.finance.web.assets.register import ASSETS, CATEGORIES, TO_REGISTER
from kantoor.departments.finance.web.assets.reports import FORECAST, MOVEMENTS
from kantoor.departments.finance.web.assets.runs import DUE, RUN, RUNS
from kantoor.departments.finance.web.banking.accounts import BANK_ACCOUNTS
from kantoor.departments.finance.web.books import DIMENSIONS, JOURNALS, TAX_CODES
from kantoor.departments.finance.web.calendar import PERIOD, PERIODS
from kantoor.departments.finance.web.entries import ENTRIES, ENTRY
from kantoor.departments.finance.web.invoices import INVOICE, INVOICES
from kantoor.departments.finance.web.ledger import GENERAL_LEDGER
from kantoor.departments.finance.web.papers import INVOICE_PAPER
from kantoor.departments.finance.web.payables import cards as payables_cards
from kantoor.departments.finance.web.payables import plans as payables_plans
from kantoor.departments.finance.web.payables.files import BRING_IN, ORDER_PAPER, PURCHASE_FILE
from kantoor.departments.finance.web.payables.invoice import PURCHASE
from kantoor.departments.finance.web.payables.invoices import PURCHASES
from kantoor.departments.finance.web.payables.orders import ORDER, ORDERS
from kantoor.departments.finance.web.payables.owed import PAYABLES, PAYABLES_BY_AGE
from kantoor.departments.finance.web.payables.suppliers import SUPPLIER, SUPPLIERS
from kantoor.departments.finance.web.receivables import BY_AGE, RECEIVABLES
from kantoor.departments.finance.web.spreading import plans as spreading_plans
from kantoor.departments.finance.web.spreading.balances import BALANCES
from kantoor.departments.finance.web.spreading.pages import ACCRUALS, SPREAD, SPREADS
from kantoor.departments.finance.web.spreading.pages import DUE as SPREADS_DUE
from kantoor.departments.finance.web.spreading.pages import RUNS as SPREAD_RUNS
from kantoor.departments.finance.web.statements import BALANCE_SHEET, PROFIT_AND_LOSS
from kantoor.departments.finance.web.trial_balance import TRIAL_BALANCE
from kantoor.kernel.pages.desk import Desk, Section, open_desk

__all__ = [
    "DESK",
    "asset_plans",
    "cards",
    "payables_cards",
    "payables_plans",
    "plans",
    "spreading_plans",
]

DESK = open_desk(
    Desk(
        name="finance",
        views=[
            INVOICES,
            INVOICE,
            INVOICE_PAPER,
            RECEIVABLES,
            PURCHASES,
            PURCHASE,
            PURCHASE_FILE,
            BRING_IN,
            PAYABLES,
            PAYABLES_BY_AGE,
            ORDERS,
            ORDER,
            ORDER_PAPER,
            SUPPLIERS,
            SUPPLIER,
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
            ASSETS,
            ASSET,
            TO_REGISTER,
            CATEGORIES,
            RUNS,
            RUN,
            DUE,
            MOVEMENTS,
            FORECAST,
            SPREADS,
            SPREAD,
            SPREADS_DUE,
            SPREAD_RUNS,
            ACCRUALS,
            BALANCES,
            PERIODS,
            PERIOD,
            JOURNALS,
            DIMENSIONS,
            TAX_CODES,
        ],
        sections=[
            Section(_("Sales ledger"), [INVOICES, RECEIVABLES, BY_AGE]),
            Section(
                _("Purchase ledger"), [PURCHASES, PAYABLES, PAYABLES_BY_AGE, ORDERS, SUPPLIERS]
            ),
            Section(_("Bank"), [BANK_ACCOUNTS]),
            Section(_("Ledger"), [ENTRIES, GENERAL_LEDGER, ACCOUNTS, PERIODS]),
            Section(_("Fixed assets"), [ASSETS, RUNS, MOVEMENTS]),
            Section(_("Accruals and deferrals"), [SPREADS, ACCRUALS, BALANCES]),
            Section(_("Reports"), [BALANCE_SHEET, PROFIT_AND_LOSS, TRIAL_BALANCE]),
            Section(_("Set-up"), [JOURNALS, DIMENSIONS, TAX_CODES]),
        ],
    )
)
