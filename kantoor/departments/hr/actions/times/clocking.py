"""Clock in and out: by oneself, or as a terminal saw it; a wrong mark is taken back, never changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.payroll.findings import employees_by_code
from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.times.checking import FIRST
from kantoor.departments.hr.drafts_times import ClockMarkDraft
from kantoor.departments.hr.errors_times import ClockState, NotEmployedThen
from kantoor.departments.hr.models import ClockMark
from kantoor.departments.hr.models.times.clock import IN, OUT
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.departments.hr.queries.people.terms import terms_between, terms_on
from kantoor.departments.hr.queries.times.clocked import clocked_of
from kantoor.departments.hr.reckoning.clock import TWICE, local_day
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

OWN, RECORD = "hr.use_own", "hr.record_clock"
MOST = 10_000
ONE_DAY = timedelta(days=1)
EARLY = timedelta(minutes=5)
"""As much may the clock of a terminal be ahead."""


def whole_minute(at: datetime) -> datetime:
    """The minute that the clock showed at an instant, in UTC."""
    return at.astimezone(ZoneInfo("UTC")).replace(second=0, microsecond=0)


def _button(actor: Actor) -> Party:
    """One's own party, locked, so that two presses come after each other."""
    party = own_party(actor)
    scoped(actor, Party).select_for_update(no_key=True).get(pk=party.pk)
    concerns(f"kernel.party/{party.pk}")
    return party


@action(permission=OWN, title=_("Clock in"))
def clock_in(actor: Actor, /) -> datetime:
    """Say that one comes in now; who is in already stays in since then. Gives since when.

    Raises NotLinked, NotEmployedThen.
    """
    party, now = _button(actor), timezone.now()
    inside = clocked_of(actor, party.pk, now).inside
    if inside is not None:
        return inside.at
    day = local_day(now, actor.zone)
    if not terms_on(actor.company_id, day, [party.pk]):
        message = _("On {day} there is no employment to write hours for.")
        raise NotEmployedThen(message.format(day=day.isoformat()))
    return _pressed(actor, party, IN, now).at


@action(permission=OWN, title=_("Clock out"))
def clock_out(actor: Actor, /) -> datetime:
    """Say that one leaves now; gives when. Raises ClockState for who is not in."""
    party, now = _button(actor), timezone.now()
    clocked = clocked_of(actor, party.pk, now)
    if clocked.inside is None:
        if clocked.spans and now - clocked.spans[-1].end.at < TWICE:
            return clocked.spans[-1].end.at
        raise ClockState(_("You are not clocked in. Did you forget to? Your manager can add it."))
    return _pressed(actor, party, OUT, now).at


def _pressed(actor: Actor, party: Party, kind: str, now: datetime) -> ClockMark:
    return ClockMark.objects.create(
        subject_id=party.subject_id, company_id=actor.company_id, party=party,
        at=whole_minute(now), kind=kind, zone=actor.zone, source="page", recorded_at=now,
        recorded_by_id=actor.user_id,
    )  # fmt: skip


@action(permission=RECORD, title=_("Record marks of the clock"), bulk_of="hr.record_clock_mark")
def record_clock_marks(actor: Actor, /, *, marks: Sequence[ClockMarkDraft]) -> int:
    """Take in who came and left as a terminal saw it, all or none, later too; gives how many were new.

    The same mark again is the same mark, one that was taken back too. Raises NotFound,
    InvalidInput, NotEmployedThen, or Refusals with the lines.
    """
    if not 0 < len(marks) <= MOST:
        message = _("Give 1 to {most} lines.").format(most=MOST)
        raise InvalidInput(message, field="marks")
    parties = employees_by_code(actor, [each.employee for each in marks])
    now, usual = timezone.now(), Company.objects.get(pk=actor.company_id).zone
    _check(actor, marks, parties, now, usual)
    rows = scoped(actor, Party).select_for_update(no_key=True)
    people = {row.pk: row for row in rows.filter(pk__in=set(parties.values())).order_by("pk")}
    moments = [whole_minute(each.at) for each in marks]
    known = set(
        scoped(actor, ClockMark)
        .filter(party__in=people, at__range=(min(moments), max(moments)), takes_back=None)
        .values_list("party_id", "at", "kind")
    )
    fresh = []
    for each, at in zip(marks, moments, strict=True):
        party = people[parties[each.employee]]
        if (party.pk, at, each.kind) in known:
            continue
        known.add((party.pk, at, each.kind))
        fresh.append(
            ClockMark(
                subject_id=party.subject_id, company_id=actor.company_id, party=party, at=at,
                kind=each.kind, zone=each.zone or usual, source="terminal", recorded_at=now,
                recorded_by_id=actor.user_id,
            )
        )  # fmt: skip
    ClockMark.objects.bulk_create(fresh)
    return len(fresh)


def _check(
    actor: Actor,
    marks: Sequence[ClockMarkDraft],
    parties: dict[str, int],
    now: datetime,
    usual: str,
) -> None:
    found, zones = Findings(), available_timezones()
    days = {}
    for line, each in enumerate(marks, 1):
        if each.zone and each.zone not in zones:
            message = _("Give a time zone such as Europe/Amsterdam.")
            found.add(InvalidInput(message, field="zone", line=line))
        elif (
            each.at.tzinfo is None or not FIRST.year <= each.at.year < 9000 or each.at > now + EARLY
        ):
            message = _("Give a moment that is past, with its time zone.")
            found.add(InvalidInput(message, field="at", line=line))
        else:
            days[line] = local_day(each.at, each.zone or usual)
    found.refuse()
    terms = terms_between(
        actor.company_id, min(days.values()) - ONE_DAY, max(days.values()), set(parties.values())
    )
    for line, day in days.items():
        # Who leaves after midnight of the last day worked on that day; nobody comes then.
        mark = marks[line - 1]
        spans, over = terms.get(parties[mark.employee], ()), ONE_DAY * (mark.kind == OUT)
        if not any(each.start <= day <= each.end + over for each in spans):
            message = _("On {day} there is no employment to write hours for.")
            said = message.format(day=day.isoformat())
            found.add(NotEmployedThen(said, field="at", line=line))
    found.refuse()


@action(permission=RECORD, title=_("Record a mark of the clock"))
def record_clock_mark(actor: Actor, /, *, mark: ClockMarkDraft) -> int:
    """Take in one mark."""
    return record_clock_marks(actor, marks=[mark])
