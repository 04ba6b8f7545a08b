"""The whole of a diagram: its key, its start and end, and what can't be reached."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kantoor.procedures.diagrams.elements import Element, Fault
from kantoor.procedures.diagrams.rules.looking import RUNNING, Look, at
from kantoor.procedures.diagrams.rules.ways import Ways

LONGEST_ID = 100


def whole(look: Look) -> Iterator[Fault]:
    """The process itself."""
    diagram = look.diagram
    if not diagram.key:
        yield Fault(
            rule="process.key", line=diagram.line,
            message=_("The process has no identifier; its key is made of it."),
        )  # fmt: skip
    if not diagram.executable:
        yield Fault(
            rule="process.not_executable", line=diagram.line, level="warning",
            message=_("The process is not marked as executable; it runs when it is published."),
        )  # fmt: skip
    if diagram.start_role and not look.known.role(diagram.start_role):
        yield Fault(
            rule="role.unknown", line=diagram.line,
            message=_("There is no role {role}.").format(role=diagram.start_role),
        )  # fmt: skip
    twice = [
        *diagram.repeated_ids,
        *([diagram.process] if diagram.process in diagram.elements else []),
    ]
    for identifier in twice:
        element = diagram.elements[identifier]
        yield at(
            element, "element.twice",
            _("Several elements have the identifier {id}; each needs its own.").format(
                id=identifier
            ),
        )  # fmt: skip


def identifiers(look: Look) -> Iterator[Fault]:
    """Identifiers are kept with every step and task."""
    for element in look.elements:
        if len(element.id) > LONGEST_ID:
            yield at(
                element, "element.long_id",
                _("The identifier of an element has at most {most} characters.").format(
                    most=LONGEST_ID
                ),
            )  # fmt: skip


def starts(look: Look) -> Iterator[Fault]:
    """One start event in the process, and in each subprocess."""
    diagram = look.diagram
    first = [one for one in look.inside[diagram.process] if one.tag == "startEvent"]
    if not first:
        yield Fault(
            rule="start.missing", line=diagram.line,
            message=_("There is no start event; draw one, and a flow from it."),
        )  # fmt: skip
    yield from _second([one for one in first if one.trigger != "message"])
    for element in look.elements:
        if element.tag != "subProcess" or element.by_event:
            continue
        begins = [one for one in look.inside[element.id] if one.tag == "startEvent"]
        if not begins and not any(_begins(look, one) for one in look.inside[element.id]):
            yield at(
                element, "start.missing",
                _("Nothing begins in this subprocess; draw a start event, and a flow from it."),
            )  # fmt: skip
        yield from _second(begins)


def _begins(look: Look, element: Element) -> bool:
    """Whether a subprocess without a start event begins with it: no flow leads there."""
    at_edge = element.tag == "boundaryEvent" or element.compensates
    return element.tag in RUNNING and not at_edge and not look.arriving[element.id]


def _second(begins: list[Element]) -> Iterator[Fault]:
    for element in begins[1:]:
        yield at(
            element, "start.several",
            _("There is another start event beside this one; only messages may begin elsewhere."),
        )  # fmt: skip


def ways(look: Look) -> Iterator[Fault]:
    """What no way from the start comes to, and where no way leads to an end."""
    if not any(one.tag == "startEvent" for one in look.inside[look.diagram.process]):
        return
    known = Ways(look)
    reached = known.from_start()
    ending = known.to_an_end()
    for element in look.elements:
        if element.tag not in RUNNING or known.is_handler(element):
            continue
        if element.id not in reached and not _inside_unreached(look, element, reached):
            yield at(
                element, "element.unreachable",
                _("No way from the start leads to this element."), "warning",
            )  # fmt: skip
    for element in look.elements:
        if element.id in reached and element.id not in ending:
            # One of a ring is told; the others have the same cause.
            yield at(element, "end.unreachable", _("No way leads from this element to an end."))
            return


def _inside_unreached(look: Look, element: Element, reached: set[str]) -> bool:
    parent = look.diagram.elements.get(element.parent)
    return parent is not None and parent.id not in reached


def ends(look: Look) -> Iterator[Fault]:
    """Where the drawing stops without an end event: it ends there, which may not be meant."""
    known = Ways(look)
    for element in look.elements:
        if element.tag not in RUNNING or element.tag == "endEvent" or known.is_handler(element):
            continue
        if element.trigger == "compensation" and element.tag == "boundaryEvent":
            continue
        if not look.leaving[element.id] and not element.by_event:
            yield at(
                element, "flow.ends_here",
                _("Nothing follows; draw an end event if it is to end here."), "warning",
            )  # fmt: skip
