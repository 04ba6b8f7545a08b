"""The statutory minimum wage of an hour by day and age (WML art. 7 and 8; since 2024 by the hour).

That of who is younger than 21 is a percentage of it, half up to the cent. Apprentices (bbl) of 18 to
20 have percentages of their own, which are not known here: they are given what others of their age get.
"""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

ADULT = 21


@cache
def _figures() -> tuple[tuple[tuple[date, int], ...], date, dict[int, Decimal], str]:
    text = files(__package__).joinpath("minimum-wage.json").read_text()
    document: dict[str, Any] = json.loads(text)
    amounts = sorted(
        (date.fromisoformat(day), int(Decimal(euros) * 100))
        for day, euros in document["hour"].items()
    )
    shares = {int(age): Decimal(share) for age, share in document["percent_below_21"].items()}
    until = date.fromisoformat(document["known_until"])
    return tuple(amounts), until, shares, document["source"]


def source() -> str:
    """Where the amounts are from."""
    return _figures()[3]


def adult_hour(on: date) -> int | None:
    """Cents an hour for who is 21 or older; None for a day of which it is not known here."""
    amounts, until, _shares, _source = _figures()
    held = [cents for start, cents in amounts if start <= on]
    return held[-1] if held and on <= until else None


def hour_of_age(adult: int, age: int | None) -> int:
    """Cents an hour at an age, of what an adult has; an age that nobody knows is an adult's.

    Who is younger than 15 has what the law gives at 15: it knows no less.
    """
    if age is None or age >= ADULT:
        return adult
    shares = _figures()[2]
    share = shares[max(age, min(shares))]
    return int((adult * share / 100).quantize(Decimal(1), ROUND_HALF_UP))


def age_on(born: date | None, on: date) -> int | None:
    """Whole years on a day."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
