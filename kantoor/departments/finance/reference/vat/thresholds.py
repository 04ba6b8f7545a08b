"""Thresholds of turnover in VAT: up to how much a rule holds, and which sales count for it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from kantoor.departments.finance.reference.files import read_toml
from kantoor.departments.finance.reference.text import Text
from kantoor.departments.finance.reference.vat.union import is_eu


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold of a calendar year, in whole euros; `above` says what to do beyond it."""

    key: str
    country: str
    since: date
    limit: int
    rule: str
    grounds: tuple[str, ...]
    name: Text
    above: Text


@cache
def _all() -> tuple[Threshold, ...]:
    return tuple(
        Threshold(
            key=row["key"],
            country=row["country"],
            since=row["since"],
            limit=row["limit"],
            rule=row["rule"],
            grounds=tuple(row["grounds"]),
            name=Text.of(row["name"]),
            above=Text.of(row["above"]),
        )
        for row in read_toml("vat/thresholds.toml")["thresholds"]
    )


def thresholds_of(country: str, year: int) -> list[Threshold]:
    """Those of a company in a country that are there at the end of a year."""
    last = date(year, 12, 31)
    return [
        each
        for each in _all()
        if each.since <= last
        and (each.country == country or (each.country == "EU" and is_eu(country, last)))
    ]
