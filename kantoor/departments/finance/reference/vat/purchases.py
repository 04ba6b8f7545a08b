"""How a purchase is taxed: the grounds there are, and which one an invoice points to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from kantoor.departments.finance.reference.files import read_toml
from kantoor.departments.finance.reference.text import Text
from kantoor.departments.finance.reference.vat.decision import Supply
from kantoor.departments.finance.reference.vat.rates import reduced_rates, standard_rate
from kantoor.departments.finance.reference.vat.union import is_eu, vat_territory

WHOLE = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ground:
    """One way in which a purchase is taxed; `code` and `name` have `{rate}` where it has one.

    `category` is the code of UNCL 5305 that stands on the supplier's invoice; `reversed` says that
    the buyer owes the tax and doesn't pay it to the supplier; `rule` is the law.
    """

    key: str
    code: str
    category: str
    taxed: bool
    reversed: bool
    rule: str
    name: Text


@dataclass(frozen=True, slots=True)
class PurchaseCode:
    """A tax code as it is said: ground, rate and the deductible share, both percentages."""

    ground: Ground
    rate: Decimal
    deductible: Decimal = WHOLE

    @property
    def code(self) -> str:
        """The code, such as `P21`, `PK9` or `P21-50` (half of it deductible)."""
        share = f"-{_shown(self.deductible)}" if self.shared else ""
        return self.ground.code.format(rate=_shown(self.rate)) + share

    @property
    def shared(self) -> bool:
        """Whether part of the tax can't be deducted."""
        return self.ground.taxed and self.deductible != WHOLE

    def names(self) -> tuple[str, str]:
        """The names in English and in Dutch, each with its own decimal sign."""
        english, dutch = self.ground.name.en, self.ground.name.nl
        rate, share = _shown(self.rate), _shown(self.deductible)
        if self.shared:
            english = f"{english}, {share}% deductible"
            dutch = f"{dutch}, {share.replace('.', ',')}% aftrekbaar"
        return english.format(rate=rate), dutch.format(rate=rate.replace(".", ","))


@cache
def grounds() -> dict[str, Ground]:
    """Every ground by its key."""
    return {
        key: Ground(
            key=key,
            code=row["code"],
            category=row["category"],
            taxed=row["rates"] == "any",
            reversed=row["reversed"],
            rule=row["rule"],
            name=Text.of(row["name"]),
        )
        for key, row in read_toml("vat/purchases.toml").items()
    }


def purchase_codes(country: str, on: date) -> list[PurchaseCode]:
    """The codes a buyer in a country can use on a day, wholly deductible ones."""
    standard, lower = standard_rate(country, on), reduced_rates(country, on) or ()
    rates = [rate for rate in (standard, *lower) if rate is not None]
    found = []
    for ground in grounds().values():
        found += [PurchaseCode(ground, rate) for rate in (rates if ground.taxed else [ZERO])]
    return found


def purchase_code(code: str, country: str, on: date) -> PurchaseCode | None:
    """What a code means for a buyer in a country on a day; None for one that can't be."""
    plain, dash, share = code.partition("-")
    found = next((each for each in purchase_codes(country, on) if each.code == plain), None)
    if found is None or not dash:
        return found
    deductible = _share(share)
    if deductible is None or not found.ground.taxed:
        return None
    shared = PurchaseCode(found.ground, found.rate, deductible)
    return shared if shared.code == code else None


def purchase_ground(
    buyer: str, supplier: str, on: date, category: str = "", supply: Supply = Supply.GOODS
) -> Ground:
    """The ground that an invoice points to, by the supplier's country and the category it says.

    `category` is that of the invoice line (UNCL 5305), empty when it says none; both countries are
    ISO 3166 alpha-2, the supplier's empty when unknown.
    """
    plain = {"Z": "purchase_zero", "E": "purchase_exempt", "O": "purchase_outside_scope"}
    here, there = vat_territory(buyer), vat_territory(supplier) if supplier else ""
    if not there or there == here:
        key = {**plain, "AE": "purchase_reversed"}.get(category, "purchase_domestic")
    elif category == "S":
        # Another country's tax, which is asked back from that country and is no input tax here.
        key = "purchase_outside_scope"
    elif not is_eu(there, on):
        key = "import_deferred" if supply == Supply.GOODS else "service_from_outside_eu"
    elif category == "K":
        key = "acquisition"
    elif category in plain:
        key = plain[category]
    else:
        key = "acquisition" if supply == Supply.GOODS else "service_from_eu"
    return grounds()[key]


def _share(text: str) -> Decimal | None:
    """A deductible share from nought to less than the whole, with at most two decimals."""
    whole, _dot, part = text.partition(".")
    digits = (whole + part).isascii() and (whole + part).isdigit()
    if not digits or len(whole) > 2 or len(part) > 2:
        return None
    return Decimal(text)


def _shown(value: Decimal) -> str:
    """A percentage as it is written in a code: `21`, `17.5`."""
    return f"{value.normalize():f}"
