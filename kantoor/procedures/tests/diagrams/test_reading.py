"""Reading diagrams: what they say, and what is no diagram at all."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.procedures.diagrams.checking import faults_of
from kantoor.procedures.diagrams.opening import as_text, bytes_of
from kantoor.procedures.diagrams.reading import key_of, read_diagram
from kantoor.procedures.errors import NotADiagram
from kantoor.procedures.tests.diagrams.small import HEAD, House, added, diagram, line

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><d>&m;</d>"
)
OUTSIDE = b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>'


def refused(content: bytes) -> NotADiagram:
    with pytest.raises(NotADiagram) as found:
        read_diagram(content)
    return found.value


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "can't be read as XML"),
        (b"not xml", "can't be read as XML"),
        (b"<a>", "can't be read as XML"),
        (b"<a/>", "no BPMN 2.0: it begins with a"),
        (b"\x00\xff\xfe", "can't be read as XML"),
        (BOMB, "document type"),
        (BOMB.decode().encode("utf-16"), "document type"),
        (OUTSIDE, "document type"),
        (HEAD.encode() + b"</bpmn:definitions>", "no process"),
        (b" " * (1024 * 1024 + 1), "1048577 bytes"),
        (diagram("<bpmn:task id='t'>" + "<x>" * 20 + "</x>" * 20 + "</bpmn:task>"), "levels deep"),
    ],
    ids=str,
)
def test_what_is_no_diagram_is_refused_in_one_sentence(content: bytes, words: str) -> None:
    message = str(refused(content).message)
    assert words in message
    assert "\n" not in message


def test_a_bomb_costs_no_memory() -> None:
    tracemalloc.start()
    refused(BOMB)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_ten_thousand_elements_are_refused_with_their_number() -> None:
    tasks = "".join(f'<bpmn:task id="t{n}"/>' for n in range(10_000))
    assert "10000 elements" in str(refused(diagram(tasks)).message)


def test_a_thousand_elements_in_a_row_are_read_and_checked() -> None:
    found = faults_of(
        read_diagram(diagram(line(*(f'task id="t{n}" name="T"' for n in range(998))))), House()
    )
    assert {fault.rule for fault in found} == {"person.missing"}
    assert len(found) == 998


def test_the_line_of_broken_xml_is_told() -> None:
    assert refused(HEAD.encode() + b"\n\n<bpmn:process>").place.line == 5


def test_one_executable_process_is_taken_and_others_are_drawn_only() -> None:
    other = '<bpmn:process id="pool"><bpmn:task id="x"/><bpmn:task id="y"/></bpmn:process>'
    read = read_diagram(diagram(line('task id="a"'), beside=other))
    assert (read.key, read.executable, set(read.elements)) == ("p", True, {"s", "a", "e"})
    assert read.drawn_only == {"x", "y"}


def test_several_executable_processes_are_refused() -> None:
    other = '<bpmn:process id="second" isExecutable="true"/>'
    assert "2 processes" in str(refused(diagram("", beside=other)).message)


def test_without_an_executable_process_the_largest_is_taken() -> None:
    content = (
        HEAD + '<bpmn:process id="small"><bpmn:task id="x"/></bpmn:process>'
        '<bpmn:process id="Large.1" name="Large"><bpmn:task id="y"/><bpmn:task id="z"/></bpmn:process>'
        "</bpmn:definitions>"
    )
    read = read_diagram(content.encode())
    assert (read.key, read.process, read.executable) == ("large-1", "Large.1", False)


def test_what_kantoor_adds_is_read() -> None:
    within = added(
        'field name="remark" kind="choice" label="Remark" labelNl="Opmerking" required="true"'
        ' choices="a=First|b" choicesNl="a=Eerste"',
        'output name="said" value="result.remark"',
    )
    task = (
        'userTask id="a" name="Ask" kantoor:nameNl="Vraag" kantoor:role="hr" kantoor:within="P2D"'
        f' kantoor:escalate="ict" kantoor:notBy="requester b" kantoor:result="answer">{within}'
    )
    element = read_diagram(diagram(line(task))).elements["a"]
    assert (element.name, element.name_nl, element.role) == ("Ask", "Vraag", "hr")
    assert (element.within, element.escalate, element.clock) == ("P2D", "ict", "working")
    assert element.not_by == ("requester", "b")
    assert element.result == "answer"
    (field,) = element.fields
    assert (field.kind, field.required, field.label_nl) == ("choice", True, "Opmerking")
    assert field.choices == (("a", "First"), ("b", "b"))
    assert field.choices_nl == (("a", "Eerste"),)
    assert [(one.name, one.value) for one in element.outputs] == [("said", "result.remark")]
    assert element.line == 5


def test_a_lane_gives_its_role_to_tasks_that_name_nobody() -> None:
    lanes = (
        '<bpmn:laneSet><bpmn:lane name="ICT" kantoor:role="ict"><bpmn:flowNodeRef>a</bpmn:flowNodeRef>'
        "<bpmn:flowNodeRef>b</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
    )
    read = read_diagram(
        diagram(lanes + line('task id="a" name="A"', 'task id="b" name="B" kantoor:role="hr"'))
    )
    assert [(read.elements[one].lane, read.elements[one].role) for one in "ab"] == [
        ("ICT", "ict"),
        ("ICT", "hr"),
    ]


def test_events_say_what_they_wait_for() -> None:
    beside = (
        '<bpmn:message id="m" name="hr.contract_signed"/><bpmn:error id="x" errorCode="taken"/>'
    )
    body = line(
        'intermediateCatchEvent id="a" kantoor:match="employee" kantoor:with="who">'
        '<bpmn:messageEventDefinition messageRef="m"/>',
        'intermediateCatchEvent id="b"><bpmn:timerEventDefinition>'
        "<bpmn:timeDuration> P2D </bpmn:timeDuration></bpmn:timerEventDefinition>",
        'serviceTask id="c"',
    ) + (
        '<bpmn:boundaryEvent id="d" attachedToRef="c" cancelActivity="false">'
        '<bpmn:errorEventDefinition errorRef="x"/></bpmn:boundaryEvent>'
    )
    elements = read_diagram(diagram(body, beside=beside)).elements
    assert (elements["a"].message, elements["a"].match) == ("hr.contract_signed", "employee")
    assert elements["a"].equals == "who"
    timed = elements["b"].timed
    assert timed is not None
    assert (timed.duration, timed.clock) == ("P2D", "always")
    edge = elements["d"]
    assert (edge.attached_to, edge.error_code, edge.interrupting) == ("c", "taken", False)


def test_what_compensates_is_tied_to_its_event() -> None:
    body = (
        '<bpmn:serviceTask id="a"/><bpmn:serviceTask id="undo" isForCompensation="true"/>'
        '<bpmn:boundaryEvent id="b" attachedToRef="a"><bpmn:compensateEventDefinition/>'
        '</bpmn:boundaryEvent><bpmn:association id="t" sourceRef="b" targetRef="undo"/>'
    )
    elements = read_diagram(diagram(body)).elements
    assert elements["b"].handler == "undo"
    assert elements["undo"].compensates


@pytest.mark.parametrize(
    "loop",
    [
        '<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopDataInputRef>lines'
        '</bpmn:loopDataInputRef><bpmn:inputDataItem id="line"/></bpmn:multiInstanceLoopCharacteristics>',
        '<bpmn:multiInstanceLoopCharacteristics isSequential="true" kantoor:each="lines"'
        ' kantoor:as="line"/>',
    ],
)
def test_a_list_that_a_task_is_done_for_is_read(loop: str) -> None:
    element = read_diagram(diagram(line(f'task id="a">{loop}'))).elements["a"]
    assert (element.each_of, element.each_as, element.in_turn) == ("lines", "line", True)


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ("joiner", "joiner"),
        ("Process_1", "process_1"),
        ("a.b c", "a-b-c"),
        ("_9x-", "9x"),
        ("…", ""),
    ],
)
def test_the_key_is_the_identifier_in_plain_letters(identifier: str, key: str) -> None:
    assert key_of(identifier) == key


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-16", "windows-1252"])
def test_a_file_in_any_encoding_keeps_its_letters_as_text(encoding: str) -> None:
    text = diagram(line('task id="a" name="Créer"')).decode().replace("UTF-8", encoding)
    content = text.encode(encoding)
    assert read_diagram(content).elements["a"].name == "Créer"
    assert read_diagram(bytes_of(as_text(content))).elements["a"].name == "Créer"
    assert read_diagram(bytes_of(text)).elements["a"].name == "Créer"


WHOLE = diagram(
    line(
        'userTask id="a" name="A" kantoor:role="hr">' + added('field name="x" kind="text"'),
        'exclusiveGateway id="g"',
        'serviceTask id="b" kantoor:action="ict.reserve">'
        + added('input name="employee" value="x"'),
    )
    + '<bpmn:boundaryEvent id="d" attachedToRef="a"><bpmn:timerEventDefinition>'
    "<bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>",
    beside='<bpmn:message id="m" name="hr.contract_signed"/>',
)
PIECES = [
    b"", b"<", b">", b'"', b"s", b"g", b'id="a"', b"<bpmn:subProcess id='q'>", b"</bpmn:subProcess>",
    b"<bpmn:scriptTask/>", b"<bpmn:sequenceFlow/>", b"<bpmn:boundaryEvent/>", b"\xff", b"&a;", b"p",
    b"<bpmn:intermediateCatchEvent><bpmn:messageEventDefinition/></bpmn:intermediateCatchEvent>",
    b"<!DOCTYPE a>", b"<bpmn:lane/>", b"kantoor:role='x'", b"<kantoor:field/>", b"<bpmn:association/>",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 60), st.sampled_from(PIECES)),
        min_size=1,
        max_size=6,
    )
)
def test_a_damaged_diagram_is_refused_or_checked_and_never_falls_over(
    cuts: list[tuple[int, int, bytes]],
) -> None:
    content = WHOLE
    for place, length, piece in cuts:
        content = content[:place] + piece + content[place + length :]
    try:
        read = read_diagram(content)
    except NotADiagram:
        return
    assert all(fault.rule and fault.message for fault in faults_of(read, House()))
