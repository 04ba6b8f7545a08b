"""Flows: between what they go, where conditions stand, and ways round on which nothing waits."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kantoor.procedures.diagrams.elements import Element, Fault, Flow
from kantoor.procedures.diagrams.rules.looking import RUNNING, SPLITTING, Look, at, on
from kantoor.procedures.diagrams.rules.ways import Ways


def flows(look: Look) -> Iterator[Fault]:
    """Each flow goes from one element to another of the same process or subprocess."""
    for flow in look.flows:
        yield from _flow(look, flow)


def _flow(look: Look, flow: Flow) -> Iterator[Fault]:
    source, target = (look.diagram.elements.get(one) for one in (flow.source, flow.target))
    if source is None or target is None:
        yield on(flow, "flow.loose", _("This flow does not go from one element to another."))
        return
    if source.parent != target.parent:
        yield on(flow, "flow.crosses", _("A flow can't go into a subprocess or out of it."))
    begins = target.tag in ("startEvent", "boundaryEvent")
    if begins or source.tag == "endEvent" or target.compensates or source.compensates:
        yield on(
            flow, "flow.not_here",
            _("No flow can go from {source} to {target}.").format(
                source=look.named(source.id), target=look.named(target.id)
            ),
        )  # fmt: skip
    if flow.condition and source.tag in RUNNING and not look.splits(source):
        yield on(
            flow, "condition.not_here",
            _("A condition applies only where the way splits: after an exclusive or inclusive gateway."),
        )  # fmt: skip


def gateways(look: Look) -> Iterator[Fault]:
    """Conditions and default flows of gateways, and what follows one that waits for events."""
    for element in look.elements:
        if look.splits(element):
            yield from _default(look, element)
            yield from _conditions(look, element)
        elif element.tag == "eventBasedGateway":
            yield from _awaited(look, element.id)


def _default(look: Look, element: Element) -> Iterator[Fault]:
    if element.default and element.default not in {one.id for one in look.leaving[element.id]}:
        yield at(
            element, "default.unknown",
            _("The default flow {flow} does not leave this gateway.").format(flow=element.default),
        )  # fmt: skip


def _conditions(look: Look, element: Element) -> Iterator[Fault]:
    leaving = look.leaving[element.id]
    conditional = [flow for flow in leaving if flow.condition and not flow.default]
    if len(leaving) == 1 and not conditional:
        return
    always = [flow for flow in leaving if not flow.condition and not flow.default]
    for flow in leaving:
        if flow.default and flow.condition:
            yield on(
                flow, "condition.on_default",
                _("The default flow has no condition; this one is never looked at."), "warning",
            )  # fmt: skip
    # After an activity a flow without a condition is always taken, as BPMN has it.
    for flow in always if element.tag in SPLITTING else ():
        yield on(
            flow, "condition.missing", _("Say when this flow is taken, or make it the default.")
        )
    if conditional and not always and not any(flow.default for flow in leaving):
        yield at(
            element, "gateway.no_default",
            _("When no condition applies the procedure stops here; make one flow the default."),
            "warning",
        )  # fmt: skip


def _awaited(look: Look, gateway: str) -> Iterator[Fault]:
    for flow in look.leaving[gateway]:
        target = look.diagram.elements.get(flow.target)
        if target is None:
            continue
        waits = target.tag == "intermediateCatchEvent" or target.tag == "receiveTask"
        if not waits or len(look.arriving[target.id]) > 1:
            yield on(
                flow, "gateway.not_an_event",
                _("After a gateway that waits comes an event of its own, a timer or a message."),
            )  # fmt: skip


def rounds(look: Look) -> Iterator[Fault]:
    """A way round on which nothing waits would never stop."""
    for ring in Ways(look).rounds_without_waiting():
        names = ", ".join(look.named(each) for each in ring[:6])
        yield at(
            look.diagram.elements[ring[0]], "loop.never_waits",
            _("Nothing waits on the way round through {names}; it would never stop.").format(
                names=names
            ),
        )  # fmt: skip
