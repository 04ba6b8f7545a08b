"""Delivering events: procedures begin by them, instances go on by them, requests come back decided."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.attempt import attempt
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value, unmarked
from kantoor.procedures.actions.advancing import Held, Moving
from kantoor.procedures.actions.going_on import look
from kantoor.procedures.actions.noting import matched
from kantoor.procedures.actions.people import user_key
from kantoor.procedures.actions.performing import SOMETHING_WRONG
from kantoor.procedures.actions.setting_aside import set_aside
from kantoor.procedures.actions.starting_by_events import begin_by, not_begun, wanted
from kantoor.procedures.department import HELP
from kantoor.procedures.engine.running import NoLongerThere, Run
from kantoor.procedures.models import HeardEvent, NotBegun, StartTrigger, Wait
from kantoor.procedures.models.instances import RUNNING, STUCK
from kantoor.procedures.models.waits import APPROVAL, CONDITION

log = logging.getLogger(__name__)
DEEPEST = 20
"""So many procedures set each other going by their events; more is a circle that would never end."""
MOST_OF_A_LIST = 1_000
"""Of a list in an event so many are looked up."""


@action(permission=HELP, title=_("Deliver events"), hidden=True)
def deliver_events(actor: Actor, /, *, events: Sequence[int]) -> int:
    """Deliver events that were kept, in the order in which they were told; gives how many.

    Each is delivered once: it is marked in the transaction in which it has its effect.
    """
    locked = HeardEvent.objects.select_for_update().filter(
        company=actor.company_id, pk__in=events, handled_at=None
    )
    found = list(locked.order_by("pk"))
    for event in found:
        try:
            delivery = _Delivery(actor, event)
        except Exception:
            log.exception("event %s can't be read", event.pk)
        else:
            delivery.deliver()
        event.handled_at = timezone.now()
    HeardEvent.objects.bulk_update(found, ["handled_at"])
    return len(found)


@dataclass(eq=False)
class _Delivery:
    """One event, with all that hear it."""

    actor: Actor
    event: HeardEvent
    body: dict[str, Value] = field(init=False)

    def __post_init__(self) -> None:
        self.body = unmarked(msgspec.json.decode(self.event.body))

    def deliver(self) -> None:
        """Let everything that waits for it have it."""
        waits = list(self._waits())
        try:
            with attempt():
                self._reach(waits)
        except Exception as fault:
            if isinstance(fault, OperationalError):
                raise
            for wait in waits:
                self._apart(wait)
        self._begin()

    def _apart(self, wait: Wait) -> None:
        """Let one have it by itself, since something among them goes wrong."""
        try:
            with attempt():
                self._reach([wait])
        except Exception as fault:
            set_aside(wait.pk, fault)

    def _reach(self, waits: Sequence[Wait]) -> None:
        moving = Moving(self.actor)
        moving.take([each.instance_id for each in waits])
        for wait in waits:
            held = moving.held.get(wait.instance_id)
            if held is None or held.instance.state not in (RUNNING, STUCK):
                continue
            if not any(each.pk == wait.pk for each in held.waits.values()):
                continue
            if wait.pk not in moving.writing.gone:
                self._have(moving, wait)
        moving.finish()

    def _waits(self) -> Iterator[Wait]:
        """What waits for it: for any such event, or for one with this value in this field."""
        by_field: dict[str, list[str]] = defaultdict(list)
        for name, value in self.body.items():
            several = value if isinstance(value, list) else [value]
            by_field[name] += [matched(each) for each in several[:MOST_OF_A_LIST] if _plain(each)]
        matching = Q(field="")
        for name, values in by_field.items():
            matching |= Q(field=name, value__in=values)
        named = Wait.objects.filter(company=self.actor.company_id, name=self.event.name)
        yield from named.filter(matching).order_by("pk")

    def _have(self, moving: Moving, wait: Wait) -> None:
        held = moving.held[wait.instance_id]
        element = held.ready.elements.get(wait.element)
        if element is None:
            return
        try:
            if wait.kind == APPROVAL:
                moving.move(wait.instance_id, self._decided(moving, held, wait))
            elif wait.kind == CONDITION:
                observed = look(moving, held, wait.element)
                if observed is not None:
                    self._happened(moving, wait, observed)
            elif wanted(self.body, element, held.values):
                self._happened(moving, wait, self.body)
        except NoLongerThere:
            return

    def _happened(self, moving: Moving, wait: Wait, event: Value) -> None:
        token, element = wait.token, wait.element
        moving.move(wait.instance_id, lambda run: run.happened(token, element, event))

    def _decided(self, moving: Moving, held: Held, wait: Wait) -> Any:
        """What a decided request means to who waits for it."""
        if self.body["state"] == "approved":
            outcome = self.body["outcome"]
            result = unmarked(msgspec.json.decode(outcome)) if outcome else None

            def approved(run: Run) -> None:
                if (task := held.tasks.get(wait.token)) is not None:
                    moving.by[wait.token] = (task.done_by_id, task.deputy_for_id)
                run.approved(wait.token, result)

            return approved
        why = self.body["remark"] or str(_("The request was refused."))

        def refused(run: Run) -> None:
            if (task := held.tasks.get(wait.token)) is not None:
                if task.whose != user_key(task.done_by_id or 0):
                    task.deputy_for = None
                task.done_by = None
                moving.writing.tasks[task.pk] = task
            run.not_approved(wait.token, why)

        return refused

    # --- beginning

    def _begin(self) -> None:
        """Begin what begins by it; what one of them refuses stops no other."""
        if self.event.depth >= DEEPEST:
            log.error(
                "%s: %s procedures set each other going; no more begin", self.event.name, DEEPEST
            )
            return
        triggers = StartTrigger.objects.filter(
            company=self.actor.company_id, event=self.event.name, procedure__retired_at=None
        ).select_related("procedure__account")
        missed = []
        for trigger in triggers.order_by("pk"):
            try:
                begin_by(self.actor, self.event, self.body, trigger)
            except DomainError as refusal:
                log.warning("%s did not begin: %s", trigger.procedure.key, refusal)
                missed.append(not_begun(self.event, trigger, str(refusal)))
            except OperationalError:
                raise
            except Exception:
                log.exception("%s did not begin by %s", trigger.procedure.key, self.event.name)
                missed.append(not_begun(self.event, trigger, str(SOMETHING_WRONG)))
        NotBegun.objects.bulk_create(missed)


def _plain(value: Value) -> bool:
    return not isinstance(value, dict | list) and value is not None
