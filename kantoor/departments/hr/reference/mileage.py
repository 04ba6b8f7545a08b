"""What may be paid free of wage tax for a kilometre, by country and day."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("mileage.toml")


class UntaxedRate(NamedTuple):
    """A rate in major units of the country's currency, since a day, with its source."""

    since: date
    rate: Decimal
    source: str


@cache
def untaxed_rates() -> dict[str, list[UntaxedRate]]:
    """The rates of each country, the oldest first."""
    found: dict[str, list[UntaxedRate]] = {}
    for row in tomllib.loads(TABLE.read_text())["rate"]:
        rate = UntaxedRate(row["since"], Decimal(row["rate"]), row["source"])
        found.setdefault(row["country"], []).append(rate)
    return {country: sorted(rates) for country, rates in found.items()}


def untaxed_rate(country: str, on: date) -> UntaxedRate | None:
    """The rate of a country on a day; None where this table says nothing."""
    rates = [each for each in untaxed_rates().get(country, ()) if each.since <= on]
    return rates[-1] if rates else None
