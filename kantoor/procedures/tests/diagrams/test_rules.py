"""Each rule by a small diagram that breaks it, and by one that does not."""

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.procedures.diagrams import rules
from kantoor.procedures.diagrams.checking import can_run, faults_of
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.tests.diagrams.small import (
    House,
    added,
    checked,
    codes,
    diagram,
    flows,
    line,
)

MESSAGE = '<bpmn:message id="m" name="hr.contract_signed"/><bpmn:message id="n" name="hr.nothing"/>'
TIMER = "<bpmn:timerEventDefinition><bpmn:{0}>{1}</bpmn:{0}></bpmn:timerEventDefinition>"
CAUGHT = '<bpmn:messageEventDefinition messageRef="m"/>'
UNDO = "<bpmn:compensateEventDefinition/>"
PERSON = 'userTask id="a" name="A" kantoor:role="hr"'
SERVICE = 'serviceTask id="a" kantoor:action="ict.reserve"'
GIVEN = added('input name="employee" value="\'E1\'"')
ASKED = added('field name="x"')
UNDOING = SERVICE.replace('"a"', '"u"')


def catching(definition: str, more: str = "") -> str:
    return f'intermediateCatchEvent id="a"{more}>{definition}'


def at_edge(host: str, definition: str, handled: str = "") -> str:
    """A task with an event at its edge, and what follows that."""
    return (
        line(host)
        + f'<bpmn:boundaryEvent id="b" attachedToRef="a">{definition}</bpmn:boundaryEvent>'
        + (handled or '<bpmn:endEvent id="f"/>' + flows(("b", "f")))
    )


def split(gateway: str, condition: str = "", default: str = "") -> str:
    """A gateway with two ways to an end, the first with a condition."""
    named = f' default="{default}"' if default else ""
    when = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
    return (
        f'<bpmn:startEvent id="s">{ASKED}</bpmn:startEvent>'
        f'<bpmn:{gateway} id="g"{named}/><bpmn:endEvent id="e"/><bpmn:endEvent id="f"/>'
        f'<bpmn:sequenceFlow id="g_e" sourceRef="g" targetRef="e">{when}</bpmn:sequenceFlow>'
        + flows(("s", "g"), ("g", "f"))
    )


CLEAN = [
    line(PERSON),
    line(PERSON + ' kantoor:action="ict.reserve">' + added("offer name=\"draft.model\" value=\"'x'\"")),
    line(f"{SERVICE}>{GIVEN}"),
    line(catching(CAUGHT, ' kantoor:match="employee" kantoor:with="requester"')),
    line(catching(TIMER.format("timeDuration", "P2D"), ' kantoor:clock="working"')),
    line(catching(TIMER.format("timeDate", "days_after(today(), 3)"))),
    line(
        catching(
            "<bpmn:conditionalEventDefinition><bpmn:condition>result.returned</bpmn:condition>"
            "</bpmn:conditionalEventDefinition>",
            ' kantoor:query="ict.device" kantoor:on="hr.contract_signed"',
        ).replace("><bpmn:cond", ">" + added("input name=\"code\" value=\"'L1'\"") + "<bpmn:cond", 1)
    ),
    line('callActivity id="a" calledElement="leaver"'),
    split("exclusiveGateway", "x == 'a'", "g_f"),
    split("parallelGateway"),
    at_edge(PERSON, TIMER.format("timeDuration", "PT4H")),
    at_edge(f"{SERVICE}>{GIVEN}", "<bpmn:errorEventDefinition/>"),
    at_edge(
        f"{SERVICE}>{GIVEN}", UNDO,
        f'<bpmn:{UNDOING} isForCompensation="true">{GIVEN}</bpmn:serviceTask>'
        '<bpmn:association id="t" sourceRef="b" targetRef="u"/>',
    ),
    '<bpmn:startEvent id="s"/><bpmn:subProcess id="q">' + line(PERSON).replace('"s"', '"t"').replace(
        "s_a", "t_a").replace('"e"', '"f"').replace("a_e", "a_f")
    + '</bpmn:subProcess><bpmn:endEvent id="e"/>' + flows(("s", "q"), ("q", "e")),
]  # fmt: skip


@pytest.mark.parametrize("body", CLEAN)
def test_what_is_drawn_well_has_no_faults(body: str) -> None:
    assert checked(diagram(body, beside=MESSAGE)) == []


