"""Periods of retention that a company may take over: by country and table, each with its ground."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("retention.toml")


class Period(NamedTuple):
    """Rows of `table` may go `months` after the day in `field`; the ground holds since a day."""

    country: str
    table: str
    field: str
    months: int
    ground: str
    since: date


@cache
def periods() -> tuple[Period, ...]:
    """All of them, as the file has them."""
    rows = tomllib.loads(TABLE.read_text())["period"]
    return tuple(Period(*(row[name] for name in Period._fields)) for row in rows)


def periods_of(country: str, on: date) -> list[Period]:
    """The last period of each table that held in a country on a day."""
    held = sorted((each for each in periods() if each.since <= on), key=lambda each: each.since)
    return list({each.table: each for each in held if each.country == country}.values())
