"""The desk of finance: its registers and reports in the order of the menu."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.web import cards, plans
from kantoor.departments.finance.web.accounts import ACCOUNT, ACCOUNTS
from kantoor.departments.finance.web.assets import plans as asset_plans
from kantoor.departments.finance.web.assets.card import ASSET
from kantoor.departments.finance.web.assets.register import ASSETS, CATEGORIES, TO_REGISTER
from kantoor.departments.finance.web.assets.reports import FORECAST, MOVEMENTS
from kantoor.departments.finance.web.assets.runs import DUE, RUN, RUNS
from kantoor.departments.finance.web.books import DIMENSIONS, JOURNALS, TAX_CODES
from kantoor.departments.finance.web.calendar import PERIOD, PERIODS
from kantoor.departments.finance.web.currency import EXPOSURE, IMPORT_RATES, RATES
from kantoor.departments.finance.web.entries import ENTRIES, ENTRY
from kantoor.departments.finance.web.groups.pages import AFFILIATES, CONSOLIDATION, MIRRORS
from kantoor.departments.finance.web.invoices import INVOICE, INVOICES
from kantoor.departments.finance.web.ledger import GENERAL_LEDGER
from kantoor.departments.finance.web.papers import INVOICE_PAPER
from kantoor.departments.finance.web.receivables import BY_AGE, RECEIVABLES
from kantoor.departments.finance.web.spreading import plans as spreading_plans
from kantoor.departments.finance.web.spreading.balances import BALANCES
from kantoor.departments.finance.web.spreading.pages import ACCRUALS, SPREAD, SPREADS
from kantoor.departments.finance.web.spreading.pages import DUE as SPREADS_DUE
from kantoor.departments.finance.web.spreading.pages import RUNS as SPREAD_RUNS
from kantoor.departments.finance.web.statements import BALANCE_SHEET, PROFIT_AND_LOSS
from kantoor.departments.finance.web.trial_balance import TRIAL_BALANCE
from kantoor.departments.finance.web.year_close import CHECKLIST, YEARS
from kantoor.kernel.pages.desk import Desk, Section, open_desk

__all__ = ["DESK", "asset_plans", "cards", "plans", "spreading_plans"]

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
            CHECKLIST,
            YEARS,
            EXPOSURE,
            RATES,
            IMPORT_RATES,
            MIRRORS,
            AFFILIATES,
            CONSOLIDATION,
            JOURNALS,
            DIMENSIONS,
            TAX_CODES,
        ],
        sections=[
            Section(_("Sales ledger"), [INVOICES, RECEIVABLES, BY_AGE]),
            Section(_("Ledger"), [ENTRIES, GENERAL_LEDGER, ACCOUNTS, PERIODS]),
            Section(_("Fixed assets"), [ASSETS, RUNS, MOVEMENTS]),
            Section(_("Accruals and deferrals"), [SPREADS, ACCRUALS, BALANCES]),
            Section(_("Reports"), [BALANCE_SHEET, PROFIT_AND_LOSS, TRIAL_BALANCE]),
            Section(_("Closing"), [CHECKLIST, YEARS, EXPOSURE]),
            Section(_("Companies"), [MIRRORS, AFFILIATES, CONSOLIDATION]),
            Section(_("Set-up"), [JOURNALS, DIMENSIONS, TAX_CODES, RATES]),
        ],
    )
)
