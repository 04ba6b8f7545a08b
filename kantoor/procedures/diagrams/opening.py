"""Opening a BPMN file as XML within bounds: no DTD, no entities, no network, nothing deep or large.

Everything that is no BPMN at all is refused here, with one sentence and the line.
"""

import re
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from kantoor.procedures.diagrams.elements import BPMN
from kantoor.procedures.errors import NotADiagram

MOST_BYTES = 1024 * 1024
MOST_DEPTH = 20
MOST_NODES = 1_000
"""Elements that a procedure can pass: tasks, events, gateways and subprocesses of all processes."""

_ENCODING = re.compile(rb"""(^<\?xml[^>]{0,80}?encoding=["'])[\w.-]{1,40}(["'])""")
Node = Any
"""An element of lxml; its stubs know no namespaced search."""

SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
PARTS = frozenset(
    {
        "artifact", "association", "auditing", "category", "conversationAssociation", "correlationSubscription",
        "dataInputAssociation", "dataObject", "dataObjectReference", "dataOutputAssociation",
        "dataStoreReference", "documentation", "extensionElements", "group", "humanPerformer", "incoming",
        "ioBinding", "ioSpecification", "laneSet", "monitoring", "multiInstanceLoopCharacteristics",
        "outgoing", "performer", "potentialOwner", "property", "resourceRole", "sequenceFlow",
        "completionCondition", "standardLoopCharacteristics", "supportedInterfaceRef", "supports", "textAnnotation",
        "loopCharacteristics",
    }
)  # fmt: skip
"""What may stand in a process beside the elements that it passes."""


def open_file(content: bytes) -> Node:
    """The root of a BPMN file. Raises NotADiagram."""
    if len(content) > MOST_BYTES:
        raise NotADiagram(
            _("The file has {size} bytes; a diagram has at most 1 MB.").format(size=len(content))
        )
    # Without zeros, so that UTF-16 and UTF-32 hide nothing.
    if b"<!doctype" in content.replace(b"\0", b"").lower():
        raise _with_dtd()
    root = _parse(content)
    if root.getroottree().docinfo.doctype:
        raise _with_dtd()
    if root.tag != f"{{{BPMN}}}definitions":
        raise NotADiagram(
            _("This is XML, but no BPMN 2.0: it begins with {tag}.").format(tag=_short(root.tag)),
            line=root.sourceline,
        )
    _keep_in_bounds(root)
    return root


def bytes_of(text: str) -> bytes:
    """A file that came as text, as bytes that say of themselves that they are UTF-8."""
    return _ENCODING.sub(rb"\1UTF-8\2", text.lstrip("\ufeff").encode(errors="replace"), count=1)


def as_text(content: bytes) -> str:
    """A BPMN file as text, whatever its encoding. Raises NotADiagram."""
    return str(etree.tostring(open_file(content), encoding="unicode"))


def processes_of(root: Node) -> list[Node]:
    """The processes of a file. Raises NotADiagram when there is none."""
    found = root.findall(f"{{{BPMN}}}process")
    if not found:
        raise NotADiagram(_("There is no process in this diagram."), line=root.sourceline)
    return list(found)


def tag_of(node: Node) -> str:
    """The name of an element of BPMN; empty for comments and what is of another namespace."""
    tag = node.tag
    if not isinstance(tag, str) or not tag.startswith(f"{{{BPMN}}}"):
        return ""
    return tag[len(BPMN) + 2 :]


def nodes_in(scope: Node) -> list[Node]:
    """What can be passed in a process or subprocess, without what stands in subprocesses."""
    return [child for child in scope if (tag := tag_of(child)) and tag not in PARTS]


def all_nodes_in(scope: Node) -> list[Node]:
    """The same with what stands in its subprocesses, in the order of the file."""
    found: list[Node] = []
    for node in nodes_in(scope):
        found.append(node)
        if tag_of(node) in SUBPROCESSES:
            found += all_nodes_in(node)
    return found


def _parse(content: bytes) -> Node:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        raise NotADiagram(
            _("This can't be read as XML: {reason}.").format(reason=_short(error.msg)), line=line
        ) from None
    except (etree.LxmlError, UnicodeError, LookupError, ValueError) as error:
        raise NotADiagram(
            _("This can't be read as XML: {reason}.").format(reason=_short(str(error)))
        ) from None
    if root is None:
        raise NotADiagram(_("There is nothing in this file."))
    return root


def _keep_in_bounds(root: Node) -> None:
    depth = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH:
            raise NotADiagram(
                _("The diagram is more than {most} levels deep.").format(most=MOST_DEPTH),
                line=node.sourceline,
            )
    count = sum(len(all_nodes_in(process)) for process in root.findall(f"{{{BPMN}}}process"))
    if count > MOST_NODES:
        raise NotADiagram(
            _("The diagram has {count} elements; at most {most} can be drawn.").format(
                count=count, most=MOST_NODES
            )
        )


def _with_dtd() -> NotADiagram:
    return NotADiagram(_("The file has a document type (DTD); a diagram needs none, leave it out."))


def _short(text: object) -> str:
    return str(text or "?").partition("\n")[0].rstrip(".")[:200]
