"""The XML of inventories read without a tree: rows of plain fields at once, the rest as a stream.

Nearly all of an inventory is rows of fields (a program, a process), which a pattern finds whole.
What stands around them a parser reads. What is out of the ordinary (a DTD, comments, prefixes,
another encoding, more than the bounds) is left to xml_form.py, by raising Unusual. Tests hold the
two to the same answer.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any
from xml.parsers import expat

LONGEST_TEXT = 2**20
MOST_SHAPES = 1_000
MOST_ALIKE, MOST_FIELDS = 40, 40
"""For how many shapes of rows a pattern is made, and of how many fields: making one takes time."""
_NAME = r"[A-Za-z_]\w*"
_ROW = re.compile(
    rf"<({_NAME})>\s*((?:<({_NAME})>[^<&]*+</\3>\s*+)++)</\1>", re.ASCII
)  # each element is begun once: linear
_HEAD = re.compile(r"""<\?xml\s+version=['"]1\.0['"]\s*(?:encoding=['"]utf-?8['"]\s*)?\?>""", re.I)
_FORBIDDEN = bytes(each for each in range(32) if each not in b"\t\n\r")
"""What XML forbids of ASCII; the two characters above it that it forbids are found by name."""
_ODD = ("<!", "<?", "]]>", "\r", "\ufffe", "\uffff")
"""What makes a text unusual: anything but elements and texts."""


class Unusual(Exception):
    """It is not for the quick reader."""


def quick(
    content: bytes, skip: Collection[str], drop: Collection[str], most_depth: int
) -> dict[str, Any]:
    """The content of the root element; see xml_form.from_xml. Raises Unusual."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise Unusual from None
    head = _HEAD.match(text)
    text = text[head.end() :].replace("\r\n", "\n") if head else text.replace("\r\n", "\n")
    if any(odd in text for odd in _ODD) or len(content.translate(None, _FORBIDDEN)) < len(content):
        raise Unusual
    try:
        return _read(text, _Reader(skip, drop, most_depth))
    except (expat.ExpatError, ValueError) as error:
        raise Unusual from error


def _read(text: str, reader: "_Reader") -> dict[str, Any]:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    if hasattr(parser, "SetReparseDeferralEnabled"):
        parser.SetReparseDeferralEnabled(False)  # what was given is to be told at once
    done = given = 0
    alike: _Alike | None = None
    while True:
        if alike is not None:
            done = alike.take(text, done)
        if (row := _ROW.search(text, done)) is None:
            break
        between = text[done : row.start()]
        if between and not between.isspace():
            piece = between.encode()
            parser.Parse(piece, False)
            given += len(piece)
            if parser.CurrentByteIndex != given:
                # A row within a tag: it is broken, and the tag would be read anew for each of them.
                raise Unusual
        if reader.stack:
            alike = reader.row(row[1], row[2])
        else:  # the whole text is one row
            alike = None
            parser.Parse(row[0], False)
            given += len(row[0].encode())
        done = row.end()
    parser.Parse(text[done:], True)
    if not reader.content:
        raise Unusual
    return reader.content


class _Alike:
    """Takes the rows that follow one of their shape: of one tag, with the same fields in one order."""

    def __init__(self, tag: str, tags: Sequence[str], names: Sequence[str]) -> None:
        fields = "".join(rf"<{each}>([^<&]*+)</{each}>\s*+" for each in tags)
        self.match = re.compile(rf"\s*+<{tag}>\s*+{fields}</{tag}>", re.ASCII).match
        self.names = names
        self.drops = "" in names
        self.rows: list[dict[str, Any]] = []
        """Where they go."""

    def take(self, text: str, done: int) -> int:
        """Take what follows; gives where it ends."""
        match, names, rows, strip = self.match, self.names, self.rows, str.strip
        while found := match(text, done):
            done = found.end()
            row = dict(zip(names, map(strip, found.groups()), strict=True))
            if self.drops:
                del row[""]
            rows.append(row)
        return done


class _Reader:
    """Builds names and values in the order in which they are come by."""

    def __init__(self, skip: Collection[str], drop: Collection[str], most_depth: int) -> None:
        self.skip, self.drop, self.most_depth = skip, drop, most_depth
        self.content: dict[str, Any] = {}
        self.names: dict[str, str] = {}
        self.shapes: dict[tuple[str, ...], list[str]] = {}
        """The names of rows that have the same fields, as nearly all of a section do."""
        self.alike: dict[tuple[str, tuple[str, ...]], _Alike] = {}
        self.stack: list[tuple[str, str, dict[str, Any] | None]] = []
        """Of each element around this one its name, its text, and what was found in it."""
        self.name, self.text = "", ""
        self.found: dict[str, Any] | None = None
        """This element's own; None while no element began in it."""
        self.passed = 0
        """How many elements are open of a part that is left out."""

    def begin(self, tag: str, _attributes: Any) -> None:
        if self.passed:
            self.passed += 1
            return
        depth = len(self.stack)
        if self.found is None:
            self.found = {}
        name = self.plain(tag)
        if depth and (not name or (depth == 2 and name in self.skip)):
            self.passed = 1
            return
        if depth > self.most_depth:
            raise Unusual
        self.stack.append((self.name, self.text, self.found))
        self.name, self.text, self.found = name, "", None

    def data(self, text: str) -> None:
        if self.found is None and not self.passed:
            self.text += text
            if len(self.text) > LONGEST_TEXT:
                raise Unusual

    def end(self, _tag: str) -> None:
        if self.passed:
            self.passed -= 1
            return
        name, inner = self.name, self.found
        value = self.text.strip() or inner or ""
        self.name, self.text, found = self.stack.pop()
        assert found is not None
        self.found = found
        if self.stack:
            _add(found, name, value)
        else:
            self.content = inner or {}

    def row(self, tag: str, fields: str) -> _Alike | None:
        """An element that holds nothing but fields; gives what takes those that follow like it."""
        if self.passed:
            return None
        if self.found is None:
            self.found = {}
        name, depth = self.plain(tag), len(self.stack)
        if not name or (depth == 2 and name in self.skip):
            return None
        if depth >= self.most_depth:
            raise Unusual
        tags, names, values = self._split(fields)
        found: dict[str, Any] = dict(zip(names, values, strict=True))
        plain = len(found) == len(names)
        if not plain:
            found = {}
            for key, value in zip(names, values, strict=True):
                _add(found, key, value)
        found.pop("", None)
        _add(self.found, name, found or "")
        there = self.found[name]
        if not (plain and found and isinstance(there, list)):
            return None
        alike = self._alike(tag, tags, names)
        if alike is not None:
            alike.rows = there
        return alike

    def _alike(self, tag: str, tags: tuple[str, ...], names: Sequence[str]) -> _Alike | None:
        alike = self.alike.get((tag, tags))
        if alike is None and len(self.alike) < MOST_ALIKE and len(tags) <= MOST_FIELDS:
            alike = self.alike[tag, tags] = _Alike(tag, tags, names)
        return alike

    def _split(self, fields: str) -> tuple[tuple[str, ...], Sequence[str], list[str]]:
        """The tags, names and texts of fields whose form the pattern has proved."""
        pieces = fields.replace(">", "<").split("<")
        if len(pieces) == 4 * fields.count("</") + 1:
            tags, texts = tuple(pieces[1::4]), pieces[2::4]
        else:  # a text with the mark in it
            pairs = [piece.split(">", 1) for piece in fields.split("<")[1::2]]
            tags, texts = tuple(tag for tag, _text in pairs), [text for _tag, text in pairs]
        names = self.shapes.get(tags)
        if names is None:
            names = [self.plain(tag) for tag in tags]
            if len(self.shapes) < MOST_SHAPES:
                self.shapes[tags] = names
        return tags, names, list(map(str.strip, texts))

    def plain(self, tag: str) -> str:
        """The name of an element; none for what is left out."""
        name = self.names.get(tag)
        if name is None:
            if ":" in tag:
                raise Unusual
            name = tag.lower()
            name = self.names[tag] = "" if name in self.drop else name
        return name


def _add(found: dict[str, Any], name: str, value: Any) -> None:
    """One more of a name; several become a list."""
    if name not in found:
        found[name] = value
    elif isinstance(there := found[name], list):
        there.append(value)
    else:
        found[name] = [there, value]
