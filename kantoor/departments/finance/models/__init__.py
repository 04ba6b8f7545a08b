"""All models of finance, gathered for Django."""

from kantoor.departments.finance.models.calendar import FiscalYear, Period
from kantoor.departments.finance.models.chart import Account, Journal
from kantoor.departments.finance.models.dimensions import Dimension, DimensionSet, DimensionValue
from kantoor.departments.finance.models.ledger import Balance, Entry, Line

__all__ = [
    "Account",
    "Balance",
    "Dimension",
    "DimensionSet",
    "DimensionValue",
    "Entry",
    "FiscalYear",
    "Journal",
    "Line",
    "Period",
]
