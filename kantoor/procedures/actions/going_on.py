"""What comes by itself: timers, conditions that are looked at, what failed tried again, late tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.attempt import attempt
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value, read_expression
from kantoor.procedures.actions.advancing import Held, Moving
from kantoor.procedures.actions.noting import LOOK_EVERY, TRY_AGAIN
from kantoor.procedures.actions.performing import ask_query
from kantoor.procedures.actions.setting_aside import set_aside
from kantoor.procedures.department import HELP
from kantoor.procedures.engine.running import NoLongerThere, Run
from kantoor.procedures.models import Wait
from kantoor.procedures.models.instances import RUNNING, STUCK
from kantoor.procedures.models.waits import CONDITION, ESCALATION, FAILED, TIMER


@action(permission=HELP, title=_("Go on with what is due"), hidden=True)
def go_on(actor: Actor, /, *, waits: Sequence[int]) -> int:
    """Let timers come, look at conditions, try again what failed, and pass late tasks on.

    Gives how many of these waits there still were. One that can't be dealt with is set aside.
    """
    found = list(Wait.objects.filter(company=actor.company_id, pk__in=waits).order_by("pk"))
    try:
        with attempt():
            return _together(actor, found)
    except Exception as fault:
        if isinstance(fault, OperationalError):
            raise
    return sum(_apart(actor, wait) for wait in found)


def _apart(actor: Actor, wait: Wait) -> int:
    """One by itself, since something among them goes wrong."""
    try:
        with attempt():
            return _together(actor, [wait])
    except Exception as fault:
        set_aside(wait.pk, fault)
        return 1


def _together(actor: Actor, found: Sequence[Wait]) -> int:
    moving = Moving(actor)
    moving.take([each.instance_id for each in found])
    count = 0
    for wait in found:
        held = moving.held.get(wait.instance_id)
        if held is None or held.instance.state not in (RUNNING, STUCK):
            moving.writing.gone.add(wait.pk)  # Nothing waits there any more.
            continue
        mine = next((each for each in held.waits.values() if each.pk == wait.pk), None)
        if mine is None or mine.pk in moving.writing.gone:
            continue
        _Going(moving, held, mine).on()
        count += 1
    moving.finish()
    return count


@dataclass(eq=False)
class _Going:
    """One wait that is due."""

    moving: Moving
    held: Held
    wait: Wait

    def on(self) -> None:
        """Do what is due."""
        try:
            {
                TIMER: self._timer,
                CONDITION: self._condition,
                FAILED: self._again,
                ESCALATION: self._late,
            }[self.wait.kind]()
        except NoLongerThere:
            self.moving.writing.gone.add(self.wait.pk)

    def _timer(self) -> None:
        self._happened({"at": self.moving.now})

    def _happened(self, event: Value) -> None:
        token, element = self.wait.token, self.wait.element
        self.moving.move(self.held.instance.pk, lambda run: run.happened(token, element, event))

    def _condition(self) -> None:
        """Ask what the condition is about, and see whether it holds."""
        observed = look(self.moving, self.held, self.wait.element)
        if observed is not None:
            self._happened(observed)
            return
        self._put_off(LOOK_EVERY)

    def _put_off(self, later: timedelta) -> None:
        self.wait.due_at = self.moving.now + later
        self.wait.why, self.wait.tries = "", 0
        self.moving.writing.waits[self.wait.pk] = self.wait

    def _again(self) -> None:
        """Try what failed once more; after the last time somebody has to look at it."""
        token = self.wait.token
        self.wait.tries += 1
        more = self.wait.tries < len(TRY_AGAIN)
        self.wait.due_at = self.moving.now + TRY_AGAIN[self.wait.tries] if more else None
        self.moving.writing.waits[self.wait.pk] = self.wait

        def retry(run: Run) -> None:
            run.failed.pop(token, None)

        self.moving.move(self.held.instance.pk, retry)

    def _late(self) -> None:
        """Pass a late task on to the role that the diagram names, also when somebody has it."""
        self.moving.writing.gone.add(self.wait.pk)
        task = self.held.tasks.get(self.wait.token)
        element = self.held.ready.elements.get(self.wait.element)
        if task is None or element is None or task.escalated_at is not None:
            return
        try:
            key = f"role/{self.moving.addressing.role(element.escalate)}"
        except DomainError:
            return  # The role is there no more; the task stays where it is.
        task.whose = task.pool = key
        task.deputy_for = None
        task.escalated_at = self.moving.now
        self.moving.writing.tasks[task.pk] = task


def look(moving: Moving, held: Held, name: str) -> Value:
    """What a condition's query answers when the condition holds, as an event; else None."""
    element = held.ready.elements[name]
    result: Value = None
    try:
        if element.query:
            machine = moving.machine(held.instance)
            result = ask_query(machine, element, held.values)
        holds = read_expression(element.condition).value({**held.values, "result": result})
    except DomainError:
        return None  # It is looked at again; a query that fails is no reason to go on.
    return {"result": result, "at": timezone.now()} if holds else None
