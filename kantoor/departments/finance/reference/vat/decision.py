"""How a sale is taxed: from who sells to whom, when, and what, to a rate, a code and a reason."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from kantoor.departments.finance.reference.charts.template import Role
from kantoor.departments.finance.reference.files import read_toml
from kantoor.departments.finance.reference.text import Text
from kantoor.departments.finance.reference.vat.rates import standard_rate
from kantoor.departments.finance.reference.vat.union import is_eu, vat_territory
from kantoor.kernel.errors import DomainError

ZERO = Decimal(0)


class Category(StrEnum):
    """What kind of sale it is for VAT."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse_charge"
    INTRA_EU_GOODS = "intra_eu_goods"
    DISTANCE_SALE = "distance_sale"
    EXPORT = "export"
    EXEMPT = "exempt"
    NOT_SUBJECT = "not_subject"


class Supply(StrEnum):
    """What is sold: the place of supply of goods and of services follows different rules."""

    GOODS = "goods"
    SERVICES = "services"


@dataclass(frozen=True, slots=True)
class Treatment:
    """The VAT treatment of a sale.

    `ground` is the rule that decided, a stable key; `rate` a percentage; `sales_role` the account
    of the chart that the revenue goes to; `reason_code` a VATEX code or empty; `rule` the law. Put
    `reason` on an invoice only when `en16931_category` is not S (EN 16931 BR-S-10).
    """

    ground: str
    category: Category
    en16931_category: str
    rate: Decimal
    sales_role: Role
    reason_code: str
    reason: Text
    rule: str


class NoRate(DomainError):
    """The sale is taxed at the seller's standard rate, and none is on record for that day."""

    code = "finance.no_vat_rate"

    def __init__(self, country: str, on: date) -> None:
        self.country = country
        self.on = on
        self.text = Text.of(_table()["no_rate"]["message"]).filled(country=country, on=on)
        super().__init__(self.text.en, field="country")


@lru_cache(maxsize=1 << 14)
def treatment(
    seller_country: str,
    customer_country: str | None,
    customer_vat_id: bool,
    on: date,
    exempt: bool = False,
    supply: Supply = Supply.GOODS,
    registered: bool = True,
) -> Treatment:
    """How a sale on that day is taxed; countries are ISO 3166 alpha-2, None when unknown.

    `customer_vat_id` says whether the customer gave a VAT number of its country (outside the EU,
    other proof of being a business), `exempt` whether what is sold is exempt (Directive
    2006/112/EC, art. 132 and 135), `registered` whether the seller is in the VAT system at all.
    Distance sales are taken to be below the threshold. Raises `NoRate` when the seller's standard
    rate is due and not on record.

    The answers are kept: call it for each invoice line without a second thought, with positional
    arguments where speed counts.
    """
    seller = vat_territory(seller_country)
    customer = vat_territory(customer_country) if customer_country else None
    if not registered:
        return _treatment("not_registered", ZERO)
    if exempt:
        return _treatment("exempt", ZERO)
    if customer is None or customer == seller:
        ground = "country_unknown" if customer is None else "domestic"
    elif supply == Supply.SERVICES:
        ground = _service_abroad(seller, customer, customer_vat_id, on)
    else:
        ground = _goods_abroad(seller, customer, customer_vat_id, on)
    return _treatment(ground, _rate(ground, seller, on))


def _goods_abroad(seller: str, customer: str, vat_id: bool, on: date) -> str:
    if not is_eu(seller, on):
        return "export_by_third_country"
    if not is_eu(customer, on):
        return "export"
    return "intra_eu_goods" if vat_id else "distance_sale"


def _service_abroad(seller: str, customer: str, vat_id: bool, on: date) -> str:
    if not vat_id:
        return "service_to_consumer_abroad"
    within_union = is_eu(seller, on) and is_eu(customer, on)
    return "intra_eu_service" if within_union else "service_outside_scope"


def _rate(ground: str, seller: str, on: date) -> Decimal:
    if _table()[ground]["rate"] == "zero":
        return ZERO
    rate = standard_rate(seller, on)
    if rate is None:
        raise NoRate(seller, on)
    return rate


def treatment_by(ground: str, rate: Decimal) -> Treatment:
    """The treatment on a ground that a person chose, at a rate."""
    if ground == "zero_rated":
        return replace(_treatment("domestic", rate), ground=ground, en16931_category="Z")
    return _treatment("domestic" if ground == "reduced" else ground, rate)


@cache
def _treatment(ground: str, rate: Decimal) -> Treatment:
    row = _table()[ground]
    return Treatment(
        ground=ground,
        category=Category(row["category"]),
        en16931_category=row["en16931"],
        rate=rate,
        sales_role=Role(row["sales_role"]),
        reason_code=row["vatex"],
        reason=Text.of(row["reason"]),
        rule=row["rule"],
    )


@cache
def _table() -> dict[str, Any]:
    return read_toml("vat/treatments.toml")
