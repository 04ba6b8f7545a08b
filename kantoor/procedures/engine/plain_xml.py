"""A diagram as the library is told of it: only what runs, in the few words that it has to know.

The file that somebody drew never reaches the library's parser: what it does with a strange one
(its error path fails itself in places) is nobody's business at three in the morning. Elements of a
called procedure get its key before their identifiers, so that none stands there twice.
"""

from collections.abc import Iterable, Mapping

from lxml import etree

from kantoor.procedures.diagrams.elements import BPMN, Diagram, Element, Flow
from kantoor.procedures.engine.specs import OWN

WORK = frozenset({"task", "userTask", "manualTask", "serviceTask", "sendTask", "businessRuleTask"})
"""Elements at which something is done."""
CATCHING = frozenset({"intermediateCatchEvent", "receiveTask"})
GATEWAYS = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway"}
)
ACTIVITIES = WORK | {"receiveTask", "subProcess", "callActivity"}


def name_of(diagram: Diagram, element: str, called: bool) -> str:
    """The identifier of an element where it runs."""
    return f"{diagram.key}:{element}" if called else element


def plain_xml(diagram: Diagram, start: str, called: Mapping[str, Diagram]) -> bytes:
    """What runs when the procedure begins at `start`, with the procedures that it calls."""
    root = etree.Element(_tag("definitions"), nsmap={"bpmn": BPMN, "own": OWN})
    _Process(root, diagram, called=False).write(start)
    for each in called.values():
        _Process(root, each, called=True).write(by_hand(each))
    return etree.tostring(root)


def by_hand(diagram: Diagram) -> str:
    """The start that a caller enters at: the one without a trigger."""
    starts = starts_of(diagram)
    return next((each.id for each in starts if not each.trigger), starts[0].id if starts else "")


def starts_of(diagram: Diagram) -> list[Element]:
    """The elements at which the procedure itself can begin."""
    found = diagram.elements.values()
    return [each for each in found if each.tag == "startEvent" and each.parent == diagram.process]


class _Process:
    """Writes one process below the root."""

    def __init__(self, root: "etree._Element", diagram: Diagram, *, called: bool) -> None:
        self.root = root
        self.diagram = diagram
        self.called = called

    def name(self, element: str) -> str:
        return name_of(self.diagram, element, self.called)

    def write(self, start: str) -> None:
        process = _add(self.root, "process", self.diagram.key, isExecutable="true")
        self._level(process, self.diagram.process, start)

    def _level(self, place: "etree._Element", parent: str, start: str) -> None:
        """The elements and flows of one process or subprocess."""
        here = [each for each in self.diagram.elements.values() if each.parent == parent]
        names = set()
        for each in here:
            if each.tag == "startEvent" and start and each.id != start:
                continue
            if self._element(place, each):
                names.add(each.id)
        for each in here:
            if each.id in names:
                self._flows(place, each, self.diagram.outgoing(each.id), names)
        self._begin(place, here, names)

    def _begin(self, place: "etree._Element", here: Iterable[Element], names: set[str]) -> None:
        """Where nothing is drawn to begin with, begin with what no flow leads to."""
        written = [each for each in here if each.id in names]
        if any(each.tag == "startEvent" for each in written):
            return
        reached = {flow.target for flow in self.diagram.flows.values()}
        start = f"{place.get('id')}~start"
        _add(place, "startEvent", start)
        for each in written:
            if each.id not in reached and each.tag != "boundaryEvent":
                _flow(place, f"{start}~{each.id}", start, self.name(each.id))

    def _element(self, place: "etree._Element", element: Element) -> bool:
        """Write one element; whether it is part of what runs."""
        if element.compensates or (element.trigger == "compensation" and element.attached_to):
            return False
        name, tag = self.name(element.id), element.tag
        if tag in WORK or (tag == "intermediateThrowEvent" and element.trigger == "compensation"):
            self._each(_add(place, "userTask", name), element)
        elif tag in CATCHING:
            self._each(self._waiting(_add(place, "intermediateCatchEvent", name), element), element)
        elif tag == "boundaryEvent":
            written = self._waiting(_add(place, tag, name), element)
            written.set("attachedToRef", self.name(element.attached_to))
            written.set("cancelActivity", "true" if element.interrupting else "false")
        elif tag == "subProcess":
            inside = _add(place, tag, name)
            self._each(inside, element)
            self._level(inside, element.id, "")
        elif tag == "callActivity":
            self._each(_add(place, tag, name, calledElement=element.calls), element)
        elif tag == "endEvent":
            self._end(place, name, element)
        elif (
            tag in GATEWAYS
            or tag == "startEvent"
            or (tag == "intermediateThrowEvent" and not element.trigger)
        ):
            _add(place, tag, name)
        else:
            return False
        return True

    def _waiting(self, written: "etree._Element", element: Element) -> "etree._Element":
        trigger = element.trigger or ("message" if element.tag == "receiveTask" else "")
        written.set(f"{{{OWN}}}trigger", trigger)
        written.set(f"{{{OWN}}}code", element.error_code)
        return written

    def _end(self, place: "etree._Element", name: str, element: Element) -> None:
        if element.trigger == "compensation":
            # Undoing comes first: work, and then the end.
            _add(place, "userTask", name)
            after = f"{name}~end"
            _add(place, "endEvent", after)
            _flow(place, f"{name}~undone", name, after)
            return
        written = _add(place, "endEvent", name)
        if element.trigger == "terminate":
            _add(written, "terminateEventDefinition", f"{name}~terminate")
        elif element.trigger == "error":
            written.set(f"{{{OWN}}}trigger", "error")
            written.set(f"{{{OWN}}}code", element.error_code)

    def _each(self, written: "etree._Element", element: Element) -> None:
        """Say that an activity is done for each of a list."""
        if not element.each_of:
            return
        sequential = "true" if element.in_turn else "false"
        loop = _add(written, "multiInstanceLoopCharacteristics", "", isSequential=sequential)
        etree.SubElement(loop, _tag("loopDataInputRef")).text = element.each_of
        _add(loop, "inputDataItem", element.each_as or "item", name=element.each_as or "item")

    def _flows(
        self, place: "etree._Element", element: Element, flows: Iterable[Flow], names: set[str]
    ) -> None:
        leaving = [flow for flow in flows if flow.target in names]
        source = self.name(element.id)
        if not leaving and element.tag != "endEvent":
            # BPMN lets a path end without an end event; the library does not.
            _add(place, "endEvent", f"{source}~end")
            _flow(place, f"{source}~ends", source, f"{source}~end")
        if len(leaving) > 1 and element.tag not in GATEWAYS and element.tag != "startEvent":
            # BPMN lets several flows leave an activity: all that apply are taken.
            kind = "inclusiveGateway" if any(f.condition for f in leaving) else "parallelGateway"
            split = f"{source}~split"
            _add(place, kind, split)
            _flow(place, f"{source}~out", source, split)
            source = split
        owner = next(each for each in place if each.get("id") == source)
        for flow in leaving:
            name = self.name(flow.id)
            written = _flow(place, name, source, self.name(flow.target))
            if flow.condition:
                etree.SubElement(written, _tag("conditionExpression")).text = flow.condition
            if flow.default:
                owner.set("default", name)


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _add(place: "etree._Element", tag: str, identifier: str, **attributes: str) -> "etree._Element":
    if identifier:
        attributes["id"] = identifier
    return etree.SubElement(place, _tag(tag), attributes)


def _flow(place: "etree._Element", name: str, source: str, target: str) -> "etree._Element":
    return _add(place, "sequenceFlow", name, sourceRef=source, targetRef=target)
