"""Hearing events: what something waits for is kept in the transaction that told it, and a job delivers."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions import unit
from kantoor.kernel.actions.events import keep_before_commit
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.expressions import marked, plain
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.outbox.outgoing import event_type
from kantoor.procedures.actions.delivering import deliver_events
from kantoor.procedures.actions.going_on import go_on
from kantoor.procedures.models import HeardEvent, Instance, StartTrigger, Wait
from kantoor.procedures.models.waits import APPROVAL

INSTANCE, REQUEST = "procedures.instance", "kernel.approval"
LOT = 100
"""How many events or waits are dealt with in one transaction."""


@keep_before_commit
def hear(actor: Actor, events: Sequence[object]) -> None:
    """Keep those events that a procedure begins by, or an instance waits for."""
    told = [(event_type(type(event)), event) for event in events]
    names = {name for name, _event in told}
    waited = set(
        StartTrigger.objects.filter(company=actor.company_id, event__in=names)
        .values_list("event", flat=True)
        .union(
            Wait.objects.filter(company=actor.company_id, name__in=names)
            .values_list("name", flat=True)
            .distinct()
        )
    )
    if not waited:
        return
    depth = _depth()
    askers = _askers(actor, [event for name, event in told if name in waited])
    HeardEvent.objects.bulk_create(
        HeardEvent(
            depth=depth,
            company_id=actor.company_id,
            name=name,
            body=msgspec.json.encode(marked(plain(event))).decode(),
            told_at=timezone.now(),
            told_by=askers.get(id(event), actor.user_id),
        )
        for name, event in told
        if name in waited
    )
    deliver_soon(actor)


def deliver_soon(actor: Actor) -> None:
    """Have events delivered as soon as they are committed.

    Not within the transaction: who tells of events at the same time would wait for each other. Should
    the machine stop just between, the schedule finds them.
    """
    transaction.on_commit(lambda: deliver_heard.enqueue_once("heard", actor), robust=True)


def _askers(actor: Actor, events: Sequence[object]) -> dict[int, int]:
    """Who asked for what an event tells, by its identity: the person whose act told it.

    What a procedure did itself was asked for by who set that procedure going.
    """
    work = unit.current()
    if work is None:
        return {}
    acts = {id(event): work.told[id(event)] for event in events if id(event) in work.told}
    doers = {act.actor_id for act in acts.values() if act.actor_id is not None} - {actor.user_id}
    if not doers:
        return {}
    machines = set(
        User.objects.filter(pk__in=doers).exclude(kind="person").values_list("pk", flat=True)
    )
    causes = {key: _cause(work, act) for key, act in acts.items() if act.actor_id in machines}
    requesters = _requesters(set(causes.values()))
    found: dict[int, int] = {}
    for key, act in acts.items():
        asker = requesters.get(causes[key]) if key in causes else act.actor_id
        if asker is not None:
            found[key] = asker
    return found


def _cause(work: unit.Unit, act: unit.Act) -> str:
    """Because of what an act came about: its own cause, or that of the act that called it."""
    while not act.cause and act.parent is not None:
        act = work.acts[act.parent]
    return act.cause


def _requesters(causes: set[str]) -> dict[str, int]:
    """Who set instances going, by the references of these or of what they ask a second person."""
    numbers: dict[str, list[int]] = {INSTANCE: [], REQUEST: []}
    for cause in causes:
        kind, _slash, number = cause.partition("/")
        if kind in numbers and number.isdecimal():
            numbers[kind].append(int(number))
    people = Instance.objects.filter(requester__kind="person")
    known = people.filter(pk__in=numbers[INSTANCE]).values_list("pk", "requester")
    found = {f"{INSTANCE}/{pk}": requester for pk, requester in known}
    if numbers[REQUEST]:
        asked = Wait.objects.filter(
            kind=APPROVAL, name="kernel.approval_decided", field="approval_id",
            value__in=[str(each) for each in numbers[REQUEST]], instance__requester__kind="person",
        ).values_list("value", "instance__requester")  # fmt: skip
        found |= {f"{REQUEST}/{value}": requester for value, requester in asked}
    return found


def _depth() -> int:
    """How many procedures set each other going before the act under way."""
    work = unit.current()
    causes = {act.cause for act in work.acts} if work is not None else set()
    prefix = f"{INSTANCE}/"
    keys = [int(each.removeprefix(prefix)) for each in causes if each.startswith(prefix)]
    if not keys:
        return 0
    return Instance.objects.filter(pk__in=keys).aggregate(deepest=Max("depth"))["deepest"] or 0


@job(title=_("Deliver events to procedures"), quick=True)
def deliver_heard(work: Work, /) -> int:
    """Deliver what was heard, oldest first, in lots; gives how many events."""
    count = 0
    while lot := _lot():
        company, keys = lot
        count += deliver_events(_acting(company), events=keys)
        work.progress(count)
    return count


def _lot() -> tuple[int, list[int]] | None:
    """The next events of one company."""
    rows = list(
        HeardEvent.objects.filter(handled_at=None)
        .order_by("pk")
        .values_list("company_id", "pk")[:LOT]
    )
    if not rows:
        return None
    company = rows[0][0]
    return company, [pk for each, pk in rows if each == company]


def _events_wait() -> bool:
    return HeardEvent.objects.filter(handled_at=None).exists()


def due_waits(now: datetime) -> Q:
    """What is due at a moment, as the index has it."""
    return Q(due_at__isnull=False, due_at__lte=now)


def _something_due() -> bool:
    return Wait.objects.filter(due_waits(timezone.now())).exists()


@every(seconds=20, when=_something_due)
@job(title=_("Let procedures go on"), quick=True)
def go_on_when_due(work: Work, /) -> int:
    """Let timers come and the like, in lots, the earliest first; gives how many."""
    count = 0
    began = timezone.now()
    while True:
        rows = list(
            Wait.objects.filter(due_waits(began))
            .order_by("due_at", "pk")
            .values_list("company_id", "pk")[:LOT]
        )
        if not rows:
            return count
        company = rows[0][0]
        done = go_on(_acting(company), waits=[pk for each, pk in rows if each == company])
        count += done
        work.progress(count)
        if not done:
            return count


@every(seconds=20, when=_events_wait)
@job(title=_("Deliver events that were left"), quick=True)
def deliver_left(work: Work, /) -> int:
    """Deliver what a broken-off job left behind."""
    return deliver_heard.function(work)  # type: ignore[return-value]


def _acting(company: int) -> Actor:
    return console_actor(Company.objects.get(pk=company))
