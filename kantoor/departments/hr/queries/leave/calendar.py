"""Who is away: the team calendar of a month, and the days that its feed carries.

Colleagues see that somebody is away, not by which leave. Sickness is seen as being away too, by
who manages them; only who may see sickness is told that it is that.
"""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import LeaveDay, SickSpell
from kantoor.departments.hr.models.leave.requests import ASKED, STANDING
from kantoor.departments.hr.queries.leave.free import free_days
from kantoor.departments.hr.queries.leave.whose import OWN, seen_by
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.departments.hr.queries.people.terms import Terms, terms_between
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

SEE_SICKNESS = "hr.see_sickness"
MOST_PEOPLE = 200
FIRST_YEAR, LAST_YEAR = 1990, 2100


class AwayDay(msgspec.Struct, frozen=True):
    """Somebody is away on a day: `what` is leave, asked, sick or away; `whole` or part of it."""

    day: date
    what: str
    whole: bool


class Away(msgspec.Struct, frozen=True):
    """Somebody of the team, the days they are away, and the days of the month they don't work."""

    employee: str
    name: str
    days: list[AwayDay]
    off: list[date]


class TeamMonth(msgspec.Struct, frozen=True):
    """A month of the team; `more` says that there are more people than are shown."""

    first: date
    last: date
    holidays: list[date]
    people: list[Away]
    more: bool


@query(permission=OWN, title=_("Team calendar"), exposed=True)
def team_month(actor: Actor, /, *, year: int, month: int, unit: int | None = None) -> TeamMonth:
    """Who of one's team is away in a month: of one's own unit and the people one manages.

    For who sees everybody's leave it is everybody, or those of a `unit`.
    """
    year, month = min(max(year, FIRST_YEAR), LAST_YEAR), min(max(month, 1), 12)
    first = date(year, month, 1)
    last = date(year, month, calendar.monthrange(year, month)[1])
    terms = terms_between(actor.company_id, first, last)
    team = _team(actor, terms, first, unit)
    people = scoped(actor, Party).filter(pk__in=team, erased_at=None).order_by("name", "pk")
    shown = list(people[: MOST_PEOPLE + 1])
    listed = shown[:MOST_PEOPLE]
    away = _away(actor, {row.pk for row in listed}, first, last)
    free = free_days(actor.company_id, first, last)
    holidays = sorted(day for day, most in free.items() if first <= day <= last and not most)
    return TeamMonth(
        first,
        last,
        holidays,
        [Away(row.code, row.name, away.get(row.pk, []), _off(terms[row.pk])) for row in listed],
        len(shown) > MOST_PEOPLE,
    )


@query(permission=OWN, title=_("Who is away"))
def away_on_team(actor: Actor, /, *, first: date, last: date) -> list[Away]:
    """Who of one's team is away between two days, and when; for the feed."""
    terms = terms_between(actor.company_id, first, last)
    team = _team(actor, terms, first, None)
    people = scoped(actor, Party).filter(pk__in=team, erased_at=None).order_by("name", "pk")
    away = _away(actor, team, first, last)
    return [Away(row.code, row.name, away[row.pk], []) for row in people if row.pk in away]


def _team(actor: Actor, terms: dict[int, list[Terms]], on: date, unit: int | None) -> set[int]:
    seen = seen_by(actor, on)
    if seen is None:
        return {p for p, some in terms.items() if unit is None or some[-1].unit == unit}
    own = find_own_party(actor)
    mine = terms[own.pk][-1] if own is not None and own.pk in terms else None
    if mine is None:
        return seen & terms.keys()
    same = {
        party
        for party, some in terms.items()
        if (mine.unit is not None and some[-1].unit == mine.unit)
        or (mine.manager is not None and some[-1].manager == mine.manager)
    }
    return (seen | same) & terms.keys()


def _away(actor: Actor, parties: set[int], first: date, last: date) -> dict[int, list[AwayDay]]:
    found: dict[int, dict[date, AwayDay]] = {}
    days = LeaveDay.objects.filter(
        company_id=actor.company_id,
        day__range=(first, last),
        request__party__in=parties,
        request__state__in=STANDING,
    )
    for party, day, state, part, hours in days.order_by("day").values_list(
        "request__party_id", "day", "request__state", "request__first_part", "request__minutes"
    ):
        what = "asked" if state == ASKED else "leave"
        whole = hours is None and part == "whole"
        found.setdefault(party, {})[day] = AwayDay(day, what, whole)
    seen = seen_by(actor)  # of today: who managed them then has nothing to do with it now
    close = parties if seen is None else parties & seen
    for party, day in _sick_days(actor, close, first, last):
        what = "sick" if actor.may(SEE_SICKNESS) else "away"
        found.setdefault(party, {})[day] = AwayDay(day, what, True)
    return {party: [some[day] for day in sorted(some)] for party, some in found.items()}


def _sick_days(
    actor: Actor, parties: set[int], first: date, last: date
) -> Iterable[tuple[int, date]]:
    during = Q(back_on=None) | Q(back_on__gt=first)
    rows = scoped(actor, SickSpell).filter(during, party__in=parties, first__lte=last)
    for party, begins, back_on in rows.values_list("party_id", "first", "back_on"):
        day = max(begins, first)
        until = last if back_on is None else min(last, back_on - timedelta(days=1))
        while day <= until:
            yield party, day
            day += timedelta(days=1)


def _off(terms: list[Terms]) -> list[date]:
    """The days in these terms on which nothing is worked."""
    return [
        each.start + timedelta(days=n)
        for each in terms
        for n in range((each.end - each.start).days + 1)
        if not each.minutes[(each.start + timedelta(days=n)).weekday()]
    ]
