"""Figures by month: past months as they were read, the running one as it is at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import Days, Figure, Value, measured, months_until
from kantoor.kernel.store.lookup import fetch
from kantoor.management.models import Reading

MONTHS = 13
"""A year and the month it began with, so that a month stands beside that of a year before."""


@dataclass(frozen=True, slots=True)
class MonthValue:
    """A figure in a month; without `taken_at` it was asked at this moment."""

    days: Days
    value: Value
    taken_at: datetime | None = None


Months = list[MonthValue]


def histories(
    actor: Actor, wanted: Sequence[Figure], months: int = MONTHS, until: date | None = None
) -> dict[str, Months]:
    """The last months of figures that the actor may see, up to that of a day (today unless given).

    One statement for all that was read, and what each figure asks for months that were not.
    """
    today = timezone.localdate()
    spans = months_until(until or today, months)
    kept = latest_readings(actor.company_id, [each.name for each in wanted], spans[0].first)
    return {each.name: _months(actor, each, spans, kept, today) for each in wanted}


def _months(
    actor: Actor,
    figure: Figure,
    spans: Sequence[Days],
    kept: Mapping[tuple[str, date], Reading],
    today: date,
) -> Months:
    over = [each for each in spans if each.last < today]
    known = {
        each: kept[figure.name, each.first] for each in over if (figure.name, each.first) in kept
    }
    asked = [each for each in spans if each not in known and each.first <= today]
    live = dict(zip(asked, measured(actor, figure.name, asked), strict=True))
    return [
        MonthValue(each, value_of(known[each]), known[each].taken_at)
        if each in known
        else MonthValue(each, live.get(each))
        for each in spans
    ]


def latest_readings(
    company_id: int, names: Sequence[str], since: date
) -> dict[tuple[str, date], Reading]:
    """The last reading of each figure and month from a month on, in two statements."""
    if not names:
        return {}
    places = ", ".join(["%s"] * len(names))
    keys = fetch(
        "SELECT MAX(id) FROM management_reading"  # noqa: S608
        f" WHERE company_id = %s AND figure IN ({places}) AND month >= %s GROUP BY figure, month",
        [company_id, *names, since.isoformat()],
    )
    rows = Reading.objects.filter(pk__in=[key for (key,) in keys])
    return {(row.figure, row.month): row for row in rows}


def value_of(row: Reading) -> Value:
    """The value of a reading, exactly."""
    if row.numerator is None:
        return None
    found = Fraction(row.numerator, row.denominator)
    return found.numerator if found.denominator == 1 else found
