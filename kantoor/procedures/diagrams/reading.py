"""Reading a BPMN file into a `Diagram`: which process it is about, its elements and its flows.

It reads leniently: what can't run is read all the same, and found by `checking.faults_of`. Pure:
neither database nor language matter, so a diagram may be kept by its digest.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from kantoor.procedures.diagrams.elements import BPMN, KANTOOR, Diagram, Element, Flow
from kantoor.procedures.diagrams.node_reading import Around, element_of, strange_in, text_of
from kantoor.procedures.diagrams.opening import (
    SUBPROCESSES,
    Node,
    all_nodes_in,
    nodes_in,
    open_file,
    processes_of,
    tag_of,
)
from kantoor.procedures.errors import NotADiagram

LONGEST_KEY = 60


def read_diagram(content: bytes) -> Diagram:
    """The procedure that a BPMN file draws.

    Of several processes it is the one marked as executable; when none is, the one with most
    elements. Raises NotADiagram for what is no BPMN 2.0 within bounds (docs/procedures.md).
    """
    root = open_file(content)
    processes = processes_of(root)
    process = _chosen(processes)
    marked = process.get("isExecutable", "").strip() in ("true", "1")
    elements, repeated = _elements(root, process)
    return Diagram(
        key=key_of(process.get("id", "")),
        name=process.get("name", "") or _participant(root, process) or root.get("name", ""),
        name_nl=process.get(f"{{{KANTOOR}}}nameNl", ""),
        digest=hashlib.sha256(content).digest(),
        title=process.get(f"{{{KANTOOR}}}title", "").strip(),
        start_role=process.get(f"{{{KANTOOR}}}startRole", "").strip(),
        elements=elements,
        flows=_flows(process, elements),
        drawn_only=frozenset(_ids(other for other in processes if other is not process)),
        process=process.get("id", ""),
        executable=marked,
        repeated_ids=tuple(repeated),
        strange=strange_in(process),
        line=process.sourceline or 0,
    )


def key_of(identifier: str) -> str:
    """The key of a procedure: its identifier in lower case; what a key can't have becomes `-`."""
    return re.sub(r"[^a-z0-9_-]+", "-", identifier.lower()).strip("-_")[:LONGEST_KEY]


def _chosen(processes: list[Node]) -> Node:
    marked = [one for one in processes if one.get("isExecutable", "").strip() in ("true", "1")]
    if len(marked) > 1:
        raise NotADiagram(
            _("{count} processes are marked as executable; mark one and draw the others only.").format(
                count=len(marked)
            ),
            line=marked[1].sourceline,
        )  # fmt: skip
    return marked[0] if marked else max(processes, key=lambda one: len(all_nodes_in(one)))


def _participant(root: Node, process: Node) -> str:
    """The name of the pool that a process without a name stands in."""
    for participant in root.iterfind(f"{{{BPMN}}}collaboration/{{{BPMN}}}participant"):
        if participant.get("processRef", "").rpartition(":")[2] == process.get("id"):
            return str(participant.get("name", ""))
    return ""


def _elements(root: Node, process: Node) -> tuple[dict[str, Element], list[str]]:
    around = Around(root, process)
    found: dict[str, Element] = {}
    repeated: list[str] = []
    _gather(process, process.get("id", ""), around, found, repeated)
    return _with_handlers(process, found), repeated


def _gather(
    scope: Node, parent: str, around: Around, found: dict[str, Element], repeated: list[str]
) -> None:
    for node in nodes_in(scope):
        element = element_of(node, parent, around)
        if element.id in found:
            repeated.append(element.id)
            continue
        found[element.id] = element
        if tag_of(node) in SUBPROCESSES:
            _gather(node, element.id, around, found, repeated)


def _with_handlers(process: Node, elements: Mapping[str, Element]) -> dict[str, Element]:
    """Boundary events of compensation are joined to what compensates by an association."""
    found = dict(elements)
    for tie in process.iter(f"{{{BPMN}}}association"):
        source = found.get(text_of(tie.get("sourceRef")))
        target = text_of(tie.get("targetRef"))
        if source and source.trigger == "compensation" and source.attached_to and target in found:
            found[source.id] = replace(source, handler=target)
    return found


def _flows(process: Node, elements: Mapping[str, Element]) -> dict[str, Flow]:
    found: dict[str, Flow] = {}
    for node in process.iter(f"{{{BPMN}}}sequenceFlow"):
        source = text_of(node.get("sourceRef"))
        identifier = node.get("id") or f"line-{node.sourceline}"
        condition = node.find(f"{{{BPMN}}}conditionExpression")
        origin = elements.get(source)
        found[identifier] = Flow(
            id=identifier,
            source=source,
            target=text_of(node.get("targetRef")),
            name=node.get("name", ""),
            condition=text_of(condition.text) if condition is not None else "",
            default=origin is not None and origin.default == identifier,
            line=node.sourceline or 0,
        )
    return found


def _ids(processes: Iterable[Node]) -> list[str]:
    """The elements and flows of processes that do not run."""
    return [
        node.get("id")
        for process in processes
        for node in (*all_nodes_in(process), *process.iter(f"{{{BPMN}}}sequenceFlow"))
        if node.get("id")
    ]
