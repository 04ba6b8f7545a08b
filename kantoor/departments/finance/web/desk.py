"""The desk of finance: its menu, and the pages that lie behind what stands in it.

A view that nobody looks for by name (a card, a paper, a form of its own) goes `WITHIN`; one that
people go to goes into a section of the `MENU`, which holds a handful each.
"""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.web import cards, closing_plans, plans
from kantoor.departments.finance.web.accounts import ACCOUNT, ACCOUNTS
from kantoor.departments.finance.web.allocations.pages import DUE as ALLOCATION_DUE
from kantoor.departments.finance.web.allocations.pages import KEYS as ALLOCATION_KEYS
from kantoor.departments.finance.web.allocations.pages import RUNS as ALLOCATIONS
from kantoor.departments.finance.web.assets import plans as asset_plans
from kantoor.departments.finance.web.assets.card import ASSET
from kantoor.departments.finance.web.assets.register import ASSETS, CATEGORIES, TO_REGISTER
from kantoor.departments.finance.web.assets.reports import FORECAST, MOVEMENTS
from kantoor.departments.finance.web.assets.runs import DUE, RUN, RUNS
from kantoor.departments.finance.web.banking import cards as bank_cards
from kantoor.departments.finance.web.banking import plans as bank_plans
from kantoor.departments.finance.web.banking.accounts import BANK_ACCOUNTS
from kantoor.departments.finance.web.banking.hand_in import HAND_IN_BANK
from kantoor.departments.finance.web.banking.lines import BANK_LINE, BANK_LINES
from kantoor.departments.finance.web.banking.reconcile import RECONCILING
from kantoor.departments.finance.web.banking.rules import BANK_RULES
from kantoor.departments.finance.web.banking.statements import BANK_BOOK, BANK_STATEMENTS
from kantoor.departments.finance.web.books import DIMENSIONS, JOURNALS, TAX_CODES
from kantoor.departments.finance.web.budgets import plans as budget_plans
from kantoor.departments.finance.web.budgets.pages import BUDGET, BUDGETS, COMPARISON
from kantoor.departments.finance.web.calendar import PERIOD, PERIODS
from kantoor.departments.finance.web.collecting import plans as plans_of_collecting
from kantoor.departments.finance.web.collecting.papers import REMINDER_PAPER, STATEMENT_PAPER
from kantoor.departments.finance.web.collecting.recurring import RECURRING, RECURRING_ONE
from kantoor.departments.finance.web.collecting.reminders import (
    HOLDS,
    LEVELS,
    REMINDER,
    REMINDERS,
    TO_REMIND,
)
from kantoor.departments.finance.web.collecting.statements import STATEMENT
from kantoor.departments.finance.web.currency import EXPOSURE, IMPORT_RATES, RATES
from kantoor.departments.finance.web.entries import ENTRIES, ENTRY
from kantoor.departments.finance.web.exporting import EXPORT
from kantoor.departments.finance.web.groups.consolidation import CONSOLIDATION, MEMBER_LINES
from kantoor.departments.finance.web.groups.pages import AFFILIATES, MIRRORS
from kantoor.departments.finance.web.invoices import INVOICE, INVOICES
from kantoor.departments.finance.web.layered import (
    BALANCE_OVER_TIME,
    CASH_FLOW,
    LAYOUTS,
    PROFIT_OVER_TIME,
)
from kantoor.departments.finance.web.leaving import IMPORT
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
from kantoor.departments.finance.web.paying import plans as plans_of_paying
from kantoor.departments.finance.web.paying.accounts import (
    MANDATE,
    MANDATES,
    PARTY_ACCOUNT,
    PARTY_ACCOUNTS,
)
from kantoor.departments.finance.web.paying.files import RUN_FILE, STATUS
from kantoor.departments.finance.web.paying.proposal import PROPOSAL
from kantoor.departments.finance.web.paying.runs import PAYMENT_RUN, PAYMENT_RUNS
from kantoor.departments.finance.web.payment_terms import TERMS
from kantoor.departments.finance.web.prepayments import PREPAYMENTS
from kantoor.departments.finance.web.receivables import BY_AGE, RECEIVABLES
from kantoor.departments.finance.web.spreading import plans as spreading_plans
from kantoor.departments.finance.web.spreading.balances import BALANCES
from kantoor.departments.finance.web.spreading.pages import ACCRUALS, SPREAD, SPREADS
from kantoor.departments.finance.web.spreading.pages import DUE as SPREADS_DUE
from kantoor.departments.finance.web.spreading.pages import RUNS as SPREAD_RUNS
from kantoor.departments.finance.web.statements import BALANCE_SHEET, PROFIT_AND_LOSS
from kantoor.departments.finance.web.trial_balance import TRIAL_BALANCE
from kantoor.departments.finance.web.vat.belgium import BELGIAN_RETURN, CLIENT_LISTING
from kantoor.departments.finance.web.vat.checks import VAT_CHECKS
from kantoor.departments.finance.web.vat.listings import (
    ICP_LISTING,
    OSS_RETURN,
    VAT_RECONCILIATION,
)
from kantoor.departments.finance.web.vat.returns import VAT_FACTS, VAT_RETURN, VAT_RETURNS
from kantoor.departments.finance.web.vat.thresholds import VAT_THRESHOLDS
from kantoor.departments.finance.web.year_close import CHECKLIST, YEARS
from kantoor.kernel.pages.desk import Desk, Section, open_desk

