"""Reading one element of a process: what BPMN says of it and what Kantoor adds."""

from collections.abc import Iterable
from typing import Any, cast

from kantoor.procedures.diagrams.elements import (
    BPMN,
    KANTOOR,
    Assigned,
    Clock,
    Element,
    FieldKind,
    FormField,
    Timed,
    Trigger,
)
from kantoor.procedures.diagrams.opening import Node, tag_of

ATTRIBUTES = frozenset(
    {
        "action", "clock", "escalate", "match", "nameNl", "notBy", "on", "person", "query",
        "result", "role", "team", "when", "with", "within",
    }
)  # fmt: skip
"""Attributes of our namespace that some element has (docs/procedures.md)."""
ADDED = {
    "field": frozenset({"name", "kind", "label", "labelNl", "required", "choices", "choicesNl"}),
    "input": frozenset({"name", "value"}),
    "offer": frozenset({"name", "value"}),
    "output": frozenset({"name", "value"}),
}
"""Extension elements of our namespace, and their attributes."""
OF_PROCESS = frozenset({"nameNl", "title", "startRole"})
OF_LANE = frozenset({"nameNl", "role", "team"})

TRIGGERS = {
    "messageEventDefinition": "message",
    "timerEventDefinition": "timer",
    "conditionalEventDefinition": "condition",
    "errorEventDefinition": "error",
    "compensateEventDefinition": "compensation",
    "terminateEventDefinition": "terminate",
    "cancelEventDefinition": "cancel",
    "signalEventDefinition": "signal",
    "escalationEventDefinition": "escalation",
    "linkEventDefinition": "link",
}


class Around:
    """What elements refer to elsewhere in the file: messages, errors, event definitions, lanes."""

    def __init__(self, root: Node, process: Node) -> None:
        self.messages = {
            one.get("id", ""): one.get("name", "") for one in root.iterfind(f"{{{BPMN}}}message")
        }
        self.errors = {
            one.get("id", ""): one.get("errorCode") or one.get("name", "")
            for one in root.iterfind(f"{{{BPMN}}}error")
        }
        self.definitions = {
            one.get("id", ""): one for one in root if tag_of(one) in TRIGGERS and one.get("id")
        }
        self.lanes: dict[str, Node] = {}
        for lane in process.iter(f"{{{BPMN}}}lane"):
            for reference in lane.iterfind(f"{{{BPMN}}}flowNodeRef"):
                self.lanes[text_of(reference.text)] = lane  # the innermost lane comes last