WRONG: list[tuple[str, str, str]] = [
    # the whole
    ("start.missing", "", '<bpmn:endEvent id="e"/>'),
    ("start.missing", "a", line('subProcess id="a"')),
    ("start.several", "z", line(PERSON) + '<bpmn:startEvent id="z"/>' + flows(("z", "a"))),
    ("element.twice", "a", line(PERSON) + '<bpmn:task id="a" name="Again"/>'),
    ("element.long_id", "x" * 101, line(f'userTask id="{"x" * 101}" name="A" kantoor:role="hr"')),
    ("end.unreachable", "s", '<bpmn:startEvent id="s"/><bpmn:userTask id="a" name="A"/>'
     + flows(("s", "a"), ("a", "a"))),
    # kinds
    ("script.never_runs", "a", line('scriptTask id="a"')),
    ("gateway.unknown", "a", line('complexGateway id="a"')),
    ("gateway.unknown", "a", line('magicGateway id="a"')),
    ("element.not_running", "a", line('adHocSubProcess id="a"')),
    ("element.unknown", "a", line('wizard id="a"')),
    ("repeated.no_list", "a", line(PERSON + "><bpmn:standardLoopCharacteristics/>")),
    ("subprocess.by_event", "q", line(PERSON) + '<bpmn:subProcess id="q" triggeredByEvent="true"/>'),
    ("attribute.unknown", "a", line(PERSON + ' kantoor:rol="hr"')),
    ("attribute.unknown", "a", line(PERSON + ">" + added('field name="x" knd="text"'))),
    ("attribute.not_here", "a", line(SERVICE + f' kantoor:role="hr">{GIVEN}')),
    # flows
    ("flow.loose", "a_x", line(PERSON) + flows(("a", "x"))),
    ("flow.crosses", "s_b", line(PERSON) + flows(("s", "b"))
     + '<bpmn:subProcess id="q"><bpmn:task id="b" name="B"/></bpmn:subProcess>'),
    ("flow.not_here", "e_a", line(PERSON) + flows(("e", "a"))),
    ("flow.not_here", "a_s", line(PERSON) + flows(("a", "s"))),
    ("condition.not_here", "g_e", split("parallelGateway", "x == 'a'")),
    ("condition.missing", "g_f", split("exclusiveGateway", "x == 'a'")),
    ("condition.missing", "g_e", split("inclusiveGateway", "", "g_f")),
    ("default.unknown", "g", split("exclusiveGateway", "x == 'a'", "s_g")),
    ("gateway.not_an_event", "g_e", split("eventBasedGateway")),
    ("loop.never_waits", "g", '<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g" default="g_e"/>'
     f'<bpmn:{SERVICE}>{GIVEN}</bpmn:serviceTask><bpmn:endEvent id="e"/>'
     + flows(("s", "g"), ("g", "a"), ("a", "g"), ("g", "e"))),
    ("loop.never_waits", "g", '<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g" default="g_e"/>'
     '<bpmn:subProcess id="q"><bpmn:startEvent id="t"/><bpmn:endEvent id="u"/>' + flows(("t", "u"))
     + '</bpmn:subProcess><bpmn:endEvent id="e"/>' + flows(("s", "g"), ("g", "q"), ("q", "g"), ("g", "e"))),
    # events
    ("event.not_running", "a", line(catching("<bpmn:signalEventDefinition/>"))),
    ("event.not_running", "a", line("intermediateThrowEvent id=\"a\"><bpmn:messageEventDefinition/>")),
    ("event.not_running", "a", line(catching(CAUGHT + "<bpmn:timerEventDefinition/>"))),
    ("boundary.nowhere", "b", at_edge(PERSON, CAUGHT).replace('attachedToRef="a"', "")),
    ("boundary.not_here", "b", at_edge(PERSON, "<bpmn:errorEventDefinition/>")),
    ("boundary.not_here", "b", at_edge(f"{SERVICE}>{GIVEN}", TIMER.format("timeDuration", "P1D"))),
    ("message.missing", "a", line('receiveTask id="a"')),
    ("message.unknown", "a", line('receiveTask id="a" messageRef="n"')),
    ("message.unknown_field", "a",
     line(catching(CAUGHT, ' kantoor:match="colour" kantoor:with="requester"'))),
    ("message.incomplete", "a", line(catching(CAUGHT, ' kantoor:match="employee"'))),
    ("timer.missing", "a", line(catching(TIMER.format("timeDuration", "")))),
    ("timer.cycle", "a", line(catching(TIMER.format("timeCycle", "R3/P1D")))),
    ("timer.wrong", "a", line(catching(TIMER.format("timeDuration", "two days")))),
    ("timer.wrong", "a", line(catching(TIMER.format("timeDuration", "PT0S")))),
    ("timer.wrong", "a", line(catching(TIMER.format("timeDuration", "P1M"), ' kantoor:clock="working"'))),
    ("timer.several", "a", line(catching(
        "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration><bpmn:timeDate>today()"
        "</bpmn:timeDate></bpmn:timerEventDefinition>"))),
    ("clock.unknown", "a", line(catching(TIMER.format("timeDuration", "P1D"), ' kantoor:clock="moon"'))),
    ("condition.missing", "a", line(catching("<bpmn:conditionalEventDefinition/>"))),
    ("compensation.no_handler", "b", at_edge(f"{SERVICE}>{GIVEN}", UNDO, " ")),
    ("compensation.handler_kind", "b", at_edge(
        f"{SERVICE}>{GIVEN}", UNDO,
        '<bpmn:userTask id="u" name="U"/><bpmn:association id="t" sourceRef="b" targetRef="u"/>')),
    ("compensation.one", "e", at_edge(
        f"{SERVICE}>{GIVEN}", UNDO,
        f'<bpmn:{UNDOING} isForCompensation="true">{GIVEN}</bpmn:serviceTask>'
        '<bpmn:association id="t" sourceRef="b" targetRef="u"/>',
    ).replace('<bpmn:endEvent id="e"/>',
              '<bpmn:endEvent id="e"><bpmn:compensateEventDefinition activityRef="a"/></bpmn:endEvent>')),
    ("compensation.nothing", "a", line(f'intermediateThrowEvent id="a">{UNDO}')),
    # people
    ("person.several", "a", line(PERSON + ' kantoor:team="desk"')),
    ("role.unknown", "a", line('userTask id="a" name="A" kantoor:role="kings"')),
    ("role.unknown", "a", line(PERSON + ' kantoor:within="P1D" kantoor:escalate="kings"')),
    ("team.unknown", "a", line('userTask id="a" name="A" kantoor:team="kings"')),
    ("within.wrong", "a", line(PERSON + ' kantoor:within="soon"')),
    ("escalate.without_time", "a", line(PERSON + ' kantoor:escalate="ict"')),
    ("not_by.unknown", "a", line(PERSON + ' kantoor:notBy="a"')),
    ("field.beside_action", "a", line(PERSON + ' kantoor:action="ict.wipe">' + added('field name="x"'))),
    ("field.twice", "a", line(PERSON + ">" + added('field name="x"', 'field name="x"'))),
    ("field.kind", "a", line(PERSON + ">" + added('field name="x" kind="colour"'))),
    ("field.choices", "a", line(PERSON + ">" + added('field name="x" kind="choice"'))),
    ("field.choices", "a", line(PERSON + ">" + added('field name="x" kind="choice" choices="a=A" choicesNl="b=B"'))),
    ("name.wrong", "a", line(PERSON + ">" + added('field name="today"'))),
    ("name.wrong", "a", line(PERSON + ' kantoor:result="a b"')),
    # actions, queries, calls
    ("action.missing", "a", line('sendTask id="a"')),
    ("action.unknown", "a", line('serviceTask id="a" kantoor:action="ict.fly"')),
    ("action.unknown", "a", line(PERSON + ' kantoor:action="ict.fly"')),
    ("action.hidden", "a", line('serviceTask id="a" kantoor:action="ict.inner"')),
    ("action.secret", "a", line('serviceTask id="a" kantoor:action="ict.token"')),
    ("action.moves_procedures", "a", line('serviceTask id="a" kantoor:action="procedures.call_off"')),
    ("action.not_allowed", "a", line('serviceTask id="a" kantoor:action="ict.wipe"')),
    ("input.missing", "a", line(SERVICE)),
    ("input.missing", "a", line(
        f"{SERVICE}>" + added("input name=\"employee\" value=\"'E1'\"", "input name=\"draft.note\" value=\"'x'\""))),
    ("input.twice", "a", line(f"{SERVICE}>" + added(*["input name=\"employee\" value=\"'E1'\""] * 2))),
    ("input.unknown_parameter", "a", line(f"{SERVICE}>" + added('input name="colour" value="1"'))),
    ("input.unknown_parameter", "a", line(f"{SERVICE}>" + added('input name="draft.colour" value="1"'))),
    ("input.without_action", "a", line(PERSON + ">" + added('input name="x" value="1"'))),
    ("query.missing", "a", line('businessRuleTask id="a"')),
    ("query.unknown", "a", line('businessRuleTask id="a" kantoor:query="ict.moon"')),
    ("query.not_allowed", "a", line('businessRuleTask id="a" kantoor:query="hr.salaries"')),
    ("call.missing", "a", line('callActivity id="a"')),
    ("call.itself", "a", line('callActivity id="a" calledElement="p"')),
    ("call.unknown", "a", line('callActivity id="a" calledElement="moon"')),
    # expressions
    ("expression.wrong", "g_e", split("exclusiveGateway", "x ==", "g_f")),
    ("expression.wrong", "a", line('userTask id="a" name="A" kantoor:person="__import__(\'os\')"')),
    ("expression.unknown_name", "g_e", split("exclusiveGateway", "y == 'a'", "g_f")),
    ("expression.unknown_name", "a", line(PERSON + ">" + added('output name="x" value="event.day"'))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "element", "body"), WRONG, ids=[each[0] for each in WRONG])
