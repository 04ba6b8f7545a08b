"""Events: their triggers and places, messages and timers, and what undoes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kantoor.procedures.diagrams.durations import is_duration
from kantoor.procedures.diagrams.elements import Element, Fault
from kantoor.procedures.diagrams.rules.looking import (
    CALLING_TASKS,
    EVENTS,
    WAITING_TASKS,
    Look,
    at,
)
from kantoor.procedures.diagrams.rules.people import clock

PLACES: dict[str, frozenset[str]] = {
    "startEvent": frozenset({"", "message"}),
    "endEvent": frozenset({"", "terminate", "compensation", "error"}),
    "intermediateCatchEvent": frozenset({"message", "timer", "condition"}),
    "intermediateThrowEvent": frozenset({"", "compensation"}),
    "boundaryEvent": frozenset({"message", "timer", "error", "compensation"}),
}
"""Which triggers run, by the kind of event."""
LASTING = WAITING_TASKS | {"receiveTask", "subProcess", "callActivity"}
AT_EDGE: dict[str, frozenset[str]] = {
    "message": LASTING,
    "timer": LASTING,
    "error": CALLING_TASKS | {"businessRuleTask", "subProcess", "callActivity"},
    "compensation": CALLING_TASKS | WAITING_TASKS,
}
"""What a boundary event may stand on, by its trigger."""


def triggers(look: Look) -> Iterator[Fault]:
    """Whether an event of that kind runs there."""
    for element in look.of_tags(EVENTS):
        inner_start = element.tag == "startEvent" and element.parent != look.diagram.process
        parent = look.diagram.elements.get(element.parent)
        if parent is not None and parent.by_event:
            continue
        runs = frozenset({""}) if inner_start else PLACES[element.tag]
        if element.trigger not in runs:
            yield at(
                element, "event.not_running",
                _("An event of the kind {kind} with the trigger {trigger} does not run here.").format(
                    kind=element.tag, trigger=element.trigger or "-"
                ),
            )  # fmt: skip
        elif element.tag == "boundaryEvent":
            yield from _at_edge(look, element)


def _at_edge(look: Look, element: Element) -> Iterator[Fault]:
    host = look.diagram.elements.get(element.attached_to)
    if host is None:
        yield at(
            element,
            "boundary.nowhere",
            _("This event stands on the edge of no task; put it on one."),
        )
    elif host.tag not in AT_EDGE[element.trigger]:
        yield at(
            element, "boundary.not_here",
            _("An event with the trigger {trigger} can't stand on the edge of {kind}.").format(
                trigger=element.trigger, kind=host.tag
            ),
        )  # fmt: skip


def messages(look: Look) -> Iterator[Fault]:
    """Events that are told in the house, and which of them are meant."""
    for element in look.elements:
        waits = element.tag == "receiveTask"
        caught = element.trigger == "message" and "message" in PLACES.get(element.tag, ())
        if not waits and not caught:
            continue
        if not element.message:
            yield at(element, "message.missing", _("Say which event this waits for."))
            continue
        fields = look.known.event(element.message)
        if fields is None:
            yield at(
                element, "message.unknown",
                _("Nobody tells an event {event}; choose one that is.").format(
                    event=element.message
                ),
            )  # fmt: skip
        elif element.match and element.match not in fields:
            yield at(
                element, "message.unknown_field",
                _("The event {event} has no field {field}.").format(
                    event=element.message, field=element.match
                ),
            )  # fmt: skip
        if bool(element.match) != bool(element.equals):
            yield at(
                element, "message.incomplete",
                _("“match” and “with” belong together: a field, and what it has to equal."),
            )  # fmt: skip
        elif not element.match and element.tag != "startEvent":
            yield at(
                element, "message.any",
                _("Any such event is taken, whomever it is about; say which with “match”."), "warning",
            )  # fmt: skip


def listening(look: Look) -> Iterator[Fault]:
    """Conditions: what is asked, and after which events again."""
    for element in look.elements:
        if element.trigger != "condition" or element.tag != "intermediateCatchEvent":
            continue
        if not element.condition:
            yield at(element, "condition.missing", _("Say what this waits to see."))
        for each in element.listens:
            event, _colon, field = each.partition(":")
            fields = look.known.event(event)
            if fields is None:
                yield at(
                    element, "message.unknown",
                    _("Nobody tells an event {event}; choose one that is.").format(event=event),
                )  # fmt: skip
            elif field and field not in fields:
                yield at(
                    element, "message.unknown_field",
                    _("The event {event} has no field {field}.").format(event=event, field=field),
                )  # fmt: skip
        if any(":" in each for each in element.listens) != bool(element.equals):
            yield at(
                element, "message.incomplete",
                _("“match” and “with” belong together: a field, and what it has to equal."),
            )  # fmt: skip


def timers(look: Look) -> Iterator[Fault]:
    """When timers come."""
    for element in look.elements:
        timed = element.timed
        if timed is None or "timer" not in PLACES.get(element.tag, ()):
            continue
        if timed.cycle:
            yield at(
                element, "timer.cycle",
                _("A timer that comes again and again does not run; draw the way back."),
            )  # fmt: skip
        elif not timed.duration and not timed.moment:
            yield at(element, "timer.missing", _("Say how long this waits, or until when."))
        elif timed.duration and timed.moment:
            yield at(element, "timer.several", _("This waits either for a time or until a moment."))
        elif timed.duration and not is_duration(timed.duration, timed.clock):
            yield at(
                element, "timer.wrong",
                _("“{text}” is no time to wait; write P2D for two days or PT4H for four hours.").format(
                    text=timed.duration
                ),
            )  # fmt: skip
        yield from clock(element, timed.clock)


def compensation(look: Look) -> Iterator[Fault]:
    """What undoes a task, and what is undone."""
    undone = set()
    for element in look.elements:
        if element.tag == "boundaryEvent" and element.trigger == "compensation":
            undone.add(element.attached_to)
            handler = look.diagram.elements.get(element.handler)
            if handler is None:
                yield at(
                    element, "compensation.no_handler",
                    _("Nothing is tied to this event; draw the task that undoes it."),
                )  # fmt: skip
            elif handler.tag not in CALLING_TASKS or not handler.compensates:
                yield at(
                    element, "compensation.handler_kind",
                    _("What undoes is a service task marked as compensation."),
                )  # fmt: skip
    for element in look.elements:
        throws = element.tag in ("endEvent", "intermediateThrowEvent")
        if not throws or element.trigger != "compensation":
            continue
        if not undone:
            yield at(
                element, "compensation.nothing",
                _("Nothing here can be undone; draw what undoes it at the edge of a task."),
            )  # fmt: skip
        if element.undoes:
            yield at(
                element, "compensation.one",
                _("Everything that was done is undone, not {name} alone; leave out which.").format(
                    name=look.named(element.undoes)
                ),
            )  # fmt: skip


def errors(look: Look) -> Iterator[Fault]:
    """Ends with an error that nothing takes."""
    for element in look.elements:
        host = look.diagram.elements.get(element.parent)
        if element.tag != "endEvent" or element.trigger != "error" or host is None:
            continue
        codes = {one.error_code for one in look.at_edge[host.id] if one.trigger == "error"}
        if not codes & {"", element.error_code}:
            yield at(
                element, "error.not_taken",
                _("No event at the edge of the subprocess takes this error."), "warning",
            )  # fmt: skip
