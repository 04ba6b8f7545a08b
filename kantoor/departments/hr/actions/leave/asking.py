"""Ask for leave for oneself, or write down leave of others: what it costs is reckoned by the day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.finding import (
    employees_by_code,
    kinds_by_code,
    minutes_of,
    refuse_far_day,
)
from kantoor.departments.hr.actions.leave.keeping import keep_ledgers
from kantoor.departments.hr.actions.leave.kinds import MANAGE
from kantoor.departments.hr.drafts_leave import LeaveDraft, Part
from kantoor.departments.hr.errors_leave import LeaveOverlaps, NotEmployed, NotEnoughLeave
from kantoor.departments.hr.models import LeaveDay, LeaveKind, LeaveRequest
from kantoor.departments.hr.models.leave.requests import APPROVED, ASKED, STANDING, request_number
from kantoor.departments.hr.queries.leave.costing import Costed, costs_of, days_employed
from kantoor.departments.hr.queries.leave.loading import Whose, sources
from kantoor.departments.hr.queries.leave.reckoning.days import WHOLE, Asked
from kantoor.departments.hr.queries.leave.reckoning.ledger import TAKEN, Entry, Move, replay
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

LONGEST_DAYS = 366
LONGEST_NOTE = 300


@action(permission="hr.use_own", title=_("Ask for leave"))
def ask_leave(
    actor: Actor, /, *, first: date, last: date | None = None, kind: str = "holiday",
    first_part: Part = "whole", last_part: Part = "whole", hours: Decimal | None = None,
    note: str = "",
) -> str:  # fmt: skip
    """Ask for leave from a day up to and with another; gives the number of the request.

    It counts from when it is approved. Raises NotEmployed, LeaveOverlaps, NotEnoughLeave,
    UnknownLeave or InvalidInput; NotLinked when nobody said which employee the actor is.
    """
    draft = LeaveDraft(
        employee=own_party(actor).code, first=first, last=last, kind=kind, first_part=first_part,
        last_part=last_part, hours=hours, note=note,
    )  # fmt: skip
    return _written(actor, [draft], ASKED)[0]


@action(permission=MANAGE, title=_("Write down leave of employees"), bulk_of="hr.record_leave")
def record_leaves(actor: Actor, /, *, leaves: Sequence[LeaveDraft]) -> list[str]:
    """Write down leave as approved, all or none; gives the numbers. Raises as `ask_leave` does."""
    return _written(actor, leaves, APPROVED)


@action(permission=MANAGE, title=_("Write down leave"))
def record_leave(actor: Actor, /, *, leave: LeaveDraft) -> str:
    """Write down leave of one employee as approved; gives the number."""
    return record_leaves(actor, leaves=[leave])[0]


def _written(actor: Actor, drafts: Sequence[LeaveDraft], state: str) -> list[str]:
    if not drafts:
        return []
    people = employees_by_code(actor, [each.employee for each in drafts])
    kinds = kinds_by_code(actor, [each.kind for each in drafts])
    asked = [asked_of(each, place) for place, each in enumerate(drafts, 1)]
    pairs = [(people[d.employee].pk, each) for d, each in zip(drafts, asked, strict=True)]
    costed, spans = costs_of(actor.company_id, pairs)
    for place, (party, each) in enumerate(pairs, 1):
        days = (each.last - each.first).days + 1
        if days_employed(spans.get(party, ()), each.first, each.last) < days:
            message = _("There is no contract on each of these days.")
            raise NotEmployed(message, field="first", line=place)
    # Two that are written at once wait for each other, so that no day is taken twice.
    list(Party.objects.select_for_update().filter(pk__in=[p for p, _a in pairs]).order_by("pk"))
    _refuse_overlaps(actor, pairs)
    _refuse_shortage(actor, drafts, pairs, kinds, costed)
    rows = _insert(actor, [people[each.employee] for each in drafts], drafts, asked, kinds, state)
    LeaveDay.objects.bulk_create(
        LeaveDay(company_id=actor.company_id, request=row, day=day, minutes=minutes)
        for row, days_of in zip(rows, costed, strict=True)
        for day, minutes in days_of
    )
    if state == APPROVED:
        keep_ledgers(actor.company_id, {row.party_id for row in rows})
    if len(rows) == 1:
        concerns(about(rows[0]))
    return [request_number(row.number) for row in rows]


def asked_of(draft: LeaveDraft, place: int = 1) -> Asked:
    """The days that are asked, checked. Raises InvalidInput with the place."""
    last = draft.last or draft.first
    refuse_far_day(draft.first, timezone.localdate(), "first", place)
    if not timedelta(0) <= last - draft.first < timedelta(days=LONGEST_DAYS):
        message = _("The last day is not before the first, and at most a year after it.")
        raise InvalidInput(message, field="last", line=place)
    if len(draft.note) > LONGEST_NOTE:
        raise InvalidInput(_("Write at most 300 characters."), field="note", line=place)
    if draft.hours is None:
        last_part = WHOLE if last == draft.first else draft.last_part
        return Asked(draft.first, last, draft.first_part, last_part)
    if last != draft.first:
        raise InvalidInput(_("Give hours for one day only."), field="hours", line=place)
    minutes = minutes_of(draft.hours, "hours", place)
    if not 0 < minutes <= 24 * 60:
        raise InvalidInput(_("Give hours above 0 and up to 24."), field="hours", line=place)
    return Asked(draft.first, last, minutes=minutes)


def about(request: LeaveRequest) -> str:
    """What acts on a request are about."""
    return f"hr.leave_request/{request.pk}"


def _insert(
    actor: Actor, parties: Sequence[Party], drafts: Sequence[LeaveDraft], asked: Sequence[Asked],
    kinds: Mapping[str, LeaveKind], state: str,
) -> list[LeaveRequest]:  # fmt: skip
    now = timezone.now()
    number = take_numbers(f"hr.leave_request/{actor.company_id}", len(drafts))
    decided = state == APPROVED
    return LeaveRequest.objects.bulk_create(
        LeaveRequest(
            subject_id=party.subject_id, company_id=actor.company_id, number=number + n,
            party=party, kind=kinds[draft.kind], first=each.first, last=each.last,
            first_part=each.first_part, last_part=each.last_part, minutes=each.minutes,
            note=draft.note.strip(), state=state, asked_at=now, asked_by=actor.user_id,
            decided_at=now if decided else None, decided_by=actor.user_id if decided else None,
        )
        for n, (party, draft, each) in enumerate(zip(parties, drafts, asked, strict=True))
    )  # fmt: skip


def _refuse_overlaps(actor: Actor, pairs: Sequence[tuple[int, Asked]]) -> None:
    """Two may share a day only as its morning and its afternoon."""
    rows = scoped(actor, LeaveRequest).filter(
        party_id__in={party for party, _asked in pairs},
        state__in=STANDING,
        first__lte=max(each.last for _party, each in pairs),
        last__gte=min(each.first for _party, each in pairs),
    )
    standing: dict[int, list[Asked]] = {}
    for row in rows.order_by("pk"):
        known = Asked(row.first, row.last, row.first_part, row.last_part, row.minutes)
        standing.setdefault(row.party_id, []).append(known)
    for place, (party, each) in enumerate(pairs, 1):
        theirs = standing.setdefault(party, [])
        if any(_overlap(each, other) for other in theirs):
            message = _("There is leave on one of these days already.")
            raise LeaveOverlaps(message, field="first", line=place)
        theirs.append(each)


def _overlap(one: Asked, other: Asked) -> bool:
    first, last = max(one.first, other.first), min(one.last, other.last)
    if first > last:
        return False
    halves = {_half(one, first), _half(other, first)}
    return first != last or halves != {"morning", "afternoon"}


def _half(asked: Asked, day: date) -> str:
    """Which half of a day it takes: of the first day the last part goes, of the last the first."""
    if asked.minutes is not None:
        return WHOLE
    if day == asked.first:
        return asked.first_part
    return asked.last_part if day == asked.last else WHOLE


def _refuse_shortage(
    actor: Actor, drafts: Sequence[LeaveDraft], pairs: Sequence[tuple[int, Asked]],
    kinds: Mapping[str, LeaveKind], costed: Sequence[Costed],
) -> None:  # fmt: skip
    """Refuse what would be owed beyond what its kind allows, with all that is asked already."""
    lots, entries = sources(actor.company_id, {party for party, _asked in pairs}, STANDING)
    for place, (draft, (party, _asked), days) in enumerate(
        zip(drafts, pairs, costed, strict=True), 1
    ):
        kind = kinds[draft.kind]
        if not kind.counted or not days:
            continue
        whose = Whose(party, kind.pk)
        before = entries.setdefault(whose, [])
        owed_before = most_owed(replay(lots.get(whose, ()), before))
        before += [Entry(day, minutes, request=0, what=TAKEN) for day, minutes in days]
        owed = most_owed(replay(lots.get(whose, ()), before))
        if owed > max(kind.below_minutes, owed_before):
            short = Decimal(owed - kind.below_minutes) / 60
            message = _("That is {hours} hours more than there is.")
            said = message.format(hours=f"{short.quantize(Decimal('0.01')):f}")
            raise NotEnoughLeave(said, field="last", line=place)


def most_owed(moves: Sequence[Move]) -> int:
    """The most that was owed at any time."""
    owed = most = 0
    for move in moves:
        if move.lot is None:
            owed -= move.minutes
            most = max(most, owed)
    return most
