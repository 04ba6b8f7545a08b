"""What an instance waits for, compared with what it waited for: tasks and waits that come and go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value, read_expression
from kantoor.kernel.inboxes import NEVER
from kantoor.procedures.actions.people import Addressing, barred_by, is_barred
from kantoor.procedures.actions.writing import Writing, elapsed
from kantoor.procedures.diagrams.elements import Timed
from kantoor.procedures.engine.moments import due_at
from kantoor.procedures.engine.running import PEOPLES, Passed, Place, Run, Scope
from kantoor.procedures.models import Step, Task, Wait
from kantoor.procedures.models.tasks import DONE, GONE
from kantoor.procedures.models.waits import (
    APPROVAL,
    CONDITION,
    ESCALATION,
    FAILED,
    MESSAGE,
    TIMER,
)
from kantoor.procedures.queries.calendars import Clockwork

if TYPE_CHECKING:
    from kantoor.procedures.actions.advancing import Held

Due = datetime | Callable[[], datetime] | None
LOOK_EVERY = timedelta(hours=1)
"""How often a condition is looked at when no event says so."""
TRY_AGAIN = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))
"""After how long what failed is tried again by itself; after the last not any more."""


@dataclass(eq=False)
class Noting:
    """Notes one instance that was moved."""

    actor: Actor
    held: "Held"
    run: Run
    writing: Writing
    now: datetime
    clockwork: Callable[[], Clockwork]
    addressing: Addressing
    by: Mapping[str, tuple[int | None, int | None]]
    places: Sequence[Place]
    done: Mapping[tuple[int, str], set[int]]
    broken: list[Place] = field(default_factory=list)

    def note(self) -> bool:
        """Gather the rows; whether something in the instance failed."""
        self._steps()
        places = self.places
        stays: set[tuple[str, str, str]] = set()
        working = {
            place.token
            for place in places
            if place.element.tag in PEOPLES and place.kind in ("work", "asked")
        }
        for place in places:
            if place.kind == "work":
                self._task(place, stays)
            elif place.kind == "event":
                self._event(place, stays)
            elif place.kind == "asked":
                self._wait(place, APPROVAL, stays, name="kernel.approval_decided",
                           field="approval_id", value=place.why)  # fmt: skip
        self._failures([*(each for each in places if each.kind == "failed"), *self.broken], stays)
        for token, task in self.held.tasks.items():
            if token in working:
                stays.add((token, task.element, ESCALATION))
            else:
                self._end_task(task)
        for key, wait in self.held.waits.items():
            if key not in stays:
                self.writing.gone.add(wait.pk)
                if wait.kind == APPROVAL:
                    self.writing.withdrawn.add(int(wait.value))
        put_aside = any(wait.why for key, wait in self.held.waits.items() if key in stays)
        return bool(self.run.failed) or put_aside

    # --- steps

    def _steps(self) -> None:
        for passed in self.run.passed:
            since = self._since(passed)
            user, principal = self.by.get(passed.token, (None, None))
            people = passed.element.tag in PEOPLES
            self.writing.steps.append(
                Step(
                    instance_id=self.held.instance.pk,
                    version_id=self.held.instance.version_id,
                    element=passed.element.id,
                    how=passed.how,
                    user_id=user if people else None,
                    deputy_for_id=principal if people else None,
                    entered_at=since,
                    left_at=self.now,
                    elapsed_s=elapsed(since, self.now),
                )
            )

    def _since(self, passed: Passed) -> datetime:
        task = self.held.tasks.get(passed.token)
        if task is not None and task.element == passed.element.id:
            return task.made_at
        for (token, element, _kind), wait in self.held.waits.items():
            if token == passed.token and element == passed.element.id:
                return wait.made_at
        return self.now

    # --- work for people

    def _task(self, place: Place, stays: set[tuple[str, str, str]]) -> None:
        element, instance = place.element, self.held.instance
        barred = barred_by(element.not_by, instance, self.done)
        if (known := self.held.tasks.get(place.token)) is not None:
            self._bar(known, barred)
            return
        scope = {**self.run.values, **place.local}
        try:
            pool, whose = self.addressing.pool(element, scope, instance)
            due = self._due(Timed(duration=element.within, clock=element.clock), scope)
        except DomainError as refusal:
            self._breaks(place, refusal)
            return
        task = Task(
            company_id=instance.company_id, instance_id=instance.pk, element=element.id,
            token=place.token, title=titled(element.name, element.id),
            title_nl=titled(element.name_nl or element.name, element.id), whose=whose, pool=pool,
            barred=barred, made_at=self.now, due_at=due,
        )  # fmt: skip
        self.writing.new_tasks.append(task)
        if element.escalate and due < NEVER:
            self._wait(place, ESCALATION, stays, due=due)

    def _bar(self, task: Task, barred: str) -> None:
        """Keep a task from who did, since it was there, what its doer may not have done."""
        if task.barred == barred:
            return
        task.barred = barred
        kind, _slash, user = task.whose.partition("/")
        if kind == "user" and is_barred(barred, int(user)):
            task.whose, task.deputy_for = task.pool, None
        self.writing.tasks[task.pk] = task

    def _end_task(self, task: Task) -> None:
        user, principal = self.by.get(task.token, (None, None))
        task.state = DONE if task.token in self.by else GONE
        task.ended_at, task.done_by_id, task.deputy_for_id = self.now, user, principal
        self.writing.tasks[task.pk] = task

    # --- what is waited for

    def _event(self, place: Place, stays: set[tuple[str, str, str]]) -> None:
        element = place.element
        try:
            if element.trigger == "timer":
                timed = element.timed or Timed()
                self._wait(place, TIMER, stays, due=lambda: self._due(timed, self._scope(place)))
            elif element.trigger == "condition":
                self._wait(place, CONDITION, stays, due=self.now)
                self._listen(place, stays)
            else:
                self._message(place, stays)
        except DomainError as refusal:
            self._breaks(place, refusal)

    def _listen(self, place: Place, stays: set[tuple[str, str, str]]) -> None:
        """A condition is looked at again after the events it names; of `event:field` those that match."""
        element, value = place.element, ""
        if element.equals:
            value = matched(read_expression(element.equals).value(self._scope(place)))
        for each in element.listens:
            event, _colon, field = each.partition(":")
            self._wait(
                place, CONDITION, stays, name=event, field=field, value=value if field else ""
            )

    def _message(self, place: Place, stays: set[tuple[str, str, str]]) -> None:
        element = place.element
        value = ""
        key = (place.token, element.id, MESSAGE)
        if element.equals and key not in self.held.waits:
            value = matched(read_expression(element.equals).value(self._scope(place)))
        self._wait(place, MESSAGE, stays, name=element.message, field=element.match, value=value)

    def _breaks(self, place: Place, refusal: DomainError) -> None:
        """Nobody can be found for a task, or a time can't be reckoned: it stands still there."""
        why = str(refusal)[:500]
        self.run.failed[place.token] = why
        self.broken.append(replace(place, kind="failed", why=why))

    def _failures(self, places: Sequence[Place], stays: set[tuple[str, str, str]]) -> None:
        for place in places:
            key = (place.token, place.element.id, FAILED)
            known = self.held.waits.get(key)
            if known is None:
                self._wait(place, FAILED, stays, due=self.now + TRY_AGAIN[0], why=place.why)
                continue
            stays.add(key)
            if known.why != place.why:
                known.why = place.why
                self.writing.waits[known.pk] = known

    def _wait(
        self, place: Place, kind: str, stays: set[tuple[str, str, str]], *, name: str = "",
        field: str = "", value: str = "", due: Due = None, why: str = "",
    ) -> None:  # fmt: skip
        key = (place.token, place.element.id, slot(kind, name))
        stays.add(key)
        if key in self.held.waits:
            return
        self.writing.new_waits.append(
            Wait(
                company_id=self.held.instance.company_id,
                instance_id=self.held.instance.pk,
                element=place.element.id,
                token=place.token,
                kind=kind,
                name=name,
                field=field,
                value=value,
                made_at=self.now,
                due_at=due() if callable(due) else due,
                why=why,
            )
        )

    def _due(self, timed: Timed, scope: Scope) -> datetime:
        if not timed.duration and not timed.moment:
            return NEVER

        def reckon(text: str) -> Value:
            return read_expression(text).value(scope)

        terms = self.clockwork().terms if timed.clock == "working" else ""
        return due_at(timed, self.now, terms=terms, zone=self.actor.zone, reckon=reckon)

    def _scope(self, place: Place) -> Scope:
        return {**self.run.values, **place.local}


def slot(kind: str, name: str) -> str:
    """What sets the waits of one token apart: a condition may listen to several events."""
    return f"{kind}/{name}" if kind == CONDITION else kind


def titled(name: str, fallback: str) -> str:
    """What an element is called."""
    return (" ".join(name.split()) or fallback)[:200]


def matched(value: Value) -> str:
    """A value as events are looked up by it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text[:200]
