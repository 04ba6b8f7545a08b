"""All models of finance, gathered for Django."""

from kantoor.departments.finance.models.calendar import FiscalYear, Period
from kantoor.departments.finance.models.chart import Account, Journal
from kantoor.departments.finance.models.dimensions import Dimension, DimensionSet, DimensionValue
from kantoor.departments.finance.models.invoices import Invoice, InvoiceLine, InvoiceTax
from kantoor.departments.finance.models.ledger import Balance, Entry, Line
from kantoor.departments.finance.models.particulars import Particulars
from kantoor.departments.finance.models.receivables import OpenItem, Settlement
from kantoor.departments.finance.models.tax import TaxCode

__all__ = [
    "Account",
    "Balance",
    "Dimension",
    "DimensionSet",
    "DimensionValue",
    "Entry",
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
    "TaxCode",
]
