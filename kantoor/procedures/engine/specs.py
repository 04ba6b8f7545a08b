"""What Kantoor adds to SpiffWorkflow's parts: work, events that are waited for, errors raised."""

from typing import Any

from django.utils.translation import gettext as _
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    IntermediateCatchEventParser,
)
from SpiffWorkflow.bpmn.parser.task_parsers import (
    CallActivityParser,
    ConditionalGatewayParser,
    GatewayParser,
    SubWorkflowParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    CallActivity,
    EndEvent,
    IntermediateCatchEvent,
    ParallelMultiInstanceTask,
    SequentialMultiInstanceTask,
    SubWorkflowTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.specs.base import TaskSpec

from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value, read_expression
from kantoor.procedures.engine.joins import InclusiveJoin, Join

OWN = "urn:kantoor:engine"
"""Namespace of what `plain_xml` tells the parser."""
ERROR = "error"
NO_LIST = "no_list"


class NoList(DomainError):
    """What is done for each of a list has no list."""

    code = "procedures.no_list"


class Work(BpmnSpecMixin, TaskSpec):  # type: ignore[misc]
    """An element at which something is done: by a person, or by Kantoor. Its token stays ready."""

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.manual = True


class Awaited(EventDefinition):  # type: ignore[misc]
    """An event that an element waits for; Kantoor, not the library, says when it came."""

    def __init__(self, element: str, trigger: str, code: str = "") -> None:
        super().__init__(name=element)
        self.element = element
        self.trigger = trigger
        self.code = code

    def catches(self, my_task: Any, event: BpmnEvent) -> bool:
        """Whether this very element is meant."""
        return bool(self == event.event_definition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Awaited) and other.element == self.element

    def __hash__(self) -> int:
        return hash(self.element)


class Raised(EventDefinition):  # type: ignore[misc]
    """An error with which a subprocess ends; the boundary event of that subprocess catches it."""

    def __init__(self, code: str) -> None:
        super().__init__(name=code)
        self.code = code

    def throw(self, my_task: Any) -> None:
        """Tell the boundary event on the subprocess, if it has one for this error."""
        workflow = my_task.workflow
        if workflow.parent_task_id is None:
            return
        raise_at(workflow.top_workflow.get_task_from_id(workflow.parent_task_id), self.code)


def raise_at(task: Any, code: str) -> bool:
    """Let an error that rose at an activity come to its boundary event; whether it has one."""
    parent = task.parent
    for sibling in parent.children if parent is not None else ():
        spec = sibling.task_spec
        if not isinstance(spec, BoundaryEvent) or spec.event_definition.trigger != ERROR:
            continue
        if spec.event_definition.code in ("", code):
            spec.catch(sibling, BpmnEvent(spec.event_definition))
            spec._update(sibling)
            return True
    return False


class Values(PythonScriptEngine):  # type: ignore[misc]
    """Where the library asks for a condition: the house's expressions, on the instance's values."""

    def __init__(self, values: dict[str, Value]) -> None:
        super().__init__()
        self.values = values

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Value:
        """The value of an expression for a token; what only the token knows goes first."""
        return read_expression(expression).value({**self.values, **task.data})

    def execute(self, task: Any, script: str, external_context: Any = None) -> bool:
        """Refuse: no script runs."""
        raise AssertionError("no script is part of what runs")


class OfAList:
    """What one of a list knows is its own: the library lets it go on to the next, and then stops at it."""

    input_item: Any
    data_input: Any

    def _update_hook(self, my_task: Any) -> Any:
        """Begin with the first or all; where there is no list the token comes to stand here."""
        if not self.data_input.exists(my_task):
            my_task.internal_data[NO_LIST] = True
            return True
        my_task.internal_data.pop(NO_LIST, None)
        return super()._update_hook(my_task)  # type: ignore[misc]

    def begin_again(self, my_task: Any) -> None:
        """Begin once there is a list; raises NoList while there is none."""
        if NO_LIST not in my_task.internal_data:
            return
        if not self.data_input.exists(my_task):
            message = _("“{name}” is no list of values.").format(name=self.data_input.name)
            raise NoList(message)
        self._update_hook(my_task)

    def create_child(self, my_task: Any, item: Value, key_or_index: Any = None) -> None:
        """Begin one; what a list around this one calls its own by the same name is not known within."""
        name = self.input_item.bpmn_id
        without = {key: each for key, each in my_task.data.items() if key != name}
        around, my_task.data = my_task.data, without
        super().create_child(my_task, item, key_or_index)  # type: ignore[misc]
        my_task.data = around

    def merge_child(self, workflow: Any, child: Any) -> None:
        """One is done, and what it knew alone is known no more."""
        child.data.pop(self.input_item.bpmn_id, None)
        super().merge_child(workflow, child)  # type: ignore[misc]


class AtOnce(OfAList, ParallelMultiInstanceTask):  # type: ignore[misc]
    """Done for each of a list, at once."""


class InTurn(OfAList, SequentialMultiInstanceTask):  # type: ignore[misc]
    """Done for each of a list, one after the other; the list is that of when it began."""

    def add_next_child(self, my_task: Any) -> None:
        """Begin the next, also where that is nothing (None)."""
        key, item = self.get_next_input_item(my_task)
        if key is not None:
            self.create_child(my_task, item, key)


class _EachParser(TaskParser):  # type: ignore[misc]
    """Makes the above of what is done for each of a list."""

    PARALLEL_MI_CLASS = AtOnce
    SEQUENTIAL_MI_CLASS = InTurn


class _SubprocessParser(_EachParser, SubWorkflowParser):  # type: ignore[misc]
    """A subprocess."""


class _CallParser(_EachParser, CallActivityParser):  # type: ignore[misc]
    """A call of another procedure."""


class _WorkParser(_EachParser):
    """Makes work of a task."""


class _Catching:
    """What catching events have in common: one definition, as `plain_xml` wrote it."""

    node: Any

    def get_event_definition(self, xpaths: list[str]) -> EventDefinition:
        """The event that is awaited."""
        trigger = self.node.get(f"{{{OWN}}}trigger", "")
        code = self.node.get(f"{{{OWN}}}code", "")
        if not trigger:
            return NoneEventDefinition(description="Default")
        return Awaited(self.node.get("id"), trigger, code)


class _CatchParser(_Catching, _EachParser, IntermediateCatchEventParser):  # type: ignore[misc]
    """An intermediate event, or a receive task."""


class _BoundaryParser(_Catching, BoundaryEventParser):  # type: ignore[misc]
    """A boundary event."""


class _EndParser(EndEventParser):  # type: ignore[misc]
    """An end, that may raise an error."""

    def get_event_definition(self, xpaths: list[str]) -> EventDefinition:
        """The error that is raised, else what the library reads."""
        if self.node.get(f"{{{OWN}}}trigger") == ERROR:
            return Raised(self.node.get(f"{{{OWN}}}code", ""))
        return super().get_event_definition(xpaths)


class Parser(BpmnParser):  # type: ignore[misc]
    """The library's parser with Kantoor's parts."""

    OVERRIDE_PARSER_CLASSES = {
        full_tag("userTask"): (_WorkParser, Work),
        full_tag("parallelGateway"): (GatewayParser, Join),
        full_tag("inclusiveGateway"): (ConditionalGatewayParser, InclusiveJoin),
        full_tag("subProcess"): (_SubprocessParser, SubWorkflowTask),
        full_tag("callActivity"): (_CallParser, CallActivity),
        full_tag("intermediateCatchEvent"): (_CatchParser, IntermediateCatchEvent),
        full_tag("boundaryEvent"): (_BoundaryParser, BoundaryEvent),
        full_tag("endEvent"): (_EndParser, EndEvent),
    }


class FromValues:
    """The list that a task is done for each of: a name among the instance's values."""

    def __init__(self, name: str) -> None:
        self.name = self.bpmn_id = name

    def exists(self, my_task: Any) -> bool:
        """Whether there is such a list."""
        return isinstance(my_task.workflow.script_engine.values.get(self.name), list)

    def get(self, my_task: Any) -> Value:
        """The list; of what is done in turn as it was when that began."""
        known = my_task.internal_data
        if isinstance(my_task.task_spec, InTurn):
            if "remaining" not in known:
                known["list"] = my_task.workflow.script_engine.values[self.name]
            return known["list"]
        return my_task.workflow.script_engine.values[self.name]


def definitions_of(task: Any) -> list[Awaited]:
    """The events that a token waits for: one, or those after an event-based gateway."""
    definition = task.task_spec.event_definition
    several = getattr(definition, "event_definitions", None)
    found = [definition] if several is None else several
    return [each for each in found if isinstance(each, Awaited)]


def definition_of(task: Any, element: str) -> Awaited | None:
    """The event of that element, if a token waits for it."""
    if not isinstance(task.task_spec, CatchingEvent):
        return None
    found = (each for each in definitions_of(task) if each.element == element)
    return next(found, None)


__all__ = ["BpmnTaskSpec", "Parser"]