def test_what_can_not_run_is_told_by_element_and_reason(rule: str, element: str, body: str) -> None:
    content = diagram(body, beside=MESSAGE)
    found = checked(content)
    assert (rule, element) in codes(found)
    (fault,) = [each for each in found if (each.rule, each.element) == (rule, element)][:1]
    assert fault.level == "fault"
    assert not can_run(found)
    assert fault.message.endswith(".")
    assert fault.line > 0


WARNED: list[tuple[str, str, str]] = [
    ("element.unreachable", "z", line(PERSON) + '<bpmn:endEvent id="z"/>'),
    ("flow.ends_here", "a", line(PERSON).replace('sourceRef="a"', 'sourceRef="s"')),
    ("condition.on_default", "g_e", split("exclusiveGateway", "x == 'a'", "g_e")),
    ("gateway.no_default", "g", split("exclusiveGateway", "x == 'a'").replace(
        'targetRef="f"/>', 'targetRef="f"><bpmn:conditionExpression>x == \'b\'</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>")),
    ("message.any", "a", line(catching(CAUGHT))),
    ("person.missing", "a", line('userTask id="a" name="A"')),
    ("name.missing", "a", line('userTask id="a" kantoor:role="hr"')),
    ("error.not_taken", "u", line('subProcess id="a"><bpmn:startEvent id="t"/><bpmn:endEvent id="u">'
     "<bpmn:errorEventDefinition/></bpmn:endEvent>" + flows(("t", "u")))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "element", "body"), WARNED, ids=[each[0] for each in WARNED])
def test_what_may_not_be_meant_is_a_warning(rule: str, element: str, body: str) -> None:
    found = {(one.rule, one.element): one for one in checked(diagram(body, beside=MESSAGE))}
    assert found[rule, element].level == "warning"


def test_the_process_itself_is_checked() -> None:
    content = diagram(
        line(PERSON),
        attributes=' kantoor:startRole="kings" kantoor:title="x +" kantoor:colour="red"',
    ).replace(b' isExecutable="true"', b"")
    assert codes(checked(content)) == {
        ("process.not_executable", ""), ("role.unknown", ""), ("expression.wrong", ""),
        ("attribute.unknown", ""),
    }  # fmt: skip


def test_a_process_without_an_identifier_has_no_key() -> None:
    found = checked(diagram(line(PERSON)).replace(b'id="p" ', b""))
    assert ("process.key", "") in codes(found)


def test_every_rule_is_listed_in_the_guide() -> None:
    guide = (Path(__file__).resolve().parents[4] / "docs" / "procedures.md").read_text()
    assert {name for name in _rules() if f"`{name}`" not in guide} == set()


def _rules() -> set[str]:
    """The codes that stand in the source of the rules."""
    folder = Path(rules.__file__).parent
    return {
        node.value
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and node.value.count(".") == 1 and node.value.replace(".", "").replace("_", "").isalpha()
        and node.value.islower()
    }  # fmt: skip


def test_every_rule_has_a_diagram_that_breaks_it() -> None:
    tried = {rule for rule, _element, _body in (*WRONG, *WARNED)}
    of_the_process = {"process.not_executable", "process.key"}
    assert _rules() - tried == of_the_process


TAGS = ["userTask", "serviceTask", "exclusiveGateway", "parallelGateway", "intermediateThrowEvent"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(TAGS), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=16),
)
def test_ways_round_without_waiting_are_found_as_by_taking_leaves_away(
    tags: list[str], pairs: list[tuple[int, int]]
) -> None:
    pairs = [(a, b) for a, b in set(pairs) if a < len(tags) and b < len(tags)]
    body = '<bpmn:startEvent id="s"/>' + "".join(
        f'<bpmn:{tag} id="n{n}"/>' for n, tag in enumerate(tags)
    )
    content = diagram(body + flows(("s", "n0"), *((f"n{a}", f"n{b}") for a, b in pairs)))
    found = faults_of(read_diagram(content), House())

    quick = {n for n, tag in enumerate(tags) if tag != "userTask"}
    while leaves := {n for n in quick if not any(a == n and b in quick for a, b in pairs)}:
        quick -= leaves
    told = any(fault.rule == "loop.never_waits" for fault in found)
    assert told == bool(quick)
