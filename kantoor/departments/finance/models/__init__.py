"""All models of finance, gathered for Django."""

from kantoor.departments.finance.models.allocations import (
    AllocationKey,
    AllocationRun,
    AllocationShare,
)
from kantoor.departments.finance.models.asset_movements import (
    AssetEvent,
    AssetMovement,
    AssetValue,
    DepreciationRun,
)
from kantoor.departments.finance.models.assets import Asset, AssetCategory, AssetTerms, AssetUse
from kantoor.departments.finance.models.banking import (
    BankAccount,
    BankRule,
    Statement,
    StatementLine,
)
from kantoor.departments.finance.models.budgets import Budget, BudgetAmount, BudgetVersion
from kantoor.departments.finance.models.calendar import FiscalYear, Period
from kantoor.departments.finance.models.chart import Account, Journal
from kantoor.departments.finance.models.collecting import (
    RecurringInvoice,
    RecurringLine,
    RecurringPeriod,
    Reminder,
    ReminderHold,
    ReminderItem,
    ReminderLevel,
)
from kantoor.departments.finance.models.currency import Rate
from kantoor.departments.finance.models.dimensions import Dimension, DimensionSet, DimensionValue
from kantoor.departments.finance.models.groups import Affiliate, CompanyGroup, GroupMember, Mirror
from kantoor.departments.finance.models.instalments import Deduction, Instalment, PaymentTerm
from kantoor.departments.finance.models.invoices import Invoice, InvoiceLine, InvoiceTax
from kantoor.departments.finance.models.leaving import ImportedFile
from kantoor.departments.finance.models.ledger import Balance, Entry, Line
from kantoor.departments.finance.models.particulars import Particulars
from kantoor.departments.finance.models.party_accounts import (
    CreditorIdentifier,
    Mandate,
    PartyAccount,
)
from kantoor.departments.finance.models.payables import (
    PurchaseFinding,
    PurchaseInvoice,
    PurchaseLine,
    PurchaseStep,
    PurchaseTax,
    Supplier,
)
from kantoor.departments.finance.models.payments import (
    PaymentApproval,
    PaymentItem,
    PaymentOrder,
    PaymentReport,
    PaymentRun,
    SealedReturn,
)
from kantoor.departments.finance.models.purchasing import (
    ApprovalRule,
    MatchTolerance,
    PurchaseApproval,
    PurchaseOrder,
    PurchaseOrderLine,
    Receipt,
    ReceiptLine,
)
from kantoor.departments.finance.models.receivables import OpenItem, Settlement
from kantoor.departments.finance.models.reporting import ReportLayout
from kantoor.departments.finance.models.spreading import (
    Accrual,
    Spread,
    SpreadPart,
    SpreadPlan,
    SpreadPosting,
    SpreadRun,
)
from kantoor.departments.finance.models.tax import EntryTax, TaxCode
from kantoor.departments.finance.models.vat import (
    VatCheck,
    VatFigure,
    VatListingLine,
    VatRegime,
    VatReturn,
)
from kantoor.departments.finance.models.year_close import YearClose, YearReopening

__all__ = [
    "Account",
    "Accrual",
    "Affiliate",
    "AllocationKey",
    "AllocationRun",
    "AllocationShare",
    "ApprovalRule",
    "Asset",
    "AssetCategory",
    "AssetEvent",
    "AssetMovement",
    "AssetTerms",
    "AssetUse",
    "AssetValue",
    "Balance",
    "BankAccount",
    "BankRule",
    "Budget",
    "BudgetAmount",
    "BudgetVersion",
    "CompanyGroup",
    "CreditorIdentifier",
    "Deduction",
    "DepreciationRun",
    "Dimension",
    "DimensionSet",
    "DimensionValue",
    "Entry",
    "EntryTax",
    "FiscalYear",
    "GroupMember",
    "ImportedFile",
    "Instalment",
    "Invoice",
    "InvoiceLine",
    "InvoiceTax",
    "Journal",
    "Line",
    "Mandate",
    "MatchTolerance",
    "Mirror",
    "OpenItem",
    "Particulars",
    "PartyAccount",
    "PaymentApproval",
    "PaymentItem",
    "PaymentOrder",
    "PaymentReport",
    "PaymentRun",
    "PaymentTerm",
    "Period",
    "PurchaseApproval",
    "PurchaseFinding",
    "PurchaseInvoice",
    "PurchaseLine",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "PurchaseStep",
    "PurchaseTax",
    "Rate",
    "Receipt",
    "ReceiptLine",
    "RecurringInvoice",
    "RecurringLine",
    "RecurringPeriod",
    "Reminder",
    "ReminderHold",
    "ReminderItem",
    "ReminderLevel",
    "ReportLayout",
    "SealedReturn",
    "Settlement",
    "Spread",
    "SpreadPart",
    "SpreadPlan",
    "SpreadPosting",
    "SpreadRun",
    "Statement",
    "StatementLine",
    "Supplier",
    "TaxCode",
    "VatCheck",
    "VatFigure",
    "VatListingLine",
    "VatRegime",
    "VatReturn",
    "YearClose",
    "YearReopening",
]
