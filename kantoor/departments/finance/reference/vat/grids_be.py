"""The grids of the Belgian VAT return, and what facts of tax put into them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kantoor.departments.finance.reference.files import read_toml
from kantoor.departments.finance.reference.text import Text

GOODS, SERVICES, CAPITAL = "81", "82", "83"
DUE, DEDUCTED = ("54", "55", "56", "57", "63"), ("59", "62", "64")


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid of the form, in a section of it."""

    key: str
    section: str
    name: Text


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the facts of a ground go: each the key of a grid, or empty for none."""

    base: str = ""
    tax: str = ""
    credit: str = ""
    credit_tax: str = ""
    rates: tuple[tuple[str, str], ...] = ()

    def base_at(self, rate: Decimal) -> str:
        """The grid of the base at a rate (a percentage)."""
        by_rate = dict(self.rates)
        return by_rate.get(f"{rate.normalize():f}", self.base or by_rate.get("21", ""))


@cache
def grids() -> tuple[Grid, ...]:
    """Every grid, in the order of the form."""
    return tuple(
        Grid(row["key"], row["section"], Text.of(row["name"]))
        for row in read_toml("vat/grids_be.toml")["grids"]
    )


@cache
def sections() -> dict[str, Text]:
    """The sections of the form by their Roman number."""
    table = read_toml("vat/grids_be.toml")["sections"]
    return {key: Text.of(value) for key, value in table.items()}


@cache
def ways(use: str) -> Mapping[str, Ways]:
    """Where the facts of a sale or purchase go, by ground; a ground that is not there in none."""
    table = read_toml("vat/grids_be.toml")
    found = {ground: _ways(row) for ground, row in table[use].items()}
    if use == "sale":
        found |= {ground: found[other] for ground, other in table["same_as"].items()}
    return found


def _ways(row: Mapping[str, object]) -> Ways:
    rates = row.get("rates", {})
    assert isinstance(rates, dict)
    texts = {name: str(value) for name, value in row.items() if name != "rates"}
    return Ways(rates=tuple(rates.items()), **texts)
