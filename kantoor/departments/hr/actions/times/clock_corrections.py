"""Correct the clock of somebody else: add a mark that was forgotten, or take a wrong one back."""

from datetime import datetime, timedelta
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.times.checking import FIRST
from kantoor.departments.hr.actions.times.clocking import OWN, whole_minute
from kantoor.departments.hr.actions.times.deciding import MANAGE
from kantoor.departments.hr.errors_times import (
    ClockState,
    NotEmployedThen,
    OwnHours,
    UnknownClock,
)
from kantoor.departments.hr.models import ClockMark
from kantoor.departments.hr.models.times.clock import BACK, OUT
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.departments.hr.queries.people.terms import terms_between
from kantoor.departments.hr.queries.times.clocked import counting_marks
from kantoor.departments.hr.queries.times.whose import hours_of
from kantoor.departments.hr.reckoning.clock import LONGEST, local_day
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped


def _decides_on(actor: Actor, party: int) -> bool:
    return actor.may(MANAGE) or party in hours_of(actor)


def _refuse_own(actor: Actor, party: int) -> None:
    mine = find_own_party(actor)
    if mine is not None and mine.pk == party:
        raise OwnHours(_("These are your own hours; somebody else corrects them."))


def _said(why: str) -> str:
    if not 0 < len(why.strip()) <= 500 or "\0" in why:
        raise InvalidInput(_("Say why, in at most 500 characters."), field="why")
    return why.strip()


@action(permission=OWN, title=_("Add a mark to the clock"))
def add_clock_mark(
    actor: Actor, /, *, employee: str, kind: Literal["in", "out"], at: datetime, why: str
) -> int:
    """Write down that somebody one manages (their number) came or left then, with the reason.

    Gives the key of the mark; the same again is the same. Raises UnknownClock, OwnHours,
    NotEmployedThen, InvalidInput.
    """
    reason, now = _said(why), timezone.now()
    if at.tzinfo is None or at.year < FIRST.year or at > now:
        raise InvalidInput(_("Give a moment that is past, with its time zone."), field="at")
    rows = scoped(actor, Party).select_for_update(no_key=True, of=("self",))
    party = rows.filter(code=employee.strip(), roles__role=EMPLOYEE, erased_at=None).first()
    if party is not None:
        _refuse_own(actor, party.pk)
    if party is None or not _decides_on(actor, party.pk):
        raise UnknownClock(_("There is no such employee of yours."), field="employee")
    minute = whole_minute(at)
    zone = _zone_around(actor, party.pk, minute)
    day = local_day(at, zone)
    # Who leaves after midnight of the last day worked on that day.
    before = day - timedelta(days=1) if kind == OUT else day
    if not terms_between(actor.company_id, before, day, [party.pk]):
        message = _("On {day} there is no employment to write hours for.")
        raise NotEmployedThen(message.format(day=day.isoformat()), field="at")
    concerns(f"kernel.party/{party.pk}")
    there = scoped(actor, ClockMark).filter(
        party=party, at=minute, kind=kind, taken_back_by=None
    ).first()  # fmt: skip
    if there is not None:
        return there.pk
    return ClockMark.objects.create(
        subject_id=party.subject_id, company_id=actor.company_id, party=party, at=minute,
        kind=kind, zone=zone, source="corrected", why=reason, recorded_at=now,
        recorded_by_id=actor.user_id,
    ).pk  # fmt: skip


def _zone_around(actor: Actor, party: int, at: datetime) -> str:
    """The zone of the nearest mark that this one can belong to; else that of who adds it."""
    rows = counting_marks(actor.company_id).filter(
        party=party, at__range=(at - LONGEST, at + LONGEST)
    )
    near = sorted((abs(mark - at), zone) for mark, zone in rows.values_list("at", "zone"))
    return near[0][1] if near else actor.zone


@action(permission=OWN, title=_("Take a mark of the clock back"))
def take_back_clock_mark(actor: Actor, /, *, mark: int, why: str) -> None:
    """Let a mark of somebody one manages count for nothing, with the reason; it stays to be seen.

    Raises UnknownClock, OwnHours, ClockState for one that was taken back, InvalidInput.
    """
    reason = _said(why)
    rows = scoped(actor, ClockMark).select_for_update(of=("self",))
    found = rows.filter(pk=mark, takes_back=None).first()
    if found is not None:
        _refuse_own(actor, found.party_id)
    if found is None or not _decides_on(actor, found.party_id):
        raise UnknownClock(_("There is no such mark of your people."), field="mark")
    if ClockMark.objects.filter(takes_back=found).exists():
        raise ClockState(_("This mark was taken back already."), field="mark")
    concerns(f"kernel.party/{found.party_id}")
    ClockMark.objects.create(
        subject_id=found.subject_id, company_id=found.company_id, party_id=found.party_id,
        at=found.at, kind=BACK, zone=found.zone, source="corrected", takes_back=found, why=reason,
        recorded_at=timezone.now(), recorded_by_id=actor.user_id,
    )  # fmt: skip
