"""Duties with when they come, and each time that they came."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.calendars.engine import of_terms
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import HELP, MANAGE, READ, TAKE_PART
from kantoor.procedures.drafts import DutyDraft
from kantoor.procedures.engine.rhythms import WEEKDAYS, IsWorking, Moment, Rhythm, recurring
from kantoor.procedures.errors import NotOpen, UnknownProcedure
from kantoor.procedures.models import Duty, DutyTime
from kantoor.procedures.queries.calendars import clockwork_of
from kantoor.procedures.queries.inboxes import Inboxes, inboxes_of
from kantoor.procedures.queries.request_kinds import codes_of_keys
from kantoor.procedures.queries.tasks import names_of_keys
from kantoor.procedures.queries.words import said

NEXT = 5


class DutyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A duty as arranged, with the days on which it is due next."""

    code: str
    name: str
    what: str
    who: str
    draft: DutyDraft
    following: list[date]
    appears_on: date | None
    retired: bool


class DutyTimeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A duty that came: `state` is open, done or skipped; `late` that its day has passed, or that it
    ended after it. `run` is its checklist, `instance` the number of its procedure."""

    id: int
    name: str
    text: str
    what: str
    who: str
    on: date
    due_on: date
    state: str
    late: bool
    escalated: bool
    run: int | None
    instance: int | None
    ended_at: datetime | None
    ended_by: str
    evidence: str
    for_me: bool


def is_working(actor: Actor) -> IsWorking:
    """Which days are worked by the company's calendar; Monday to Friday where it has none."""
    terms = clockwork_of(actor).terms
    if not terms:
        return lambda day: day.weekday() < 5
    working = of_terms(terms)
    return lambda day: bool(working.hours_of(day))


def rhythm_of(duty: Duty) -> Rhythm:
    """When a duty comes."""
    return Rhythm(
        unit=duty.unit, every=duty.every, starts_on=duty.starts_on, ends_on=duty.ends_on,  # type: ignore[arg-type]
        which=duty.which, weekday=duty.weekday, day=duty.day, month=duty.month, shift=duty.shift,  # type: ignore[arg-type]
    )  # fmt: skip


def next_moment(actor: Actor, duty: Duty) -> Moment | None:
    """The first time of a duty that was not made yet."""
    return next(recurring(rhythm_of(duty), is_working(actor), duty.last_on), None)


@query(permission=MANAGE, title=_("Duties that recur"), exposed=True)
def duties(actor: Actor, /, *, code: str = "", retired: bool = False) -> list[DutyRow]:
    """The duties as they are arranged, by code, with the next five days each is due. One by `code`."""
    found = scoped(actor, Duty).filter(retired_at__isnull=not retired)
    if code:
        found = scoped(actor, Duty).filter(code=code)
    kept = list(found.select_related("checklist").order_by("code"))
    keys = {key for each in kept for key in (each.whose, each.escalate) if key}
    names, codes = names_of_keys(actor, keys), codes_of_keys(actor)
    people = _sign_ins(keys)
    working = is_working(actor)
    return [
        DutyRow(
            code=each.code,
            name=said(actor, each.name, each.name_nl),
            what=each.what,
            who=names.get(each.whose, ""),
            draft=_draft(each, codes, people),
            following=[] if each.retired_at else [
                moment.due for moment in islice(recurring(rhythm_of(each), working, each.last_on), NEXT)
            ],
            appears_on=each.appears_on,
            retired=each.retired_at is not None,
        )
        for each in kept
    ]  # fmt: skip


def _sign_ins(keys: set[str]) -> dict[str, str]:
    users = [int(key.partition("/")[2]) for key in keys if key.startswith("user/")]
    rows = User.objects.filter(pk__in=users).values_list("pk", "sign_in")
    return {f"user/{pk}": sign_in for pk, sign_in in rows}


def _draft(duty: Duty, codes: dict[str, str], people: dict[str, str]) -> DutyDraft:
    return DutyDraft(
        code=duty.code, name=duty.name, name_nl=duty.name_nl, text=duty.text,
        checklist=duty.checklist.code if duty.checklist else "", procedure=duty.procedure,
        role=codes.get(duty.whose, "") if duty.whose.startswith("role/") else "",
        team=codes.get(duty.whose, "") if duty.whose.startswith("team/") else "",
        person=people.get(duty.whose, ""), unit=duty.unit, every=duty.every, which=duty.which,  # type: ignore[arg-type]
        weekday=WEEKDAYS[duty.weekday], day=duty.day, month=duty.month, shift=duty.shift,  # type: ignore[arg-type]
        starts_on=duty.starts_on, ends_on=duty.ends_on, lead_days=duty.lead_days,
        escalate=codes.get(duty.escalate, ""),
    )  # fmt: skip


