"""Finds and reads the charts of accounts that come with Kantoor, one TOML file each."""

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from kantoor.departments.finance.reference.charts.template import (
    AccountTemplate,
    Chart,
    JournalKind,
    JournalTemplate,
    Role,
)
from kantoor.departments.finance.reference.files import read_toml
from kantoor.departments.finance.reference.layout import Kind
from kantoor.departments.finance.reference.text import Text

FALLBACK = "plain"
"""The chart for a country that has none of its own."""


@cache
def available() -> tuple[str, ...]:
    """The keys of all charts, in order of the alphabet."""
    names = (each.name for each in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load(key: str) -> Chart:
    """The chart with this key, one of `available()`; `KeyError` for any other."""
    if key not in available():
        raise KeyError(key)
    table = read_toml(f"charts/{key}.toml")
    accounts = tuple(_account(each) for each in table["accounts"])
    return Chart(
        key=key,
        title=Text.of(table["title"]),
        countries=tuple(table["countries"]),
        accounts=accounts,
        journals=tuple(_journal(each) for each in table["journals"]),
        roles=MappingProxyType({each.role: each.code for each in accounts if each.role}),
    )


@cache
def for_country(country: str) -> str:
    """The key of the chart that a company in this country (ISO 3166 alpha-2) begins with."""
    return next((key for key in available() if country in load(key).countries), FALLBACK)


def _account(table: dict[str, Any]) -> AccountTemplate:
    return AccountTemplate(
        code=table["code"],
        name=Text.of(table["name"]),
        kind=Kind(table["kind"]),
        group=table["group"],
        role=Role(table["role"]) if "role" in table else None,
        rgs=table.get("rgs", ""),
    )


def _journal(table: dict[str, Any]) -> JournalTemplate:
    return JournalTemplate(
        code=table["code"],
        name=Text.of(table["name"]),
        kind=JournalKind(table["kind"]),
        role=Role(table["role"]) if "role" in table else None,
    )
