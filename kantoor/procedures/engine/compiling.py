"""A diagram ready to run: the library's specification, kept for as long as it is used."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.exceptions import SpiffWorkflowException

from kantoor.kernel.errors import DomainError
from kantoor.procedures.diagrams.elements import Diagram, Element
from kantoor.procedures.engine.plain_xml import name_of, plain_xml
from kantoor.procedures.engine.specs import FromValues, Parser

MOST_KEPT = 64


class CannotRun(DomainError):
    """A diagram that can't run, whatever its checks said."""

    code = "procedures.cannot_run"


@dataclass(frozen=True)
class Ready:
    """What runs from one start: `elements` are those of the diagram and of those it calls."""

    spec: Any
    subprocess_specs: Mapping[str, Any]
    elements: Mapping[str, Element]
    diagram: Diagram
    called: Mapping[str, Diagram] = field(default_factory=dict)

    def element(self, name: str) -> Element | None:
        """The element that a token stands at; None for what only the library sees."""
        return self.elements.get(name.removesuffix(" [child]"))


_kept: OrderedDict[tuple[bytes, str, tuple[bytes, ...]], Ready] = OrderedDict()


def ready(diagram: Diagram, start: str, called: Mapping[str, Diagram] | None = None) -> Ready:
    """The diagram ready to begin at an element; raises CannotRun with the element and why."""
    others = dict(sorted((called or {}).items()))
    key = (diagram.digest, start, tuple(each.digest for each in others.values()))
    if (known := _kept.get(key)) is not None:
        _kept.move_to_end(key)
        return known
    made = _kept[key] = _compiled(diagram, start, others)
    if len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made


def _compiled(diagram: Diagram, start: str, called: Mapping[str, Diagram]) -> Ready:
    parser = Parser()
    try:
        parser.add_bpmn_xml(etree.fromstring(plain_xml(diagram, start, called)))
        spec = parser.get_spec(diagram.key)
        subprocess_specs = parser.get_subprocess_specs(diagram.key)
    except ValidationException as refused:
        where = refused.name or refused.id
        raise CannotRun(
            f"{where}: {refused}" if where else str(refused), field=refused.id
        ) from None
    except (SpiffWorkflowException, TypeError, KeyError, AttributeError, RecursionError) as fault:
        # The library's error path fails itself (it calls raise_validation_exception(node=…)).
        raise CannotRun(str(fault)) from fault
    for each in (spec, *subprocess_specs.values()):
        _see_to_lists(each)
    elements = {each.id: each for each in diagram.elements.values()}
    for other in called.values():
        for each in other.elements.values():
            named = _called(other, each)
            elements[named.id] = named
    return Ready(spec, subprocess_specs, elements, diagram, called)


def _called(diagram: Diagram, element: Element) -> Element:
    """An element of a called procedure, by the names that it has where it runs."""

    def named(name: str) -> str:
        return name_of(diagram, name, True) if name in diagram.elements else name

    return replace(
        element,
        id=named(element.id),
        parent=named(element.parent),
        attached_to=named(element.attached_to),
        handler=named(element.handler),
        not_by=tuple(named(each) for each in element.not_by),
    )


def _see_to_lists(spec: Any) -> None:
    """Let what is done for each of a list find it among the values, and hear of each that is done.

    The library connects the hearing when it makes a child; one that comes back from the database
    was made elsewhere.
    """
    for task_spec in spec.task_specs.values():
        if isinstance(task_spec, MultiInstanceTask):
            task_spec.data_input = FromValues(task_spec.data_input.bpmn_id)
            child = spec.task_specs[task_spec.task_spec]
            child.completed_event.connect(task_spec.merge_child)


__all__ = ["BoundaryEvent", "CannotRun", "Ready", "ready"]
