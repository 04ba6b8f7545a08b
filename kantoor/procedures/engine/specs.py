"""What Kantoor adds to SpiffWorkflow's parts: work, events that are waited for, errors raised."""

from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    IntermediateCatchEventParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, EndEvent, IntermediateCatchEvent
from SpiffWorkflow.bpmn.specs.event_definitions import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.specs.base import TaskSpec

from kantoor.kernel.expressions import Value, read_expression

OWN = "urn:kantoor:engine"
"""Namespace of what `plain_xml` tells the parser."""
ERROR = "error"


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


class _WorkParser(TaskParser):  # type: ignore[misc]
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


class _CatchParser(_Catching, IntermediateCatchEventParser):  # type: ignore[misc]
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
        """The list."""
        return my_task.workflow.script_engine.values[self.name]


__all__ = ["BpmnTaskSpec", "Parser"]
