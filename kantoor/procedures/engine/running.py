"""An instance on its way: it runs until everything in it waits, and says what for.

run = Run.begun(ready, values, perform)
run.settle()
run.places()       # where it stands: work for people, events it waits for, what failed
run.work_done(token, outputs)
run.happened(token, element, outputs)
run.frozen()
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, EventBasedGateway
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value, WrongExpression, read_expression
from kantoor.procedures.diagrams.elements import Element
from kantoor.procedures.engine.compiling import Ready
from kantoor.procedures.engine.frozen import frozen, thawed
from kantoor.procedures.engine.joins import InclusiveJoin
from kantoor.procedures.engine.saying import (
    MOST_STEPS,
    PEOPLES,
    Asked,
    NeverWaits,
    NoLongerThere,
    Passed,
    Perform,
    Place,
    Scope,
    WentWrong,
    Whole,
    inputs_of,
)
from kantoor.procedures.engine.specs import (
    Awaited,
    NoList,
    OfAList,
    Values,
    Work,
    definition_of,
    definitions_of,
    raise_at,
)
from kantoor.procedures.engine.tokens import tokens_in


@dataclass(eq=False)
class Run:
    """One instance in memory. `undo` are service tasks that were done, the last one last.

    `failed` and `asked` are tokens that stand still: with the reason, or the request's number.
    `whole` surrounds what an element does and what of it is remembered.
    """

    ready: Ready
    workflow: Any
    values: dict[str, Value]
    perform: Perform
    whole: Whole = nullcontext
    undo: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    passed: list[Passed] = field(default_factory=list)
    steps: int = 0

    @classmethod
    def begun(
        cls, ready: Ready, values: dict[str, Value], perform: Perform, whole: Whole = nullcontext
    ) -> "Run":
        """A new instance, at its start."""
        workflow = BpmnWorkflow(
            ready.spec, dict(ready.subprocess_specs), script_engine=Values(values)
        )
        return cls(ready, workflow, values, perform, whole)

    @classmethod
    def again(
        cls,
        ready: Ready,
        kept: bytes,
        values: dict[str, Value],
        perform: Perform,
        undo: list[str],
        whole: Whole = nullcontext,
    ) -> "Run":
        """An instance that waited; what in it failed or was asked for, the caller fills in."""
        return cls(ready, thawed(kept, ready, values), values, perform, whole, undo)

    @property
    def ended(self) -> bool:
        """Whether it came to its end."""
        return bool(self.workflow.completed)

    def frozen(self) -> bytes:
        """What is kept of it."""
        return frozen(self.workflow)

    # --- what happens to it

    def work_done(self, token: str, result: Value) -> None:
        """A person did what a user task asked; `result` is what came of it."""
        task = self._task(token)
        if not isinstance(task.task_spec, Work) or task.state != TaskState.READY:
            raise NoLongerThere(_("This task was done, or is not needed any more."))
        self._finish(task, self._known(task), result)

    def happened(self, token: str, element: str, event: Value) -> None:
        """An event came that a token waited for; raises NoLongerThere."""
        task = self._task(token)
        definition = definition_of(task, element)
        if task.state != TaskState.WAITING or definition is None:
            raise NoLongerThere(_("This is not waited for any more."))
        awaited = self.ready.elements[element]
        if awaited.trigger == "condition":
            self._remember(awaited, event["result"], "result", self._local(task))
        else:
            self._remember(awaited, event, "event", self._local(task))
        self._catch(task, definition)
        self.passed.append(Passed(token, awaited, "happened"))

    def _catch(self, task: Any, definition: Awaited) -> None:
        task.task_spec.catch(task, BpmnEvent(definition))
        task.task_spec._update(task)
        if isinstance(task.task_spec, EventBasedGateway):
            task.run()
            task.internal_data.pop("seen_events", None)

    def approved(self, token: str, result: Value) -> None:
        """What was asked for was approved and done."""
        task = self._task(token)
        self.asked.pop(token, None)
        if task.state != TaskState.READY:
            raise NoLongerThere(_("This is not waited for any more."))
        element = self._known(task)
        if element.trigger == "compensation":
            self.undo.pop()  # That was undone now; settling goes on with the others.
            return
        self._finish(task, element, result)

    def not_approved(self, token: str, why: str) -> None:
        """What was asked for was refused: a person has the task again, else it failed."""
        task = self._task(token)
        self.asked.pop(token, None)
        element = self._known(task)
        if element.tag not in PEOPLES:
            self._refused(task, element, "approval.refused", why)

    def skipped(self, token: str) -> None:
        """Go on past work that failed, as if it were done."""
        task = self._task(token)
        self.failed.pop(token, None)
        self.asked.pop(token, None)
        if isinstance(task.task_spec, Work | OfAList) and task.state == TaskState.READY:
            self.passed.append(Passed(token, self._known(task), "skipped"))
            task.run()
        elif isinstance(task.task_spec, CatchingEvent) and task.state == TaskState.WAITING:
            definition = definitions_of(task)[0]
            self.passed.append(Passed(token, self.ready.elements[definition.element], "skipped"))
            self._catch(task, definition)
        else:
            raise NoLongerThere(_("This is not waited for any more."))

    def stand_still(self, why: str) -> None:
        """Let all that would move on stand where it is."""
        for task in self.workflow.get_tasks(state=TaskState.READY):
            element = self.ready.element(task.task_spec.name)
            if str(task.id) not in self.asked and not _for_people(task, element):
                self.failed.setdefault(str(task.id), why[:500])

    def cancelled(self) -> None:
        """Call the whole off; what is to be undone is undone by the caller (`undoings`)."""
        self.workflow.cancel()

    def local(self, token: str) -> Scope:
        """What only this token knows: its part of a list."""
        return self._local(self._task(token))

    # --- running

    def settle(self) -> None:
        """Run until everything waits. Raises NeverWaits."""
        while self._round():
            pass

    def _round(self) -> bool:
        moved = False
        inner = sorted(
            self.workflow.get_active_subprocesses(), key=lambda each: each.depth, reverse=True
        )
        for workflow in (*inner, self.workflow):
            while self._run_ready(workflow) or self._joined(workflow):
                moved = True
            if workflow is not self.workflow:
                task = self.workflow.get_task_from_id(workflow.parent_task_id)
                task.task_spec._update(task)
        return moved or len(self.workflow.get_active_subprocesses()) > len(inner)

    def _joined(self, workflow: Any) -> bool:
        """Look again at inclusive joins: what they wait for may have ended elsewhere."""
        waiting = [
            task
            for task in tokens_in(workflow, TaskState.WAITING)
            if isinstance(task.task_spec, InclusiveJoin)
        ]
        for task in waiting:
            task.task_spec._update(task)
        return any(task.state == TaskState.READY for task in waiting)

    def _run_ready(self, workflow: Any) -> bool:
        moved = False
        for task in tokens_in(workflow, TaskState.READY):
            token = str(task.id)
            if token in self.failed or token in self.asked or task.state != TaskState.READY:
                continue
            element = self.ready.element(task.task_spec.name)
            if _for_people(task, element):
                continue
            self.steps += 1
            if self.steps > MOST_STEPS:
                message = _("This procedure passed {most} elements without waiting for anything.")
                raise NeverWaits(message.format(most=MOST_STEPS))
            moved = self._move(task, element) or moved
        return moved

    def _move(self, task: Any, element: Element | None) -> bool:
        """Move one token on, or note why it can't; whether anything moved."""
        try:
            if isinstance(task.task_spec, Work) and element is not None:
                return self._work(task, element)
            self._try_conditions(task)
            if isinstance(task.task_spec, OfAList):
                task.task_spec.begin_again(task)
                if task.state != TaskState.READY:
                    return True
            task.run()
        except SpiffWorkflowException as refused:
            return self._fail(task, str(refused))
        except (WrongExpression, NoList) as refused:
            return self._fail(task, str(refused.message))
        return True

    def _work(self, task: Any, element: Element) -> bool:
        """Do what Kantoor does itself; a refusal goes to the error event beside it, if any."""
        values, undo = dict(self.values), list(self.undo)
        try:
            with self.whole():
                approval = self._done(task, element)
        except DomainError as refusal:
            # What was done is undone with what was remembered: it is tried again as a whole.
            self.values.clear()
            self.values.update(values)
            self.undo[:] = undo
            return self._refused(task, element, refusal.code, str(refusal))
        if approval is not None:
            self.asked[str(task.id)] = approval
            return False
        self._go_past(task, element)
        return True

    def _done(self, task: Any, element: Element) -> int | None:
        """Do it and remember what came of it; the request, where a second person is asked first."""
        try:
            if element.trigger == "compensation":
                self._undo_all()
                return None
            result = self.perform(element, {**self.values, **self._local(task)})
        except Asked as asked:
            return asked.approval
        self._remember(element, result, "result", self._local(task))
        return None

    def _refused(self, task: Any, element: Element, code: str, why: str) -> bool:
        self.passed.append(Passed(str(task.id), element, "failed"))
        if code != WentWrong.code and raise_at(task, code):
            self.values["error"] = {"code": code, "message": why}
            return True
        return self._fail(task, why)

    def _fail(self, task: Any, why: str) -> bool:
        self.failed[str(task.id)] = why[:500]
        return False

    def _finish(self, task: Any, element: Element, result: Value) -> None:
        self._remember(element, result, "result", self._local(task))
        self._go_past(task, element)

    def _go_past(self, task: Any, element: Element) -> None:
        if any(each.handler for each in self._compensations(element)):
            self.undo.append(element.id)
        self.passed.append(Passed(str(task.id), element, "done"))
        task.run()

    def _remember(self, element: Element, given: Value, name: str, local: Scope) -> None:
        """Keep what an element says is to be remembered of what was given."""
        if element.result:
            self.values[element.result] = given
        scope = {**self.values, **local, name: given}
        for output in element.outputs:
            self.values[output.name] = read_expression(output.value).value(scope)

    def _try_conditions(self, task: Any) -> None:
        """Reckon the conditions of a gateway first: the library leaves a token half moved."""
        for condition, _spec in getattr(task.task_spec, "cond_task_specs", ()):
            if condition is not None:
                condition._matches(task)

    # --- undoing

    def _compensations(self, element: Element) -> Iterator[Element]:
        for each in self.ready.elements.values():
            if each.trigger == "compensation" and each.attached_to == element.id:
                yield each

    def undoings(self) -> list[Element]:
        """The handlers of what was done, the last first."""
        return [handler for name in reversed(self.undo) for handler in self._handlers(name)]

    def _handlers(self, name: str) -> list[Element]:
        element = self.ready.elements.get(name)
        found = self._compensations(element) if element is not None else ()
        return [self.ready.elements[each.handler] for each in found if each.handler]

    def _undo_all(self) -> None:
        while self.undo:
            for handler in self._handlers(self.undo[-1]):
                self.perform(handler, self.values)
            self.undo.pop()

    # --- where it stands

    def places(self) -> list[Place]:
        """Where its tokens stand, when it has settled."""
        if self.ended:
            return []
        waiting = tokens_in(self.workflow, TaskState.READY | TaskState.WAITING)
        return [place for task in waiting for place in self._places_of(task)]

    def _places_of(self, task: Any) -> Iterator[Place]:
        token, local = str(task.id), self._local(task)
        if task.state == TaskState.READY:
            element = self.ready.element(task.task_spec.name)
            if token in self.asked and element is not None:
                yield Place(token, element, "asked", str(self.asked[token]), local)
            elif (why := self.failed.get(token)) is not None:
                yield Place(token, element or _unseen(task), "failed", why, local)
            elif element is not None:
                yield Place(token, element, "work", local=local)
        elif isinstance(task.task_spec, CatchingEvent):
            for definition in definitions_of(task):
                if definition.trigger not in ("error", ""):
                    element = self.ready.elements[definition.element]
                    yield Place(token, element, "event", local=local)
            if (why := self.failed.get(token)) is not None:
                # What it waits for can't be reckoned.
                shown = self.ready.element(task.task_spec.name)
                yield Place(token, shown or _unseen(task), "failed", why, local)

    def _task(self, token: str) -> Any:
        try:
            return self.workflow.get_task_from_id(UUID(token))
        except (SpiffWorkflowException, ValueError):
            raise NoLongerThere(_("This is not waited for any more.")) from None

    def _known(self, task: Any) -> Element:
        element = self.ready.element(task.task_spec.name)
        assert element is not None
        return element

    def _local(self, task: Any) -> Scope:
        return dict(task.data)


def _unseen(task: Any) -> Element:
    """What stands for an element where only the library sees one."""
    return Element(id=task.task_spec.name, tag="", name="")


def _for_people(task: Any, element: Element | None) -> bool:
    return isinstance(task.task_spec, Work) and element is not None and element.tag in PEOPLES


__all__ = [
    "PEOPLES", "Asked", "BoundaryEvent", "NeverWaits", "NoLongerThere", "Passed", "Perform", "Place",
    "Run", "Scope", "WentWrong", "inputs_of",
]  # fmt: skip
