"""XML into a bounded tree: no DTD, no entities, limits on size, depth and number of elements.

Expat is used and not lxml: it calls back for each element, so that a file with ten million of
them is refused after the first few hundred thousand and never stands in memory whole; it tells
of a DTD before it reads it; and it comes with Python (docs/decisions/0030).
"""

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from kantoor.departments.finance.formats.einvoice.errors import UnreadableInvoice

MOST_BYTES = 64 * 1024 * 1024
MOST_ELEMENTS = 2_000_000
MOST_DEPTH = 40
CHUNK = 64 * 1024
SEPARATOR = "}"


class Node:
    """An element: its name, text and attributes, and its children by their names.

    Names are as the prefixes of `Prefixes` make them (`cbc:ID`); attributes without namespace
    keep their name. `text` is what stands directly in it, without space around.
    """

    __slots__ = ("attributes", "children", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.text = ""
        self.children: dict[str, list[Node]] = {}

    def all(self, name: str) -> "list[Node]":
        """The children with this name."""
        return self.children.get(name) or []

    def first(self, *path: str) -> "Node | None":
        """The first element down this path, taking the first child each time."""
        found = self
        for name in path:
            children = found.children.get(name)
            if children is None:
                return None
            found = children[0]
        return found

    def every(self, *path: str) -> "list[Node]":
        """All elements down this path."""
        found = [self]
        for name in path:
            found = [child for node in found for child in node.children.get(name, ())]
        return found

    def value(self, *path: str) -> str:
        """The text of the first element down this path, else nothing."""
        found = self.first(*path)
        return found.text if found is not None else ""

    def attribute(self, name: str) -> str:
        """An attribute without space around, else nothing."""
        return self.attributes.get(name, "").strip()

    def walk(self) -> "Iterator[Node]":
        """This element and all in it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            for children in node.children.values():
                waiting.extend(children)


class _Builder:
    """Receives what expat reads and keeps the limits."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.root: Node | None = None
        self.open: list[Node] = []
        self.texts: list[list[str]] = []
        self.count = 0
        self.names: dict[str, str] = {}
        self.parser = parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.doctype
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def name_of(self, full: str) -> str:
        space, separator, local = full.rpartition(SEPARATOR)
        prefix = self.prefixes.get(space, "?") if separator else ""
        name = self.names[full] = f"{prefix}:{local}" if prefix else local
        return name

    def start(self, full: str, attributes: dict[str, str]) -> None:
        self.count += 1
        line = self.parser.CurrentLineNumber
        if self.count > MOST_ELEMENTS:
            raise UnreadableInvoice(
                "xml.too_large", f"The XML has more than {MOST_ELEMENTS} elements.", line
            )
        if len(self.open) >= MOST_DEPTH:
            raise UnreadableInvoice(
                "xml.too_deep", f"The XML is nested deeper than {MOST_DEPTH} elements.", line
            )
        name = self.names.get(full) or self.name_of(full)
        node = Node(name, attributes, line)
        if self.open:
            children = self.open[-1].children
            same = children.get(name)
            if same is None:
                children[name] = [node]
            else:
                same.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.texts.append([])

    def end(self, _: str) -> None:
        text = self.texts.pop()
        node = self.open.pop()
        if text:
            node.text = "".join(text).strip()

    def characters(self, data: str) -> None:
        if self.texts:
            self.texts[-1].append(data)

    def doctype(self, *_: object) -> None:
        raise UnreadableInvoice(
            "xml.doctype",
            "The XML has a document type declaration (DTD); invoices have none.",
            self.parser.CurrentLineNumber,
        )


_ENCODING_ERRORS = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_UNKNOWN_ENCODING,
        expat.errors.XML_ERROR_INCORRECT_ENCODING,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}


def parse(data: bytes, prefixes: Mapping[str, str]) -> Node:
    """The root of this XML; raises UnreadableInvoice.

    `prefixes` gives a short prefix for each namespace that matters; elements of any other get
    the prefix `?`.
    """
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        raise UnreadableInvoice("xml.too_large", f"The XML is larger than {most} MiB.")
    builder = _Builder(prefixes)
    parser = builder.parser
    # Some programs write empty lines before the XML declaration.
    data = data.lstrip(b" \t\r\n") if data[:1] in b" \t\r\n" else data
    try:
        for at in range(0, len(data), CHUNK):
            parser.Parse(data[at : at + CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        wrong_encoding = error.code in _ENCODING_ERRORS
        code = "xml.encoding" if wrong_encoding else "xml.broken"
        message = f"The XML can't be read: {expat.ErrorString(error.code)}."
        raise UnreadableInvoice(code, message, error.lineno) from None
    except (LookupError, UnicodeError, ValueError) as error:
        # pyexpat asks Python's codecs for encodings that expat itself doesn't know.
        raise UnreadableInvoice("xml.encoding", f"The XML can't be decoded: {error}.") from None
    assert builder.root is not None
    return builder.root
