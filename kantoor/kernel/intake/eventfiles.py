"""Files of CloudEvents, a JSON event on each line or all in one array, read as a stream.

However large the file, no more than one event and one block of it are in memory.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.cloudevents import EVENT_LIMIT, Event, event_from_json
from kantoor.kernel.intake.problems import Broken, Problem
from kantoor.kernel.intake.streams import blocks

BOM = b"\xef\xbb\xbf"
GIVEN_LIMIT = 4096
"""Bytes that are kept of an event that is too large."""

Taken = tuple[int, Event | Problem]
"""The place, counted from 1, and what stood there."""

# Up to the next brace outside a string; a lone quote opens a string that goes on. Brackets need
# no counting: where the braces of an object are balanced, it ends.
_STRUCTURE = re.compile(rb'(?:[^"{}]++|"(?:[^"\\]++|\\.)*+")*+(["{}])', re.DOTALL)
_BLANKS = re.compile(rb"[ \t\r\n]*")


def read_ndjson(path: Path) -> Iterator[Taken]:
    """Each line's event with the number of the line; blank lines are passed over."""
    line = 0
    try:
        for line, text in _lines(blocks(path)):
            if isinstance(text, Problem):
                yield line, text
            elif text and line == 1 and text in (b"{", b"["):
                raise Broken(
                    "json.not_lines",
                    _("This is JSON over several lines. Put each event on a line, or all in []."),
                    line=1,
                )
            elif text:
                yield line, event_from_json(text, line)
    except Broken as broken:
        yield broken.problem.line or line + 1, broken.problem


def read_batch(path: Path) -> Iterator[Taken]:
    """Each event of a JSON array (application/cloudevents-batch+json) with its place in it."""
    return batch_events(blocks(path))


def batch_events(source: Iterable[bytes]) -> Iterator[Taken]:
    """The events of a JSON array that comes in blocks."""
    elements, place = _Elements(source), 0
    try:
        for place, text in enumerate(elements, 1):
            yield place, event_from_json(text, place)
    except Broken as broken:
        yield place + 1, broken.problem


def _lines(source: Iterable[bytes]) -> Iterator[tuple[int, bytes | Problem]]:
    """Lines without their ends and blanks; instead of one that is too long, its problem."""
    rest, line, skipping = b"", 0, False
    for block in source:
        *whole, rest = (rest + block).split(b"\n")
        for text in whole:
            line += 1
            if skipping:
                skipping = False
                continue
            yield line, _line(line, text)
        if len(rest) > EVENT_LIMIT:
            if not skipping:
                yield line + 1, _line(line + 1, rest)
            rest, skipping = b"", True
    if rest and not skipping:
        yield line + 1, _line(line + 1, rest)


def _line(line: int, text: bytes) -> bytes | Problem:
    if len(text) > EVENT_LIMIT:
        said = format_lazy(_("This event is larger than {limit} bytes."), limit=EVENT_LIMIT)
        return Problem(line, "", "event.too_large", said, text[:GIVEN_LIMIT])
    return (text.removeprefix(BOM) if line == 1 else text).strip(b" \t\r")


class _Elements:
    """The texts of the objects in a JSON array; raises Broken where it is none."""

    def __init__(self, source: Iterable[bytes]) -> None:
        self._source = iter(source)
        self._buffer = b""
        self._at = 0
        self._place = 0

    def __iter__(self) -> Iterator[bytes]:
        if self._begin() != b"[":
            raise self._broken()
        self._at += 1
        if self._next() != b"]":
            yield self._element()
            while self._next() == b",":
                self._at += 1
                yield self._element()
        if self._next() != b"]":
            raise self._broken()
        self._at += 1
        if self._next():
            raise self._broken()

    def _begin(self) -> bytes:
        self._more()
        if self._buffer.startswith(BOM):
            self._at = len(BOM)
        return self._next()

    def _more(self) -> bool:
        block = next(self._source, b"")
        self._buffer, self._at = self._buffer[self._at :] + block, 0
        return bool(block)

    def _next(self) -> bytes:
        """The next byte that is no blank, or nothing at the end."""
        while True:
            blanks = _BLANKS.match(self._buffer, self._at)
            assert blanks
            self._at = blanks.end()
            if self._at < len(self._buffer):
                return self._buffer[self._at : self._at + 1]
            if not self._more():
                return b""

    def _element(self) -> bytes:
        self._place += 1
        if self._next() != b"{":
            raise self._broken()
        depth, scanned = 0, 0
        while True:
            # Always from where the last one ended: a search could begin in the midst of a string.
            while found := _STRUCTURE.match(self._buffer, self._at + scanned):
                mark, scanned = found[1], found.end() - self._at
                if mark == b'"':
                    scanned -= 1
                    break
                depth += 1 if mark == b"{" else -1
                if depth == 0:
                    return self._cut(scanned)
            if len(self._buffer) - self._at > EVENT_LIMIT:
                self._cut(EVENT_LIMIT + 1)
            if not self._more():
                self._at = len(self._buffer)
                raise self._broken()

    def _cut(self, length: int) -> bytes:
        if length > EVENT_LIMIT:
            raise Broken(
                "event.too_large",
                _("This event is larger than {limit} bytes."),
                line=self._place,
                limit=EVENT_LIMIT,
            )
        start, self._at = self._at, self._at + length
        return self._buffer[start : self._at]

    def _broken(self) -> Broken:
        if self._at < len(self._buffer):
            return Broken(
                "json.malformed",
                _("Here the file is no longer an array of JSON objects."),
                line=self._place or 1,
            )
        return Broken(
            "json.truncated",
            _("The file ends too early: the array of events is not closed."),
            line=self._place or 1,
        )
