"""When people were away without working pay: sick, or on leave that is not paid, in bulk."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from kantoor.departments.hr.models import LeaveDay, SickPart, SickSpell
from kantoor.departments.hr.models.leave.requests import APPROVED

SICK, UNPAID = "sick", "unpaid"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from `start` to `end`, both inclusive and within what was asked.

    Of sickness `percent` is how much of their hours they are away: less than 100 while they came
    back in part; `counted_days` are the days counted before `start`, with the spells it goes on
    with (BW 7:629 lid 10). Of unpaid leave each day stands by itself with its `minutes`.
    """

    party: int
    what: str
    start: date
    end: date
    minutes: int | None
    percent: int | None
    counted_days: int


def absences(
    company_id: int, start: date, end: date, parties: Collection[int] | None = None
) -> dict[int, list[Absence]]:
    """Sickness and unpaid leave from `start` to `end` inclusive by party, in order of time.

    In three statements. For HR's own functions, which asked permission; it asks none.
    """
    wanted = None if parties is None else frozenset(parties)
    found: dict[int, list[Absence]] = {}
    for each in (*_sick(company_id, start, end), *_unpaid(company_id, start, end)):
        if wanted is None or each.party in wanted:
            found.setdefault(each.party, []).append(each)
    return {key: sorted(some, key=lambda each: each.start) for key, some in found.items()}


def days_sick(company_id: int, party: int, start: date, end: date) -> set[date]:
    """The days from `start` to `end` inclusive on which somebody was wholly sick."""
    return {
        each.start + n * DAY
        for each in absences(company_id, start, end, [party]).get(party, ())
        if each.what == SICK and each.percent == 100
        for n in range((each.end - each.start).days + 1)
    }


def _sick(company_id: int, start: date, end: date) -> Iterator[Absence]:
    during = Q(back_on=None) | Q(back_on__gt=start)
    rows = SickSpell.objects.filter(during, company_id=company_id, first__lte=end)
    rows = rows.exclude(party=None)
    spells = list(rows.order_by("first").values_list("pk", "party_id", "first", "back_on", "counted_days"))  # fmt: skip
    parts: dict[int, list[tuple[date, int]]] = {}
    of = SickPart.objects.filter(spell__in=rows).order_by("first")
    for spell, first, percent in of.values_list("spell_id", "first", "percent"):
        parts.setdefault(spell, []).append((first, 100 - percent))
    for pk, party, first, back_on, counted in spells:
        steps = [(first, 100), *parts.get(pk, [])]
        last = end if back_on is None else min(end, back_on - DAY)
        for place, (begins, percent) in enumerate(steps):
            following = steps[place + 1][0] - DAY if place + 1 < len(steps) else last
            low, high = max(begins, start), min(following, last)
            if low <= high:
                days = counted + (low - first).days
                yield Absence(party, SICK, low, high, None, percent, days)


def _unpaid(company_id: int, start: date, end: date) -> Iterator[Absence]:
    rows = LeaveDay.objects.filter(
        company_id=company_id,
        day__range=(start, end),
        request__state=APPROVED,
        request__kind__paid=False,
    )
    for party, day, minutes in rows.order_by("day").values_list(
        "request__party_id", "day", "minutes"
    ):
        yield Absence(party, UNPAID, day, day, minutes, None, 0)
