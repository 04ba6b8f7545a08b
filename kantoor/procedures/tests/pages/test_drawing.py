"""What a page shows of a diagram: its steps in order, where they stand, and their figures."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from kantoor.kernel.tests.shared import shared_file
from kantoor.procedures.diagrams.checking import faults_of
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.queries.procedures import StepTime
from kantoor.procedures.tests.diagrams.small import House, diagram, flows, line
from kantoor.procedures.web.drawing import Shown, Stand, drawing_of, in_order, length
from kantoor.procedures.web.in_language import in_language

TWO = diagram(
    line(
        'userTask id="a" name="Ask" kantoor:nameNl="Vraag" kantoor:role="hr"',
        'userTask id="b" name="Book" kantoor:role="hr"',
    )
)


def took(
    element: str, passed: int, average_s: int = 0, worst_s: int = 0, waiting: int = 0
) -> StepTime:
    return StepTime(
        element=element, name=element, passed=passed, average_s=average_s, worst_s=worst_s,
        waiting=waiting, late=0,
    )  # fmt: skip


def test_steps_come_in_the_order_one_comes_to_them() -> None:
    body = (
        '<bpmn:endEvent id="e"/><bpmn:task id="after"/>'
        '<bpmn:subProcess id="q"><bpmn:task id="within"/><bpmn:startEvent id="t"/>'
        + flows(("t", "within"))
        + '</bpmn:subProcess><bpmn:startEvent id="s"/><bpmn:task id="apart"/>'
        + flows(("s", "q"), ("q", "after"), ("after", "e"))
    )
    order = [element.id for element in in_order(read_diagram(diagram(body)))]
    assert order == ["s", "q", "t", "within", "after", "e", "apart"]


def test_a_step_comes_after_all_that_lead_to_it() -> None:
    body = (
        '<bpmn:startEvent id="s"/><bpmn:parallelGateway id="f"/><bpmn:parallelGateway id="j"/>'
        '<bpmn:task id="last"/><bpmn:task id="a"/><bpmn:task id="b"/><bpmn:task id="c"/>'
        + flows(("s", "f"), ("f", "j"), ("j", "last"), ("f", "a"), ("a", "b"), ("b", "j"))
        + flows(("b", "a"), ("f", "c"), ("c", "j"))
    )
    order = [element.id for element in in_order(read_diagram(diagram(body)))]
    assert order == ["s", "f", "a", "b", "c", "j", "last"]


def test_every_element_of_every_reference_diagram_is_a_step_once() -> None:
    folder = shared_file("bpmn", "A.1.0.bpmn").parent
    for file in sorted(folder.glob("*.bpmn")):
        read = read_diagram(file.read_bytes())
        order = [element.id for element in in_order(read)]
        assert sorted(order) == sorted(read.elements)


def test_the_slowest_step_is_the_bottleneck() -> None:
    times = {
        "a": took("a", passed=10, average_s=3_600, worst_s=90_000),
        "b": took("b", passed=10, average_s=900, worst_s=900, waiting=3),
        "e": took("e", passed=10),
    }
    drawn = drawing_of(read_diagram(TWO), language="en", xml_url="/x", shown=Shown(times=times))
    steps = {step.element: step for step in drawn.steps}
    assert [steps[one].heat for one in "sabe"] == [0, 4, 1, 0]
    assert [steps[one].badge for one in "sabe"] == ["", "1 h", "3", "0 s"]
    assert steps["a"].figures == "passed 10 times, 1 h on average, 25 h at worst"
    assert steps["b"].figures.startswith("3 wait; passed 10 times")
    assert drawn.hottest


def test_where_it_stands_and_what_is_wrong_is_said_in_words() -> None:
    content = diagram(
        line('userTask id="a" name="Ask" kantoor:role="kings"', 'task id="b" name="B"')
    )
    read = read_diagram(content)
    shown = Shown(stands={"b": "waiting"}, faults=faults_of(read, House()))
    drawing = drawing_of(read, language="en", xml_url="/x", shown=shown)
    page = render_to_string("procedures/drawing.html", {"drawing": drawing})
    assert "There is no role kings." in page
    assert "Waits here" in page
    assert "To be mended" in page
    assert 'data-xml="/x?shown=1"' in page
    assert "<script" not in page


def test_names_come_in_the_language_of_the_reader() -> None:
    with translation.override("nl"):
        drawing = drawing_of(read_diagram(TWO), language="nl", xml_url="", shown=Shown())
    assert [(step.name, step.kind) for step in drawing.steps[1:3]] == [
        ("Vraag", "taak"),
        ("Book", "taak"),
    ]
    assert read_diagram(in_language(TWO, "nl")).elements["a"].name == "Vraag"
    assert read_diagram(in_language(TWO, "en")).elements["a"].name == "Ask"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (5_400, "1 h 30 min"), (7_200, "2 h"),
     (100_000, "27 h"), (172_800, "2 days")],
)  # fmt: skip
def test_a_length_of_time_is_said_in_its_largest_unit(seconds: int, words: str) -> None:
    assert length(seconds) == words


def test_where_an_instance_stands_what_would_undo_a_step_is_listed_once_it_did() -> None:
    body = (
        '<bpmn:startEvent id="s"/><bpmn:serviceTask id="give" name="Give"/>'
        '<bpmn:boundaryEvent id="back" attachedToRef="give"><bpmn:compensateEventDefinition/>'
        '</bpmn:boundaryEvent><bpmn:serviceTask id="take" name="Take back" isForCompensation="true"/>'
        '<bpmn:association id="w" sourceRef="back" targetRef="take"/><bpmn:endEvent id="e"/>'
        + flows(("s", "give"), ("give", "e"))
    )
    read = read_diagram(diagram(body))

    def listed(**shown: Stand) -> list[str]:
        drawn = drawing_of(read, language="en", xml_url="/x", shown=Shown(stands=shown))
        return [step.element for step in drawn.steps]

    assert listed() == ["s", "give", "e", "back", "take"]
    assert listed(give="passed") == ["s", "give", "e"]
    assert listed(give="passed", take="passed") == ["s", "give", "e", "take"]