__all__ = [
    "DESK",
    "asset_plans",
    "bank_cards",
    "bank_plans",
    "budget_plans",
    "cards",
    "closing_plans",
    "payables_cards",
    "payables_plans",
    "plans",
    "plans_of_collecting",
    "plans_of_paying",
    "spreading_plans",
]

MENU = (
    Section(
        _("Sales ledger"),
        [INVOICES, RECURRING, PREPAYMENTS, RECEIVABLES, BY_AGE, TO_REMIND, REMINDERS],
    ),
    Section(_("Purchase ledger"), [PURCHASES, ORDERS, PAYABLES, PAYABLES_BY_AGE, SUPPLIERS]),
    Section(_("Bank"), [RECONCILING, BANK_LINES, BANK_STATEMENTS, BANK_ACCOUNTS, BANK_RULES]),
    Section(_("Payments"), [PROPOSAL, PAYMENT_RUNS, PARTY_ACCOUNTS, MANDATES]),
    Section(_("Ledger"), [ENTRIES, GENERAL_LEDGER, ACCOUNTS, PERIODS]),
    Section(_("Assets and accruals"), [ASSETS, RUNS, MOVEMENTS, SPREADS, ACCRUALS, BALANCES]),
    Section(
        _("VAT"),
        [
            VAT_RETURNS,
            BELGIAN_RETURN,
            CLIENT_LISTING,
            ICP_LISTING,
            OSS_RETURN,
            VAT_RECONCILIATION,
            VAT_THRESHOLDS,
            VAT_FACTS,
            VAT_CHECKS,
        ],
    ),
    Section(
        _("Reports"),
        [
            BALANCE_SHEET,
            PROFIT_AND_LOSS,
            TRIAL_BALANCE,
            CASH_FLOW,
            BALANCE_OVER_TIME,
            PROFIT_OVER_TIME,
        ],
    ),
    Section(_("Budget"), [BUDGETS, COMPARISON, ALLOCATION_KEYS]),
    Section(_("Closing"), [CHECKLIST, YEARS, EXPOSURE]),
    Section(_("Companies"), [MIRRORS, AFFILIATES, CONSOLIDATION]),
    Section(_("Set-up"), [JOURNALS, DIMENSIONS, TAX_CODES, TERMS, RATES, LAYOUTS, EXPORT, IMPORT]),
)
WITHIN = (
    INVOICE,
    INVOICE_PAPER,
    RECURRING_ONE,
    REMINDER,
    REMINDER_PAPER,
    HOLDS,
    LEVELS,
    STATEMENT,
    STATEMENT_PAPER,
    PURCHASE,
    PURCHASE_FILE,
    BRING_IN,
    ORDER,
    ORDER_PAPER,
    SUPPLIER,
    BANK_LINE,
    BANK_BOOK,
    HAND_IN_BANK,
    PAYMENT_RUN,
    RUN_FILE,
    STATUS,
    PARTY_ACCOUNT,
    MANDATE,
    ENTRY,
    ACCOUNT,
    PERIOD,
    ASSET,
    TO_REGISTER,
    CATEGORIES,
    RUN,
    DUE,
    FORECAST,
    SPREAD,
    SPREADS_DUE,
    SPREAD_RUNS,
    VAT_RETURN,
    BUDGET,
    ALLOCATION_DUE,
    ALLOCATIONS,
    IMPORT_RATES,
    MEMBER_LINES,
)

DESK = open_desk(
    Desk(
        name="finance",
        views=[*(view for section in MENU for view in section.views), *WITHIN],
        sections=MENU,
    )
)