@query(permission=MANAGE, title=_("When a duty would come"))
def coming_days(actor: Actor, /, *, draft: DutyDraft) -> list[date]:
    """The first five days from today on which a duty arranged like this would be due."""
    rhythm = Rhythm(
        unit=draft.unit, every=max(draft.every, 1), starts_on=draft.starts_on,
        ends_on=draft.ends_on, which=draft.which, weekday=WEEKDAYS.index(draft.weekday),
        day=min(max(draft.day, 1), 31), month=min(max(draft.month, 1), 12), shift=draft.shift,
    )  # fmt: skip
    moments = recurring(rhythm, is_working(actor))
    return [each.due for each in islice(moments, NEXT)]


@query(permission=TAKE_PART, title=_("Duties"), exposed=True)
def duty_times(
    actor: Actor, /, *, state: str = "", late: bool = False, duty: str = "",
    sort: str = "due_on", cursor: str = "", limit: int = PAGE,
) -> Page[DutyTimeRow]:  # fmt: skip
    """The times of duties that are one's own; all of them for who sees all procedures."""
    boxes = inboxes_of(actor)
    found = _visible(actor, boxes).select_related("duty", "ended_by", "run", "instance")
    if state:
        found = found.filter(state=state)
    if late:
        found = found.filter(is_open=True, due_at__lt=timezone.now())
    if duty:
        found = found.filter(duty__code=duty)
    order = sorted_by(sort, {"due_on": ("due_on",), "ended_at": ("ended_at",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.with_rows(_rows(actor, boxes, page.rows))


@query(permission=TAKE_PART, title=_("A duty that came"), exposed=True)
def duty_time(actor: Actor, /, *, time: int) -> DutyTimeRow:
    """One time of a duty. Raises UnknownProcedure."""
    boxes = inboxes_of(actor)
    known = _visible(actor, boxes).select_related("duty", "ended_by", "run", "instance")
    found = known.filter(pk=time).first()
    if found is None:
        raise UnknownProcedure(_("There is no such duty."), field="time")
    return _rows(actor, boxes, [found])[0]


@query(permission=TAKE_PART, title=_("Titles of duties"))
def duty_time_titles(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """What those of these times of duties that one may see are called."""
    found = _visible(actor, inboxes_of(actor)).filter(pk__in=keys).select_related("duty")
    return {each.pk: said(actor, each.duty.name, each.duty.name_nl) for each in found}


@query(permission=MANAGE, title=_("Names of duties"))
def duty_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Codes and names of these duties, by their keys."""
    found = scoped(actor, Duty).filter(pk__in=keys)
    return {each.pk: (each.code, said(actor, each.name, each.name_nl)) for each in found}


def duty_time_open(actor: Actor, key: int) -> DutyTime:
    """A time of a duty that is open and that one may see, locked; UnknownProcedure, NotOpen."""
    if not _visible(actor, inboxes_of(actor)).filter(pk=key).exists():
        raise UnknownProcedure(_("There is no such duty."), field="time")
    locked = scoped(actor, DutyTime).select_for_update(of=("self",))
    found = locked.select_related("duty", "run").get(pk=key)
    if not found.is_open:
        raise NotOpen(_("This was done or skipped already."), field="time")
    return found


def _visible(actor: Actor, boxes: Inboxes) -> "QuerySet[DutyTime]":
    found = scoped(actor, DutyTime)
    if actor.may(READ) or actor.may(HELP):
        return found
    keys = boxes.keys
    return found.filter(
        Q(whose__in=keys) | Q(duty__whose__in=keys) | Q(run__whose__in=keys)
        | Q(ended_by=actor.user_id)
    )  # fmt: skip


def _rows(actor: Actor, boxes: Inboxes, found: Sequence[DutyTime]) -> list[DutyTimeRow]:
    whose = {
        each.pk: each.run.whose if each.run else each.whose or each.duty.whose for each in found
    }
    names, now = names_of_keys(actor, set(whose.values())), timezone.now()
    return [
        DutyTimeRow(
            id=each.pk,
            name=said(actor, each.duty.name, each.duty.name_nl),
            text=each.duty.text,
            what=each.duty.what,
            who=names.get(whose[each.pk], ""),
            on=each.on,
            due_on=each.due_on,
            state=each.state,
            late=each.due_at < (each.ended_at or now),
            escalated=each.escalated_at is not None,
            run=each.run_id,
            instance=each.instance.number if each.instance else None,
            ended_at=each.ended_at,
            ended_by=each.ended_by.name if each.ended_by else "",
            evidence=each.evidence,
            for_me=each.is_open and whose[each.pk] in boxes.keys,
        )
        for each in found
    ]
