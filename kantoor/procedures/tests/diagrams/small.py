"""Small diagrams, and a house that knows a few things, for tests of what can run."""

from collections.abc import Iterable
from itertools import pairwise

from kantoor.procedures.diagrams.checking import faults_of
from kantoor.procedures.diagrams.elements import Fault
from kantoor.procedures.diagrams.known import KnownCall, KnownParameter
from kantoor.procedures.diagrams.reading import read_diagram

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:kantoor="urn:kantoor:procedures:1" id="d" targetNamespace="t">\n'
)


def diagram(body: str, *, beside: str = "", attributes: str = "") -> bytes:
    """A file with one executable process `p`."""
    return (
        f'{HEAD}{beside}<bpmn:process id="p" name="P" isExecutable="true"{attributes}>\n{body}\n'
        "</bpmn:process></bpmn:definitions>"
    ).encode()


def line(*middle: str) -> str:
    """A start, these elements one after the other, and an end; each is a tag and what follows it.

    `line('userTask id="a" name="A" kantoor:role="hr"')`; what stands within comes after `>`.
    """
    written, names = ['<bpmn:startEvent id="s"/>'], ["s"]
    for one in middle:
        head, _angle, within = one.partition(">")
        tag = head.partition(" ")[0]
        written.append(f"<bpmn:{head}>{within}</bpmn:{tag}>")
        names.append(head.partition('id="')[2].partition('"')[0])
    names.append("e")
    written.append('<bpmn:endEvent id="e"/>')
    return "\n".join(written) + flows(*pairwise(names))


def flows(*pairs: tuple[str, str]) -> str:
    """Flows called `a_b`."""
    return "".join(
        f'\n<bpmn:sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs
    )


def added(*what: str) -> str:
    """Extension elements of our namespace: `added('input name="a" value="b"')`."""
    inner = "".join(f"<kantoor:{one}/>" for one in what)
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"


class House:
    """What the house of these tests has."""

    actions = {
        "ict.reserve": KnownCall(
            name="ict.reserve", permission="ict.reserve",
            parameters={
                "employee": KnownParameter(name="employee", required=True),
                "draft": KnownParameter(
                    name="draft",
                    parts={
                        "model": KnownParameter(name="model", required=True),
                        "note": KnownParameter(name="note"),
                    },
                ),
            },
        ),
        "ict.wipe": KnownCall(name="ict.wipe", permission="ict.wipe"),
        "ict.inner": KnownCall(name="ict.inner", permission="ict.reserve", hidden=True),
        "procedures.call_off": KnownCall(name="procedures.call_off", permission="ict.reserve"),
        "ict.token": KnownCall(name="ict.token", permission="ict.reserve", secret=True),
    }  # fmt: skip
    asked = {
        "ict.device": KnownCall(
            name="ict.device", permission="ict.read",
            parameters={"code": KnownParameter(name="code", required=True)},
        ),
        "hr.salaries": KnownCall(name="hr.salaries", permission="hr.pay"),
    }  # fmt: skip
    events = {"hr.contract_signed": frozenset({"employee", "day"})}

    def action(self, name: str) -> KnownCall | None:
        return self.actions.get(name)

    def query(self, name: str) -> KnownCall | None:
        return self.asked.get(name)

    def event(self, name: str) -> frozenset[str] | None:
        return self.events.get(name)

    def role(self, name: str) -> bool:
        return name in ("hr", "ict")

    def team(self, name: str) -> bool:
        return name == "desk"

    def procedure(self, key: str) -> bool:
        return key in ("leaver", "p")

    def may(self, permission: str) -> bool:
        return permission in ("ict.reserve", "ict.read")


def checked(content: bytes) -> list[Fault]:
    """What is found in a file."""
    return faults_of(read_diagram(content), House())


def codes(found: Iterable[Fault]) -> set[tuple[str, str]]:
    """Rule and element of each."""
    return {(fault.rule, fault.element) for fault in found}
