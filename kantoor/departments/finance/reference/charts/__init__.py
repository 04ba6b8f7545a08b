"""Charts of accounts to begin a company's books with: `load("nl")`, `for_country("NL")`."""

from kantoor.departments.finance.reference.charts.loading import available, for_country, load
from kantoor.departments.finance.reference.charts.template import (
    AccountTemplate,
    Chart,
    JournalKind,
    JournalTemplate,
    Role,
)

__all__ = [
    "AccountTemplate",
    "Chart",
    "JournalKind",
    "JournalTemplate",
    "Role",
    "available",
    "for_country",
    "load",
]
