"""Who belongs to the European Union and to its VAT territory, by date."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from kantoor.departments.finance.reference.files import read_toml


@dataclass(frozen=True, slots=True)
class Membership:
    """One country's time in the Union; the last days are None while it lasts."""

    country: str
    joined: date
    left: date | None
    vat_until: date | None


@cache
def memberships() -> dict[str, Membership]:
    """Every country that is or was a member, by code."""
    rows = read_toml("vat/union.toml")["members"]
    return {
        row["country"]: Membership(
            row["country"], row["joined"], row.get("left"), row.get("vat_until")
        )
        for row in rows
    }


def vat_territory(country: str) -> str:
    """The country whose VAT applies there: `FR` for Monaco, `GB` for the Isle of Man, else itself.

    Directive 2006/112/EC, article 7.
    """
    return _part_of().get(country, country)


def is_eu(country: str, on: date) -> bool:
    """Whether a country is inside the EU's VAT territory on that day.

    The United Kingdom is until 31 December 2020, the end of its transition; for being a member
    state ask `is_member_state`.
    """
    membership = memberships().get(vat_territory(country))
    return membership is not None and _within(on, membership.joined, membership.vat_until)


def is_member_state(country: str, on: date) -> bool:
    """Whether a country is a member state of the European Union on that day."""
    membership = memberships().get(country)
    return membership is not None and _within(on, membership.joined, membership.left)


@cache
def _part_of() -> dict[str, str]:
    return dict(read_toml("vat/union.toml")["part_of"])


def _within(on: date, first: date, last: date | None) -> bool:
    return first <= on and (last is None or on <= last)
