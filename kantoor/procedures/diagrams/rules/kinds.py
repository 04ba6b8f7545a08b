"""Elements of kinds that do not run, and what our namespace has on an element in vain."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kantoor.procedures.diagrams.elements import Element, Fault
from kantoor.procedures.diagrams.rules.looking import (
    CALLING_TASKS,
    RUNNING,
    WAITING_TASKS,
    Look,
    at,
)

DRAWN = frozenset(
    {
        "adHocSubProcess", "callChoreography", "choreographyTask", "complexGateway",
        "implicitThrowEvent", "scriptTask", "subChoreography", "transaction",
    }
)  # fmt: skip
"""Elements of BPMN that are drawn and do not run."""

EVERYWHERE = frozenset({"nameNl"})
OF_PEOPLE = frozenset(
    {
        "role", "team", "person", "action", "input", "offer", "field", "result", "output",
        "within", "clock", "escalate", "notBy",
    }
)  # fmt: skip
OF_MESSAGE = frozenset({"match", "with", "output"})
OF_CALL = frozenset({"action", "input", "result", "output"})
OF_QUERY = frozenset({"query", "input", "result", "output"})
OF_CONDITION = frozenset({"query", "input", "on", "with", "output"})
OF_CALLED = frozenset({"input", "output"})


def kinds(look: Look) -> Iterator[Fault]:
    """Elements that are drawn only."""
    for element in look.elements:
        if element.tag not in RUNNING:
            yield _not_running(element)
        elif element.repeated and not element.each_of:
            yield at(
                element, "repeated.no_list",
                _("It is repeated without a list of what for; name one, or draw the way back."),
            )  # fmt: skip
        elif element.by_event and element.tag == "subProcess":
            yield at(
                element, "subprocess.by_event",
                _("A subprocess begun by an event does not run; draw the event at an edge."),
            )  # fmt: skip


def _not_running(element: Element) -> Fault:
    if element.tag == "scriptTask":
        return at(
            element, "script.never_runs",
            _("Scripts never run; use a service task with an action."),
        )  # fmt: skip
    if element.tag.endswith("Gateway"):
        return at(
            element, "gateway.unknown",
            _("A gateway of the kind {kind} does not run.").format(kind=element.tag),
        )  # fmt: skip
    if element.tag in DRAWN:
        return at(
            element, "element.not_running",
            _("An element of the kind {kind} is drawn and does not run.").format(kind=element.tag),
        )  # fmt: skip
    return at(
        element, "element.unknown",
        _("BPMN has no element of the kind {kind}.").format(kind=element.tag),
    )  # fmt: skip


def attributes(look: Look) -> Iterator[Fault]:
    """What Kantoor's namespace says where it means nothing: a slip of the pen is told, not skipped."""
    for name in look.diagram.strange:
        yield Fault(
            rule="attribute.unknown", line=look.diagram.line,
            message=_("Kantoor knows no “{name}” of a procedure.").format(name=name),
        )  # fmt: skip
    for element in look.elements:
        for name in element.strange:
            yield at(
                element, "attribute.unknown",
                _("Kantoor knows no “{name}” of an element.").format(name=name),
            )  # fmt: skip
        if element.tag not in RUNNING:
            continue
        for name in sorted(element.given - set(element.strange) - allowed_of(element)):
            yield at(
                element, "attribute.not_here",
                _("“{name}” means nothing for an element of the kind {kind}.").format(
                    name=name, kind=element.tag
                ),
            )  # fmt: skip


def allowed_of(element: Element) -> frozenset[str]:
    """The names of our namespace that mean something for an element."""
    return EVERYWHERE | _own_names(element)


def _own_names(element: Element) -> frozenset[str]:
    if element.tag in WAITING_TASKS:
        return OF_PEOPLE
    if element.tag in CALLING_TASKS:
        return OF_CALL
    if element.tag == "startEvent":
        return (
            frozenset({"when", "output"}) if element.trigger == "message" else frozenset({"field"})
        )
    of_tag = {"businessRuleTask": OF_QUERY, "receiveTask": OF_MESSAGE, "callActivity": OF_CALLED}
    if element.tag in of_tag:
        return of_tag[element.tag]
    if element.tag in ("intermediateCatchEvent", "boundaryEvent"):
        of_trigger = {
            "message": OF_MESSAGE, "timer": frozenset({"clock"}), "condition": OF_CONDITION,
        }  # fmt: skip
        return of_trigger.get(element.trigger, frozenset())
    return frozenset()
