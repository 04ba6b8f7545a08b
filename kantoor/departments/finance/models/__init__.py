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
from kantoor.departments.finance.models.budgets import Budget, BudgetAmount, BudgetVersion
from kantoor.departments.finance.models.calendar import FiscalYear, Period
from kantoor.departments.finance.models.chart import Account, Journal
from kantoor.departments.finance.models.dimensions import Dimension, DimensionSet, DimensionValue
from kantoor.departments.finance.models.invoices import Invoice, InvoiceLine, InvoiceTax
from kantoor.departments.finance.models.ledger import Balance, Entry, Line
from kantoor.departments.finance.models.particulars import Particulars
from kantoor.departments.finance.models.receivables import OpenItem, Settlement
from kantoor.departments.finance.models.spreading import (
    Accrual,
    Spread,
    SpreadPart,
    SpreadPlan,
    SpreadPosting,
    SpreadRun,
)
from kantoor.departments.finance.models.tax import EntryTax, TaxCode

__all__ = [
    "Account",
    "Accrual",
    "AllocationKey",
    "AllocationRun",
    "AllocationShare",
    "Asset",
    "AssetCategory",
    "AssetEvent",
    "AssetMovement",
    "AssetTerms",
    "AssetUse",
    "AssetValue",
    "Balance",
    "Budget",
    "BudgetAmount",
    "BudgetVersion",
    "DepreciationRun",
    "Dimension",
    "DimensionSet",
    "DimensionValue",
    "Entry",
    "EntryTax",
    "FiscalYear",
    "Invoice",
    "InvoiceLine",
    "InvoiceTax",
    "Journal",
    "Line",
    "OpenItem",
    "Particulars",
    "Period",
    "Settlement",
    "Spread",
    "SpreadPart",
    "SpreadPlan",
    "SpreadPosting",
    "SpreadRun",
    "TaxCode",
]
