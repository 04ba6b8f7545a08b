"""Joins and lists where tokens come in odd orders: in loops, past an end, one after the other."""

import pytest

from kantoor.kernel.expressions import Value
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.engine.compiling import ready
from kantoor.procedures.engine.running import Run
from kantoor.procedures.tests.drawn import drawn


def begun(body: str, *ways: str, **values: Value) -> Run:
    """A run of a diagram, settled."""
    diagram = read_diagram(drawn("k", body, *ways).encode())
    run = Run.begun(ready(diagram, "s"), values, lambda _element, _scope: None)
    run.settle()
    return run


def done(run: Run, name: str) -> list[str]:
    """Do a task; where it stands then."""
    place = next(each for each in run.places() if each.element.id == name)
    run.work_done(place.token, None)
    run.settle()
    return stands(run)


def stands(run: Run) -> list[str]:
    """Where it stands, sorted."""
    return sorted(each.element.id for each in run.places())


@pytest.mark.parametrize("kind", ["parallel", "inclusive"])
def test_a_join_in_a_loop_waits_for_all_of_each_round(kind: str) -> None:
    body = (
        '<startEvent id="s"/><exclusiveGateway id="in"/><exclusiveGateway id="x" default="x-e"/>'
        f'<parallelGateway id="f"/><{kind}Gateway id="j"/>'
        '<userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
    )
    run = begun(body, "s > in > f > a > j > x > e", "f > b > j", "x > in [again]", again=True)
    for first, second in (("a", "b"), ("b", "a"), ("a", "b")):
        assert stands(run) == ["a", "b"]
        assert done(run, first) == [second]
        done(run, second)
    run.values["again"] = False
    done(run, "a")
    done(run, "b")
    assert run.ended


@pytest.mark.parametrize("last", ["a", "b"])
def test_an_inclusive_join_goes_on_when_what_it_waited_for_ended_elsewhere(last: str) -> None:
    body = (
        '<startEvent id="s"/><parallelGateway id="f"/><inclusiveGateway id="j"/>'
        '<exclusiveGateway id="x" default="x-j"/><endEvent id="gone"/>'
        '<userTask id="a"/><userTask id="b"/><userTask id="after"/><endEvent id="e"/>'
    )
    run = begun(body, "s > f > a > j > after > e", "f > b > x > j", "x > gone [stop]", stop=True)
    first = "b" if last == "a" else "a"
    assert done(run, first) == [last]
    assert done(run, last) == ["after"]
    done(run, "after")
    assert run.ended


@pytest.mark.parametrize("turn", ["true", "false"])
@pytest.mark.parametrize("skipping", [True, False])
def test_a_list_that_is_not_there_stands_still_and_can_be_tried_again(
    turn: str, skipping: bool
) -> None:
    loop = (
        f'<multiInstanceLoopCharacteristics isSequential="{turn}">'
        '<loopDataInputRef>things</loopDataInputRef><inputDataItem id="i" name="thing"/>'
        "</multiInstanceLoopCharacteristics>"
    )
    body = (
        f'<startEvent id="s"/><userTask id="a"/><userTask id="b">{loop}</userTask>'
        '<endEvent id="e"/>'
    )
    run = begun(body, "s > a > b > e", things=None)
    assert done(run, "a") == ["b"]
    place = run.places()[0]
    assert place.kind == "failed"
    assert "things" in place.why
    run = Run.again(run.ready, run.frozen(), run.values, run.perform, [])
    if skipping:
        run.skipped(place.token)
        run.settle()
        assert run.ended
        return
    run.settle()
    assert run.places()[0].kind == "failed"
    run.values["things"] = ["x"]
    run.failed.clear()
    run.settle()
    assert [(each.kind, each.local) for each in run.places()] == [("work", {"thing": "x"})]
    done(run, "b")
    assert run.ended


@pytest.mark.parametrize("turn", ["true", "false"])
def test_lists_after_each_other_and_changed_meanwhile_are_done_as_they_began(turn: str) -> None:
    loop = (
        f'<multiInstanceLoopCharacteristics isSequential="{turn}">'
        '<loopDataInputRef>things</loopDataInputRef><inputDataItem id="i" name="thing"/>'
        "</multiInstanceLoopCharacteristics>"
    )
    body = (
        f'<startEvent id="s"/><userTask id="a">{loop}</userTask><userTask id="b">{loop}</userTask>'
        '<endEvent id="e"/>'
    )
    run = begun(body, "s > a > b > e", things=["x", None])
    seen = []
    for _each in range(2):
        place = run.places()[0]
        seen.append((place.element.id, place.local["thing"]))
        run.values["things"] = ["y"]
        run.work_done(place.token, None)
        run.settle()
    assert seen == [("a", "x"), ("a", None)]
    assert [place.local for place in run.places()] == [{"thing": "y"}]
    done(run, "b")
    assert run.ended
