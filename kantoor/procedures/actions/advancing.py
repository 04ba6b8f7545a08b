"""Moving instances on: each is locked, run to where it waits, and written with all it waits for.

    moving = Moving(actor)
    moving.take([instance.pk, …])
    moving.move(instance, lambda run: run.work_done(token, result))
    moving.finish()

What a procedure does itself is performed within the same transaction, each piece of work as a
whole or not at all; where one fails, the instance stands still there and says why.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from kantoor.kernel.actions.attempt import attempt
from kantoor.kernel.actors.actor import Actor, actor_for
from kantoor.kernel.actors.approvals import withdraw_requests
from kantoor.kernel.errors import DomainError, NotAllowed
from kantoor.kernel.expressions import TODAY, Value
from kantoor.kernel.store.asking import ask_all
from kantoor.procedures.actions.noting import Noting, slot
from kantoor.procedures.actions.people import Addressing, done_by
from kantoor.procedures.actions.performing import performing
from kantoor.procedures.actions.taking import Taking
from kantoor.procedures.actions.writing import Writing
from kantoor.procedures.engine.compiling import Ready
from kantoor.procedures.engine.keeping import read, written
from kantoor.procedures.engine.running import Asked, Passed, Place, Run
from kantoor.procedures.models import Instance, Procedure, Task, Wait
from kantoor.procedures.models.instances import CALLED_OFF, ENDED, RUNNING, STUCK
from kantoor.procedures.models.tasks import OPEN
from kantoor.procedures.models.waits import APPROVAL, FAILED
from kantoor.procedures.queries.calendars import Clockwork, clockwork_of
from kantoor.procedures.queries.drawings import ready_for
from kantoor.procedures.queries.inboxes import Inboxes, inboxes

log = logging.getLogger(__name__)
Stimulus = Callable[[Run], None]


@dataclass(eq=False)
class Held:
    """An instance that is locked, with the tasks and waits it has."""

    instance: Instance
    ready: Ready
    values: dict[str, Value]
    tasks: dict[str, Task] = field(default_factory=dict)
    waits: dict[tuple[str, str, str], Wait] = field(default_factory=dict)


@dataclass(eq=False)
class Moving:
    """The work on some instances within one action."""

    actor: Actor
    now: datetime = field(default_factory=lambda: timezone.now())
    writing: Writing = field(default_factory=Writing)
    held: dict[int, Held] = field(default_factory=dict)
    by: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    """Who did the work of a token, and in whose place."""
    _machines: dict[int, Actor] = field(default_factory=dict)
    _done: dict[tuple[int, str], set[int]] | None = None

    def __post_init__(self) -> None:
        self.addressing = Addressing(self.actor)

    @cached_property
    def today(self) -> date:
        """The day it is where the company is."""
        return self.now.astimezone(ZoneInfo(self.actor.zone)).date()

    @cached_property
    def clockwork(self) -> Clockwork:
        """How the company counts time; asked when something is due in working time."""
        return clockwork_of(self.actor)

    # --- taking and finishing

    def take(self, keys: Iterable[int]) -> None:
        """Lock instances and read what they have, in a few statements whatever their number."""
        if wanted := sorted(set(keys) - self.held.keys()):
            self._have(ask_all(Taking(self.actor, wanted).questions))

    def take_tasks(self, keys: Sequence[int]) -> Inboxes:
        """The same of the instances that tasks of the company belong to, where nothing was taken yet.

        Gives the inboxes that the actor works from, asked in the same trip.
        """
        assert not self.held
        taking = Taking(self.actor, keys, by_tasks=True).questions if keys else []
        if self.actor.user_id is None:
            mine, found = Inboxes(frozenset()), ask_all(taking)
        else:
            mine, *found = ask_all([inboxes(self.actor), *taking])
        if found:
            self._have(found)
        return mine

    def _have(self, found: Sequence[Any]) -> None:
        instances, digests, tasks, waits, roles = found
        self.hold(instances, digests)
        self.addressing.roles.update(roles)
        for task in tasks:
            if (held := self.held.get(task.instance_id)) is not None:
                held.tasks[task.token] = task
        for wait in waits:
            if (held := self.held.get(wait.instance_id)) is not None:
                held.waits[wait.token, wait.element, slot(wait.kind, wait.name)] = wait

    def hold(self, instances: Iterable[Instance], digests: Mapping[int, str] | None = None) -> None:
        """Have instances that are locked already, or new."""
        listed = list(instances)
        readies = ready_for(listed, digests)
        self._done = None
        for each in listed:
            values = {**read(each.known), TODAY: self.today}
            self.held[each.pk] = Held(each, readies[each.pk], values)

    def finish(self) -> None:
        """Write what came of it."""
        self._flush()

    def _flush(self) -> None:
        self.writing.flush()
        withdraw_requests(
            self.actor, sorted(self.writing.withdrawn),
            _("The procedure that asked this does not wait for it any more."),
        )  # fmt: skip

    # --- moving

    def begin(self, instance: Instance) -> None:
        """Let a new instance run to where it first waits."""
        held = self.held[instance.pk]
        run = Run.begun(held.ready, held.values, self._perform(held), attempt)
        self._settle(held, run)

    def move(self, key: int, stimulus: Stimulus) -> None:
        """Let something happen to an instance and run it on; what it refuses is raised."""
        held = self.held[key]
        self.go_on(held, self.run_of(held), stimulus)

    def go_on(self, held: Held, run: Run, stimulus: Stimulus) -> None:
        """The same for an instance that is in memory already."""
        stimulus(run)
        self._settle(held, run)

    def run_of(self, held: Held) -> Run:
        """An instance in memory, with what in it stands still."""
        instance = held.instance
        if instance.pk in self.writing.instances:
            self._write_between(held)
        undo = msgspec.json.decode(instance.undo, type=list[str])
        run = Run.again(
            held.ready, bytes(instance.tokens), held.values, self._perform(held), undo, attempt
        )
        for wait in held.waits.values():
            if wait.kind == FAILED:
                run.failed[wait.token] = wait.why
            elif wait.kind == APPROVAL:
                run.asked[wait.token] = int(wait.value)
        return run

    def _write_between(self, held: Held) -> None:
        """Write what an instance has become before it is moved once more, and read what it has.

        What came with the first move is known to the second only so: its tasks and waits are not
        made twice, and those that the second ends are not left behind.
        """
        self._flush()
        self.writing = Writing()
        key = held.instance.pk
        tasks, waits = (
            Task.objects.filter(instance=key, state=OPEN),
            Wait.objects.filter(instance=key),
        )
        held.tasks = {task.token: task for task in tasks}
        held.waits = {
            (wait.token, wait.element, slot(wait.kind, wait.name)): wait for wait in waits
        }

    def _settle(self, held: Held, run: Run) -> None:
        try:
            run.settle()
        except DomainError as refusal:
            # It went round without waiting: it stands where it is, for somebody to look at.
            log.warning("instance %s: %s", held.instance.pk, refusal)
            run.stand_still(str(refusal))
        self.note(held, run)

    def note(self, held: Held, run: Run) -> None:
        """Gather what an instance has become."""
        instance = held.instance
        noting = Noting(
            actor=self.actor, held=held, run=run, writing=self.writing, now=self.now,
            clockwork=lambda: self.clockwork, addressing=self.addressing, by=self.by,
            places=(places := run.places()), done=self._done_by(held, run, places),
        )  # fmt: skip
        failed = noting.note()
        instance.tokens = run.frozen()
        known = {name: value for name, value in run.values.items() if name != TODAY}
        instance.known, instance.undo = written(known), msgspec.json.encode(run.undo).decode()
        instance.changed_at = self.now
        if run.ended:
            instance.state, instance.ended_at = ENDED, self.now
        elif instance.state in (RUNNING, STUCK):
            instance.state = STUCK if failed else RUNNING
        self.writing.instances[instance.pk] = instance

    def call_off(self, key: int) -> list[str]:
        """Stop an instance and undo what can be undone; gives why some of it could not be."""
        held = self.held[key]
        run = self.run_of(held)
        perform, refused = self._perform(held), []
        for handler in run.undoings():
            try:
                with attempt():
                    perform(handler, run.values)
                run.passed.append(Passed("", handler, "done"))
            except DomainError as refusal:
                refused.append(f"{handler.name or handler.id}: {refusal}")
            except Asked:
                why = _("a second person has to approve this; do it by itself")
                refused.append(f"{handler.name or handler.id}: {why}")
        run.undo.clear()
        run.cancelled()
        run.failed.clear()
        run.asked.clear()
        held.instance.state, held.instance.ended_at = CALLED_OFF, self.now
        self.note(held, run)
        held.instance.state = CALLED_OFF
        return refused

    def _done_by(
        self, held: Held, run: Run, places: Sequence[Place]
    ) -> Mapping[tuple[int, str], set[int]]:
        """Who did what in this instance, asked only where duties are separated."""
        if not any(place.element.not_by for place in places):
            return {}
        if self._done is None:
            self._done = done_by(self.held)
        done = self._done
        for passed in run.passed:
            doers = done.setdefault((held.instance.pk, passed.element.id), set())
            doers |= {each for each in self.by.get(passed.token, ()) if each is not None}
        for task in held.tasks.values():
            if task.state == OPEN and task.done_by_id is not None:
                # Asked, and waiting for a second person: it counts as done meanwhile.
                doers = done.setdefault((held.instance.pk, task.element), set())
                both = (task.done_by_id, task.deputy_for_id)
                doers |= {each for each in both if each is not None}
        return done

    def _perform(self, held: Held) -> Callable[..., Value]:
        return performing(lambda: self.machine(held.instance), held.instance)

    def machine(self, instance: Instance) -> Actor:
        """The machine account of an instance's procedure; without a role it may do nothing."""
        key = instance.procedure_id
        if key not in self._machines:
            procedure = Procedure.objects.select_related("account", "company").get(pk=key)
            account, company = procedure.account, procedure.company
            try:
                machine = actor_for(account, company)
            except NotAllowed:
                machine = Actor(
                    user_id=account.pk, name=account.name, company_id=company.pk,
                    currency=company.currency, country=company.country,
                )  # fmt: skip
            self._machines[key] = replace(machine, signed_in=False)
        return self._machines[key]


def not_running(instance: Instance) -> str:
    """Why nothing can be done with an instance any more."""
    if instance.state == CALLED_OFF:
        return _("This procedure was called off.")
    return _("This procedure has ended.")
