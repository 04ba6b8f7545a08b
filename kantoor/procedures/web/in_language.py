"""A diagram's file with the names of its elements in the reader's language."""

from lxml import etree

from kantoor.procedures.diagrams.elements import KANTOOR
from kantoor.procedures.diagrams.opening import open_file


def in_language(content: bytes, language: str) -> bytes:
    """The file to be drawn: in Dutch what has a Dutch name has that; otherwise as it is.

    Raises NotADiagram.
    """
    root = open_file(content)
    if language == "nl":
        for node in root.iter(etree.Element):
            if name := node.get(f"{{{KANTOOR}}}nameNl"):
                node.set("name", name)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
