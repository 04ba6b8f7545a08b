"""What every rule looks at: the diagram, what is known of the house, and the flows by element."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from kantoor.procedures.diagrams.elements import Diagram, Element, Fault, Flow, Level
from kantoor.procedures.diagrams.known import Known

WAITING_TASKS = frozenset({"userTask", "manualTask", "task"})
CALLING_TASKS = frozenset({"serviceTask", "sendTask"})
TASKS = WAITING_TASKS | CALLING_TASKS | {"businessRuleTask", "receiveTask"}
ACTIVITIES = TASKS | {"subProcess", "callActivity"}
SPLITTING = frozenset({"exclusiveGateway", "inclusiveGateway"})
GATEWAYS = SPLITTING | {"parallelGateway", "eventBasedGateway"}
EVENTS = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)
RUNNING = ACTIVITIES | GATEWAYS | EVENTS
"""The elements that run; docs/procedures.md says how."""


class Look:
    """One check of one diagram."""

    def __init__(self, diagram: Diagram, known: Known) -> None:
        self.diagram = diagram
        self.known = known
        self.elements = list(diagram.elements.values())
        self.flows = list(diagram.flows.values())
        self.leaving: dict[str, list[Flow]] = defaultdict(list)
        self.arriving: dict[str, list[Flow]] = defaultdict(list)
        self.inside: dict[str, list[Element]] = defaultdict(list)
        self.at_edge: dict[str, list[Element]] = defaultdict(list)
        for flow in self.flows:
            self.leaving[flow.source].append(flow)
            self.arriving[flow.target].append(flow)
        for element in self.elements:
            self.inside[element.parent].append(element)
            if element.attached_to:
                self.at_edge[element.attached_to].append(element)

    def of_tags(self, tags: frozenset[str]) -> Iterator[Element]:
        """The elements of some kinds, in the order of the file."""
        return (element for element in self.elements if element.tag in tags)

    def splits(self, element: Element) -> bool:
        """Whether conditions say which way is taken from it."""
        several = len(self.leaving[element.id]) > 1
        return element.tag in SPLITTING or (several and element.tag in ACTIVITIES)

    def named(self, identifier: str) -> str:
        """How an element is called in a sentence: by its name, else by its identifier."""
        element = self.diagram.elements.get(identifier)
        return " ".join(element.name.split()) if element and element.name.strip() else identifier


Rule = Callable[[Look], Iterator[Fault]]


def at(element: Element, rule: str, message: str, level: Level = "fault") -> Fault:
    """A fault of an element."""
    return Fault(rule=rule, message=message, element=element.id, line=element.line, level=level)


def on(flow: Flow, rule: str, message: str, level: Level = "fault") -> Fault:
    """A fault of a flow."""
    return Fault(rule=rule, message=message, element=flow.id, line=flow.line, level=level)
