"""Undoing what was done: each once, and where it takes a second person, after that one."""

import pytest

from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value
from kantoor.procedures.diagrams.elements import Element
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.engine.compiling import ready
from kantoor.procedures.engine.running import Asked, Run, Scope
from kantoor.procedures.tests.drawn import drawn

BODY = '<startEvent id="s"/>' + "".join(
    f'<serviceTask id="{name}"/><serviceTask id="un{name}" isForCompensation="true"/>'
    f'<boundaryEvent id="c{name}" attachedToRef="{name}"><compensateEventDefinition/></boundaryEvent>'
    f'<association id="a{name}" sourceRef="c{name}" targetRef="un{name}"/>'
    for name in ("x", "y", "z")
) + (
    '<intermediateThrowEvent id="back"><compensateEventDefinition/></intermediateThrowEvent>'
    '<userTask id="after"/><endEvent id="e"/>'
)  # fmt: skip


def test_what_a_second_person_has_to_undo_first_is_undone_before_the_rest() -> None:
    did: list[str] = []

    def perform(element: Element, _scope: Scope) -> Value:
        if element.id == "uny" and "asked" not in did:
            did.append("asked")
            raise Asked(7)
        did.append(element.id)
        return None

    diagram = read_diagram(drawn("k", BODY, "s > x > y > z > back > after > e").encode())
    run = Run.begun(ready(diagram, "s"), {}, perform)
    run.settle()
    place = run.places()[0]
    assert (place.element.id, place.kind, run.undo) == ("back", "asked", ["x", "y"])
    run.approved(place.token, None)
    run.settle()
    assert did == ["x", "y", "z", "unz", "asked", "unx"]
    assert [each.element.id for each in run.places()] == ["after"]
    assert run.undo == []


@pytest.mark.parametrize("fails", ["unz", "unx"])
def test_undoing_that_fails_is_tried_again_as_a_whole(fails: str) -> None:
    did: list[str] = []

    def perform(element: Element, _scope: Scope) -> Value:
        did.append(element.id)
        if element.id == fails and did.count(fails) == 1:
            raise DomainError("No")
        return None

    diagram = read_diagram(drawn("k", BODY, "s > x > y > z > back > after > e").encode())
    run = Run.begun(ready(diagram, "s"), {}, perform)
    run.settle()
    place = run.places()[0]
    assert (place.kind, run.undo) == ("failed", ["x", "y", "z"])
    run.failed.clear()
    run.settle()
    assert did[-3:] == ["unz", "uny", "unx"]
    assert [each.element.id for each in run.places()] == ["after"]
