"""Write XML piece by piece: memory does not grow with what is written."""

from collections.abc import Iterable, Iterator

from lxml import etree

Fields = Iterable[tuple[str, str]]
"""Elements with their text in order; one without text is left out."""
FLUSH = 64 * 1024
"""Bytes that are gathered before they are handed on."""


class Sink:
    """What lxml writes to: keeps the bytes until they are taken."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> None:
        """Keep some bytes."""
        self.parts.append(data)
        self.size += len(data)

    def taken(self) -> bytes:
        """What is kept, which then is not any more."""
        data = b"".join(self.parts)
        self.parts, self.size = [], 0
        return data


class XmlPieces:
    """A document of one namespace under way; a format says its parts in `body`.

    Elements are made by their bare names: written inside the root, they are in its namespace.
    """

    def __init__(self, root: str, namespace: str) -> None:
        self.root = root
        self.namespace = namespace
        self.sink = Sink()

    def body(self) -> Iterator[None]:
        """Write what the root holds, stopping where what is written may be handed on."""
        raise NotImplementedError

    def pieces(self) -> Iterator[bytes]:
        """The document as pieces of UTF-8."""
        out = self.sink
        with etree.xmlfile(out, encoding="utf-8") as self.xml:
            self.xml.write_declaration()
            with self.inside(self.root, {None: self.namespace}):
                for _ready in self.body():
                    if out.size > FLUSH:
                        self.xml.flush()
                        yield out.taken()
        yield out.taken()

    def inside(self, tag: str, nsmap: dict[None, str] | None = None):  # type: ignore[no-untyped-def]
        """An element that holds what is written meanwhile."""
        return self.xml.element(f"{{{self.namespace}}}{tag}", nsmap=nsmap)

    def put(self, tag: str, fields: Fields) -> None:
        """Write an element with these fields."""
        self.xml.write(self.made(tag, fields))

    def made(self, tag: str, fields: Fields) -> "etree._Element":
        """An element with these fields."""
        made = etree.Element(tag)
        self.fill(made, fields)
        return made

    def fill(self, parent: "etree._Element", fields: Fields) -> None:
        """Add fields to an element."""
        for name, text in fields:
            if text:
                etree.SubElement(parent, name).text = text
