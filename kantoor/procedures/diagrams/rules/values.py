"""Expressions: that each can be read, and uses names of values that something gives."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kantoor.kernel.expressions import WrongExpression, read_expression
from kantoor.procedures.diagrams.elements import Assigned, Element, Fault
from kantoor.procedures.diagrams.rules.kinds import allowed_of
from kantoor.procedures.diagrams.rules.looking import Look, at, on
from kantoor.procedures.diagrams.rules.naming import ALWAYS_KNOWN, is_name

EVENT = frozenset({"event"})
RESULT = frozenset({"result"})


def values(look: Look) -> Iterator[Fault]:
    """Every expression of elements that run, and of flows."""
    given = _given_in(look) | ALWAYS_KNOWN
    title = look.diagram.title
    for rule, message in _wrongs(title, given) if title else ():
        yield Fault(rule=rule, message=message, line=look.diagram.line)
    for element in look.elements:
        yield from _names(element)
        for text, names in _expressions(element, given):
            for rule, message in _wrongs(text, names):
                yield at(element, rule, message)
    for flow in look.flows:
        source = look.diagram.elements.get(flow.source)
        if flow.condition and source is not None and look.splits(source):
            for rule, message in _wrongs(flow.condition, given):
                yield on(flow, rule, message)


def _wrongs(text: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    try:
        expression = read_expression(text)
    except WrongExpression as wrong:
        yield "expression.wrong", str(wrong.message)
        return
    for name in sorted(expression.names - names):
        yield (
            "expression.unknown_name",
            _("Nothing gives a value “{name}”, used in “{text}”.").format(
                name=name, text=expression.text[:80]
            ),
        )


def _given_in(look: Look) -> frozenset[str]:
    """The names that anything in the diagram gives a value; in which order is not looked at."""
    found = set()
    for element in look.elements:
        found |= {field.name for field in element.fields}
        found |= {output.name for output in element.outputs}
        found |= {name for name in (element.result, element.each_as) if name}
        if element.tag == "boundaryEvent" and element.trigger == "error":
            found.add("error")
    return frozenset(found)


def _names(element: Element) -> Iterator[Fault]:
    names = [output.name for output in element.outputs]
    names += [name for name in (element.result, element.each_as) if name]
    for name in names:
        if not is_name(name):
            yield at(
                element, "name.wrong",
                _("“{name}” can't be the name of a value: letters, digits and _, none of the house's own.").format(
                    name=name
                ),
            )  # fmt: skip


def _expressions(element: Element, given: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each expression of an element with the names it may use; only where it means something."""
    allowed = allowed_of(element)
    by_event = element.trigger == "message" or element.tag == "receiveTask"
    heard = given | (EVENT if by_event else RESULT)
    if "person" in allowed and element.person:
        yield element.person, given
    if "when" in allowed and element.when:
        yield element.when, EVENT
    if "with" in allowed and element.equals:
        yield element.equals, given
    if element.each_of:
        yield element.each_of, given
    if element.timed is not None and element.timed.moment:
        yield element.timed.moment, given
    if element.trigger == "condition" and element.condition:
        yield element.condition, heard
    for one in _assigned(element, allowed):
        yield one.value, heard if one in element.outputs else given


def _assigned(element: Element, allowed: frozenset[str]) -> Iterator[Assigned]:
    if "input" in allowed:
        yield from element.inputs
    if "offer" in allowed:
        yield from element.offers
    if "output" in allowed:
        yield from element.outputs
