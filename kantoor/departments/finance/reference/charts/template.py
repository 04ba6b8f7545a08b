"""What a chart of accounts holds: accounts, the roles that posting rules look up, and journals."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kantoor.departments.finance.reference.layout import Kind
from kantoor.departments.finance.reference.text import Text


class Role(StrEnum):
    """A well-known place in the ledger; each chart has exactly one account for each."""

    RECEIVABLES = "receivables"
    PAYABLES = "payables"
    BANK = "bank"
    CASH = "cash"
    TRANSFERS = "transfers"
    SALES_DOMESTIC = "sales_domestic"
    SALES_INTRA_EU = "sales_intra_eu"
    SALES_EXPORT = "sales_export"
    SALES_EXEMPT = "sales_exempt"
    VAT_PAYABLE = "vat_payable"
    VAT_RECEIVABLE = "vat_receivable"
    VAT_REVERSED = "vat_reversed"
    VAT_NOT_DEDUCTIBLE = "vat_not_deductible"
    VAT_SETTLEMENT = "vat_settlement"
    PURCHASES = "purchases"
    ROUNDING = "rounding"
    SUSPENSE = "suspense"
    BAD_DEBT = "bad_debt"
    RETAINED_EARNINGS = "retained_earnings"
    RESULT_FOR_YEAR = "result_for_year"
    PAYROLL_PAYABLE = "payroll_payable"
    PAYROLL_EXPENSE = "payroll_expense"
    EXCHANGE_DIFFERENCE = "exchange_difference"
    DISPOSAL_RESULT = "disposal_result"
    REVALUATION_RESERVE = "revaluation_reserve"
    PREPAID_EXPENSES = "prepaid_expenses"
    DEFERRED_INCOME = "deferred_income"
    ACCRUED_EXPENSES = "accrued_expenses"
    ACCRUED_INCOME = "accrued_income"
    BANK_CHARGES = "bank_charges"
    PAYMENT_DIFFERENCES = "payment_differences"
    PAYMENTS_IN_TRANSIT = "payments_in_transit"
    COLLECTIONS_IN_TRANSIT = "collections_in_transit"
    DISCOUNT_RECEIVED = "discount_received"
    INTEREST_RECEIVED = "interest_received"
    COLLECTION_CHARGES = "collection_charges"
    PREPAYMENTS_RECEIVED = "prepayments_received"


class JournalKind(StrEnum):
    """What a journal takes."""

    SALES = "sales"
    CREDIT_NOTES = "credit_notes"
    PURCHASES = "purchases"
    BANK = "bank"
    CASH = "cash"
    GENERAL = "general"
    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class AccountTemplate:
    """One posting account.

    `group` is a code of `layout.groups()`; `rgs` the Dutch RGS reference code, empty elsewhere.
    """

    code: str
    name: Text
    kind: Kind
    group: str
    role: Role | None
    rgs: str


@dataclass(frozen=True, slots=True)
class JournalTemplate:
    """A journal that a new company gets; `role` is the account it books against, for bank and cash."""

    code: str
    name: Text
    kind: JournalKind
    role: Role | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of accounts: `accounts` in order of code, `roles` from role to account code."""

    key: str
    title: Text
    countries: tuple[str, ...]
    accounts: tuple[AccountTemplate, ...]
    journals: tuple[JournalTemplate, ...]
    roles: Mapping[Role, str]

    def account(self, code: str) -> AccountTemplate:
        """The account with this code; `KeyError` when there is none."""
        for each in self.accounts:
            if each.code == code:
                return each
        raise KeyError(code)

    def journal(self, kind: JournalKind) -> JournalTemplate:
        """The journal of this kind; every chart has one of each."""
        return next(each for each in self.journals if each.kind == kind)
