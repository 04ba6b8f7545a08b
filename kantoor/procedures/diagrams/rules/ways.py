"""The ways through a diagram as a graph, into subprocesses and out again, and over their edges."""

from collections import defaultdict

from kantoor.procedures.diagrams.elements import Element
from kantoor.procedures.diagrams.rules.looking import RUNNING, WAITING_TASKS, Look
from kantoor.procedures.diagrams.rules.rings import rings, spread

WAITING_TRIGGERS = frozenset({"message", "timer", "condition"})
AFTER = "\n"
"""Added to the identifier of a subprocess it is the point where that is left; no identifier has it."""


class Ways:
    """Each element is a point, a subprocess two: where it is entered and where it is left."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.next: dict[str, list[str]] = defaultdict(list)
        for element in look.elements:
            self._add(element)

    def _add(self, element: Element) -> None:
        elements, look = self.look.diagram.elements, self.look
        leaves_from = element.id
        if element.tag == "subProcess":
            leaves_from = element.id + AFTER
            starts = self._beginnings(element.id)
            self.next[element.id] += starts or [leaves_from]
        for flow in look.leaving[element.id]:
            if flow.target in elements:
                self.next[leaves_from].append(flow.target)
        parent = elements.get(element.parent)
        stops = element.tag == "endEvent" or not look.leaving[element.id]
        if stops and parent is not None and parent.tag == "subProcess":
            self.next[leaves_from].append(parent.id + AFTER)
        for edge in look.at_edge[element.id]:
            self.next[element.id].append(edge.id)
            if edge.handler in elements:
                self.next[edge.id].append(edge.handler)

    def _beginnings(self, parent: str) -> list[str]:
        """Where a subprocess begins: its start events, else what no flow leads to."""
        inside = [one for one in self.look.inside[parent] if one.tag in RUNNING]
        starts = [one.id for one in inside if one.tag == "startEvent"]
        return starts or [
            one.id
            for one in inside
            if one.tag != "boundaryEvent" and not one.compensates and not self.look.arriving[one.id]
        ]

    def from_start(self) -> set[str]:
        """What can be reached from the start of the process."""
        begin = self.look.inside[self.look.diagram.process]
        return spread((one.id for one in begin if one.tag == "startEvent"), self.next)

    def to_an_end(self) -> set[str]:
        """From where an end can be reached: an end event, or where the drawing stops."""
        back: dict[str, list[str]] = defaultdict(list)
        for point, following in self.next.items():
            for each in following:
                back[each].append(point)
        points = [one.id + (AFTER if one.tag == "subProcess" else "") for one in self.look.elements]
        return spread((point for point in points if not self.next[point]), back)

    def is_handler(self, element: Element) -> bool:
        """Whether it undoes something, and so is outside all flows."""
        return element.compensates

    def rounds_without_waiting(self) -> list[list[str]]:
        """The rings of elements in which nothing waits, each in the order of the file."""
        quick = {
            point: [each for each in following if not self._waits(each)]
            for point, following in self.next.items()
            if not self._waits(point)
        }
        order = {element.id: place for place, element in enumerate(self.look.elements)}
        found = []
        for component in rings(quick):
            names = {point.removesuffix(AFTER) for point in component}
            found.append(sorted(names, key=lambda name: order[name]))
        return sorted(found, key=lambda ring: order[ring[0]])

    def _waits(self, point: str) -> bool:
        element = self.look.diagram.elements[point.removesuffix(AFTER)]
        if element.tag in WAITING_TASKS or element.tag == "receiveTask":
            return True
        caught = element.tag in ("intermediateCatchEvent", "boundaryEvent")
        return caught and element.trigger in WAITING_TRIGGERS
