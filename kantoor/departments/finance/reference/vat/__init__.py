"""VAT: rates by country and date, who is in the EU, and how a sale is taxed."""

from kantoor.departments.finance.reference.vat.decision import (
    Category,
    NoRate,
    Supply,
    Treatment,
    treatment,
    treatment_by,
)
from kantoor.departments.finance.reference.vat.purchases import (
    Ground,
    PurchaseCode,
    grounds,
    purchase_code,
    purchase_codes,
    purchase_ground,
)
from kantoor.departments.finance.reference.vat.rates import (
    countries,
    reduced_rates,
    standard_rate,
)
from kantoor.departments.finance.reference.vat.union import is_eu, is_member_state, vat_territory

__all__ = [
    "Category",
    "Ground",
    "NoRate",
    "PurchaseCode",
    "Supply",
    "Treatment",
    "countries",
    "grounds",
    "is_eu",
    "is_member_state",
    "purchase_code",
    "purchase_codes",
    "purchase_ground",
    "reduced_rates",
    "standard_rate",
    "treatment",
    "treatment_by",
    "vat_territory",
]
