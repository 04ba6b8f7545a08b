"""What a diagram says, as values: its elements with what Kantoor adds to them, and its flows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

KANTOOR = "urn:kantoor:procedures:1"
"""The namespace of what Kantoor adds to BPMN (docs/procedures.md)."""
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

FieldKind = Literal["text", "long_text", "whole", "decimal", "yes_no", "date", "choice", "person"]
Trigger = Literal[
    "", "message", "timer", "condition", "error", "compensation", "terminate", "cancel",
    "signal", "escalation", "link", "multiple",
]  # fmt: skip
Clock = Literal["working", "always"]
Level = Literal["fault", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """Something that is asked of a person: `choices` are pairs of value and label, `choices_nl` in Dutch."""

    name: str
    kind: FieldKind = "text"
    label: str = ""
    label_nl: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    choices_nl: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A name and the expression that gives its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """When a timer comes: exactly one of an ISO 8601 duration and an expression of a moment.

    `cycle` is a timer that comes again and again, which never runs.
    """

    duration: str = ""
    moment: str = ""
    cycle: str = ""
    clock: Clock = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A node of the diagram, and what Kantoor is told of it.

    `tag` is its BPMN name (`userTask`); `parent` the subprocess it stands in, or the process;
    `attached_to` the activity of a boundary event; `handler` the activity that compensates, of a
    compensation boundary event; `calls` the key of the procedure that a call activity calls;
    `each_of` is the list of values for each of which an activity is done (multi-instance), known
    within as `each_as`, one after the other when `in_turn`; `repeated` says that it is drawn as a
    loop of any kind, `by_event` as a subprocess that an event begins. `listens` are events after
    which a condition is looked at again. `undoes` is the one activity that a compensation event
    means (empty: all), `default` the flow that is taken when no condition applies. `given` are the
    names of our namespace that it has, `strange` those that mean nothing anywhere. Role and team
    are those of its lane when it names nobody itself.
    """

    id: str
    tag: str
    name: str = ""
    name_nl: str = ""
    parent: str = ""
    lane: str = ""
    trigger: Trigger = ""
    message: str = ""
    error_code: str = ""
    condition: str = ""
    timed: Timed | None = None
    attached_to: str = ""
    interrupting: bool = True
    handler: str = ""
    compensates: bool = False
    undoes: str = ""
    default: str = ""
    repeated: bool = False
    by_event: bool = False
    calls: str = ""
    role: str = ""
    team: str = ""
    person: str = ""
    action: str = ""
    query: str = ""
    result: str = ""
    match: str = ""
    equals: str = ""
    when: str = ""
    each_of: str = ""
    each_as: str = ""
    in_turn: bool = False
    listens: tuple[str, ...] = ()
    within: str = ""
    clock: Clock = "working"
    escalate: str = ""
    not_by: tuple[str, ...] = ()
    fields: tuple[FormField, ...] = ()
    inputs: tuple[Assigned, ...] = ()
    offers: tuple[Assigned, ...] = ()
    outputs: tuple[Assigned, ...] = ()
    given: frozenset[str] = frozenset()
    strange: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A sequence flow; `default` says that its source takes it when no condition applies."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    default: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A procedure as it is drawn: the one process that runs, by element.

    `digest` is the SHA-256 of the file as it was given; `process` the identifier of the process in
    it, which is the parent of its elements. `executable` says that the process is marked as one that runs. `drawn_only` are identifiers
    of elements that stand in participants that do not run; `repeated_ids` were given to several
    elements (the first has it here).
    """

    key: str
    name: str
    name_nl: str
    digest: bytes
    process: str = ""
    title: str = ""
    start_role: str = ""
    elements: Mapping[str, Element] = field(default_factory=dict)
    flows: Mapping[str, Flow] = field(default_factory=dict)
    drawn_only: frozenset[str] = frozenset()
    executable: bool = True
    repeated_ids: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    line: int = 0

    def outgoing(self, element: str) -> list[Flow]:
        """The flows that leave an element, in the order of the file."""
        return [flow for flow in self.flows.values() if flow.source == element]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why something in a diagram can't run: the element (empty for the whole), rule and reason.

    `line` is where it stands in the file. The reason is one sentence in the reader's language.
    A `warning` keeps nothing from running: it says what whoever draws may not have meant.
    """

    rule: str
    message: str
    element: str = ""
    line: int = 0
    level: Level = "fault"
