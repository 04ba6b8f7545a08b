"""VAT: rates by country and date, who is in the EU, and how a sale is taxed."""

from kantoor.departments.finance.reference.vat.decision import (
    Category,
    NoRate,
    Supply,
    Treatment,
    treatment,
)
from kantoor.departments.finance.reference.vat.rates import (
    countries,
    reduced_rates,
    standard_rate,
)
from kantoor.departments.finance.reference.vat.union import is_eu, is_member_state, vat_territory

__all__ = [
    "Category",
    "NoRate",
    "Supply",
    "Treatment",
    "countries",
    "is_eu",
    "is_member_state",
    "reduced_rates",
    "standard_rate",
    "treatment",
    "vat_territory",
]
