"""How a company files its VAT on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models.vat import VatRegime
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

Rhythm = Literal["month", "quarter", "year"]
Distance = Literal["origin", "destination"]


class Regime(NamedTuple):
    """How a company files (see models/vat.py): by the quarter at home, unless it said otherwise."""

    rhythm: str = "quarter"
    distance: str = "origin"
    small: bool = False
    tax_number: str = ""


class RegimeRow(msgspec.Struct, frozen=True, kw_only=True):
    """How the company files from a day on; without a day, from the beginning."""

    starts_on: date | None
    rhythm: str
    distance: str
    small: bool
    tax_number: str


class Regimes:
    """A company's regimes through time."""

    def __init__(self, company_id: int) -> None:
        self.rows: Sequence[VatRegime] = list(
            VatRegime.objects.filter(company_id=company_id).order_by("-starts_on")
        )

    def on(self, day: date) -> Regime:
        """The one in force on a day."""
        for each in self.rows:
            if each.starts_on <= day:
                return Regime(each.rhythm, each.distance, each.small, each.tax_number)
        return Regime()


@query(permission="finance.read_vat", title=_("How VAT is filed"), exposed=True)
def vat_regimes(actor: Actor, /) -> list[RegimeRow]:
    """How the company files its VAT, latest first; the last row is how it began."""
    rows = [
        RegimeRow(
            starts_on=each.starts_on,
            rhythm=each.rhythm,
            distance=each.distance,
            small=each.small,
            tax_number=each.tax_number,
        )
        for each in scoped(actor, VatRegime).order_by("-starts_on")
    ]
    first = Regime()
    usual = RegimeRow(
        starts_on=None,
        rhythm=first.rhythm,
        distance=first.distance,
        small=first.small,
        tax_number=first.tax_number,
    )
    return [*rows, usual]
