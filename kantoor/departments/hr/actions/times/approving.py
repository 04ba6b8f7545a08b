"""Approve weeks of worked time, so that payroll takes them: managers for theirs, HR for all."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.times.deciding import MANAGE, OWN
from kantoor.departments.hr.errors_times import ClockFault, OwnHours, UnknownClock
from kantoor.departments.hr.models import WorkedTime
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.departments.hr.queries.people.terms import Terms, terms_between
from kantoor.departments.hr.queries.times.clocked import Week
from kantoor.departments.hr.queries.times.whose import hours_of
from kantoor.departments.hr.queries.times.worked import find_weeks
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

MOST = 5_000


@action(permission=OWN, title=_("Approve worked time"), bulk_of="hr.approve_worked_week")
def approve_worked_weeks(actor: Actor, /, *, weeks: Sequence[str]) -> int:
    """Approve weeks (`2026-W11-E1`) that are over, all or none; gives how many lines were written.

    What was approved before stays: only the difference is written, so again writes nothing.
    Raises UnknownClock, OwnHours, ClockFault where a mark misses its other, the week goes on, or
    there is time on days without an employment.
    """
    if not 0 < len(weeks) <= MOST or len(set(weeks)) < len(weeks):
        message = _("Name 1 to {most} weeks, each once.").format(most=MOST)
        raise InvalidInput(message, field="weeks")
    now, today = timezone.now(), timezone.localdate()
    named = find_weeks(actor, weeks, now)
    managed = None if actor.may(MANAGE) else hours_of(actor)
    mine = find_own_party(actor)
    for place, number in enumerate(weeks, 1):
        party = named[number][0] if number in named else None
        if party is not None and mine is not None and party.pk == mine.pk:
            own = _("{number} is your own; somebody else decides on it.")
            raise OwnHours(own.format(number=number), field="weeks", line=place)
        if party is None or (managed is not None and party.pk not in managed):
            unknown = _("There is no week “{number}”.").format(number=number[:60])
            raise UnknownClock(unknown, field="weeks", line=place)
    # Locked, then read again: two who approve one week come after each other.
    keys = {party.pk for party, _monday, _week in named.values()}
    list(scoped(actor, Party).select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    named = find_weeks(actor, weeks, now)
    mondays = [monday for _party, monday, _week in named.values()]
    terms = terms_between(actor.company_id, min(mondays), max(mondays) + timedelta(days=6), keys)
    rows: list[WorkedTime] = []
    for place, number in enumerate(weeks, 1):
        party, monday, week = named[number]
        if week.state(monday, today) in ("faulty", "running"):
            fault = _("{number} is not over, or misses a mark: correct it first.")
            raise ClockFault(fault.format(number=number), field="weeks", line=place)
        if (beyond := _outside(week, terms.get(party.pk, ()))) is not None:
            none = _("On {day} {number} has time without an employment: take its marks back.")
            said = none.format(day=beyond.isoformat(), number=number)
            raise ClockFault(said, field="weeks", line=place)
        rows += _differences(actor, party, week)
    WorkedTime.objects.bulk_create(rows)
    if len(keys) == 1:
        concerns(f"kernel.party/{keys.pop()}")
    return len(rows)


def _outside(week: Week, terms: Sequence[Terms]) -> date | None:
    """The first day with time on which there was no employment."""
    days = sorted({day for (day, _percent), minutes in week.shares.items() if minutes})
    return next((day for day in days if not any(t.start <= day <= t.end for t in terms)), None)


def _differences(actor: Actor, party: Party, week: Week) -> list[WorkedTime]:
    now = timezone.now()
    return [
        WorkedTime(
            company_id=actor.company_id, party=party, day=day, percent=percent, minutes=more,
            approved_at=now, approved_by_id=actor.user_id,
        )
        for day, percent in sorted(week.shares.keys() | week.approved.keys())
        if (more := week.shares[day, percent] - week.approved[day, percent])
    ]  # fmt: skip


@action(permission=OWN, title=_("Approve a week of worked time"))
def approve_worked_week(actor: Actor, /, *, week: str) -> int:
    """Approve one week."""
    return approve_worked_weeks(actor, weeks=[week])