def element_of(node: Node, parent: str, around: Around) -> Element:
    """An element of a process; one without an identifier is named after its line."""
    identifier = node.get("id") or f"line-{node.sourceline}"
    lane = around.lanes.get(identifier)
    definitions = _definitions(node, around)
    own = {name: _own(node, name) for name in ATTRIBUTES}
    if lane is not None and not (own["role"] or own["team"] or own["person"]):
        own["role"], own["team"] = _own(lane, "role"), _own(lane, "team")
    return Element(
        id=identifier,
        tag=tag_of(node),
        name=node.get("name", ""),
        name_nl=own["nameNl"],
        parent=parent,
        lane=lane.get("name", "") if lane is not None else "",
        line=node.sourceline or 0,
        interrupting=node.get("cancelActivity", node.get("isInterrupting", "true")) != "false",
        attached_to=text_of(node.get("attachedToRef")),
        compensates=node.get("isForCompensation", "") in ("true", "1"),
        default=text_of(node.get("default")),
        repeated=_has(node, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics"),
        by_event=node.get("triggeredByEvent", "") in ("true", "1"),
        calls=text_of(node.get("calledElement")),
        role=own["role"], team=own["team"], person=own["person"],
        action=own["action"], query=own["query"], result=own["result"],
        match=own["match"], equals=own["with"], when=own["when"],
        listens=tuple(own["on"].split()), not_by=tuple(own["notBy"].split()),
        within=own["within"], clock=cast(Clock, own["clock"] or "working"), escalate=own["escalate"],
        fields=tuple(_field(one) for one in _added(node, "field")),
        inputs=_assigned(node, "input"), offers=_assigned(node, "offer"),
        outputs=_assigned(node, "output"),
        given=_given(node), strange=strange_in(node),
        **_of_loop(node), **_of_event(node, definitions, own["clock"], around),
    )  # fmt: skip


def strange_in(node: Node) -> tuple[str, ...]:
    """Attributes and extension elements of our namespace that mean nothing there."""
    known = {"process": OF_PROCESS, "lane": OF_LANE}.get(tag_of(node), ATTRIBUTES)
    found = [name for name in _names_in(node) if name not in known]
    if (extensions := node.find(f"{{{BPMN}}}extensionElements")) is not None:
        for child in extensions:
            if (name := _local(child.tag)) and name not in ADDED:
                found.append(name)
            elif name:
                found += [f"{name} {one}" for one in child.attrib if one not in ADDED[name]]
    return tuple(found)


def text_of(text: Any) -> str:
    """A text or reference without blanks around it."""
    return str(text or "").strip()


def _definitions(node: Node, around: Around) -> list[Node]:
    found = [child for child in node if tag_of(child).endswith("EventDefinition")]
    for reference in node.iterfind(f"{{{BPMN}}}eventDefinitionRef"):
        known = around.definitions.get(_bare(reference.text))
        found.append(reference if known is None else known)
    return found


def _of_event(node: Node, definitions: list[Node], clock: str, around: Around) -> dict[str, Any]:
    """What the definition of an event says, or the message of a receive task."""
    found: dict[str, Any] = {}
    if tag_of(node) == "receiveTask":
        found["message"] = around.messages.get(_bare(node.get("messageRef")), "")
    if not definitions:
        return found
    several = len(definitions) > 1
    trigger = "multiple" if several else TRIGGERS.get(tag_of(definitions[0]), "multiple")
    found["trigger"] = cast(Trigger, trigger)
    definition = definitions[0]
    if trigger == "message":
        found["message"] = around.messages.get(_bare(definition.get("messageRef")), "")
    elif trigger == "error":
        found["error_code"] = around.errors.get(_bare(definition.get("errorRef")), "")
    elif trigger == "condition":
        found["condition"] = _child_text(definition, "condition")
    elif trigger == "compensation":
        found["undoes"] = _bare(definition.get("activityRef"))
    elif trigger == "timer":
        found["timed"] = Timed(
            duration=_child_text(definition, "timeDuration"),
            moment=_child_text(definition, "timeDate"),
            cycle=_child_text(definition, "timeCycle"),
            clock=cast(Clock, clock or "always"),
        )
    return found


def _of_loop(node: Node) -> dict[str, Any]:
    """The list that an activity is done for each of: in our own words, else in those of BPMN."""
    loop = node.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if loop is None:
        return {}
    item = loop.find(f"{{{BPMN}}}inputDataItem")
    return {
        "each_of": _own(loop, "each") or _child_text(loop, "loopDataInputRef"),
        "each_as": _own(loop, "as")
        or (text_of(item.get("name") or item.get("id")) if item is not None else ""),
        "in_turn": loop.get("isSequential", "") in ("true", "1"),
    }


def _field(node: Node) -> FormField:
    return FormField(
        name=text_of(node.get("name")),
        kind=cast(FieldKind, text_of(node.get("kind")) or "text"),
        label=text_of(node.get("label")),
        label_nl=text_of(node.get("labelNl")),
        required=node.get("required", "") in ("true", "1"),
        choices=_choices(node.get("choices", "")),
        choices_nl=_choices(node.get("choicesNl", "")),
    )


def _choices(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of value and label, written `a=Label|b=Label`."""
    pairs = [pair.partition("=") for pair in text.split("|") if pair.strip()]
    return tuple((value.strip(), label.strip() or value.strip()) for value, _is, label in pairs)


def _assigned(node: Node, kind: str) -> tuple[Assigned, ...]:
    return tuple(
        Assigned(name=text_of(one.get("name")), value=text_of(one.get("value")))
        for one in _added(node, kind)
    )


def _added(node: Node, kind: str) -> Iterable[Node]:
    extensions = node.find(f"{{{BPMN}}}extensionElements")
    return () if extensions is None else extensions.iterfind(f"{{{KANTOOR}}}{kind}")


def _given(node: Node) -> frozenset[str]:
    added = {kind for kind in ADDED if any(True for _one in _added(node, kind))}
    return frozenset({*_names_in(node), *added})


def _names_in(node: Node) -> list[str]:
    return [name for attribute in node.attrib if (name := _local(attribute))]


def _local(tag: object) -> str:
    """A name of our namespace without it; empty for any other."""
    start = f"{{{KANTOOR}}}"
    return tag[len(start) :] if isinstance(tag, str) and tag.startswith(start) else ""


def _own(node: Node, name: str) -> str:
    return text_of(node.get(f"{{{KANTOOR}}}{name}"))


def _child_text(node: Node, name: str) -> str:
    child = node.find(f"{{{BPMN}}}{name}")
    return text_of("".join(child.itertext())) if child is not None else ""


def _has(node: Node, *names: str) -> bool:
    return any(node.find(f"{{{BPMN}}}{name}") is not None for name in names)


def _bare(reference: Any) -> str:
    """A reference without the prefix of its namespace."""
    return text_of(reference).rpartition(":")[2]
