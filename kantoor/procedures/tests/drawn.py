"""Diagrams in few words, for tests: elements as BPMN writes them, flows as `a > b > c`."""

from itertools import pairwise

from kantoor.procedures.diagrams.elements import BPMN, KANTOOR


def drawn(key: str, body: str, *ways: str, process: str = "", outside: str = "") -> str:
    """A BPMN file: `k:` is Kantoor's namespace, `a > b` a flow, `a > b [x == 1]` one with a condition.

    `a > b *` is the default of a gateway that says `default="a-b"`.
    """
    flows = "".join(_flows(way) for way in ways)
    return (
        f'<definitions xmlns="{BPMN}" xmlns:k="{KANTOOR}" targetNamespace="test">{outside}'
        f'<process id="{key}" name="{key.title()}" isExecutable="true" {process}>'
        f"{body}{flows}</process></definitions>"
    )


def _flows(way: str) -> str:
    way, _, condition = way.partition("[")
    names = [name.strip() for name in way.split(">")]
    written = ""
    for source, target in pairwise(names):
        inner = ""
        if condition:
            text = condition.rstrip("] ").replace("&", "&amp;").replace("<", "&lt;")
            inner = f"<conditionExpression>{text}</conditionExpression>"
        written += (
            f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">'
            f"{inner}</sequenceFlow>"
        )
    return written


def more(inner: str) -> str:
    """Extension elements."""
    return f"<extensionElements>{inner}</extensionElements>"
