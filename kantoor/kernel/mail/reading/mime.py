"""The parts of a message (RFC 2045, RFC 2046), found by their boundaries, to a bounded depth.

Python's own parser reads a line at a time and grows slow and deep with what hostile mail nests;
here every part is a stretch of the one buffer, found by one pass for each level.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kantoor.kernel.mail.reading.charsets import text_of
from kantoor.kernel.mail.reading.headers import (
    LARGEST_HEADER,
    Headers,
    from_base64,
    read_headers,
)

DEEPEST = 20
MOST_PARTS = 1000
LARGEST_TEXT = 1024 * 1024
"""Bytes of a text that are read as text; the raw message keeps the rest."""

_BLANK = re.compile(rb"\n[ \t]*\n|\A[ \t]*\n")
_GUESS = re.compile(rb"\n?--([^\s-][^\n]{0,200}?|-{2,}[^\n]{1,200}?)[ \t]*\n")
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")


@dataclass(slots=True)
class Part:
    """A part of a message: its header, where its content lies, and the parts within."""

    headers: Headers
    media_type: str
    buffer: bytes
    start: int
    end: int
    parts: "list[Part]" = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file name that the part gives itself."""
        for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
            if found := self.headers.parameter(header, parameter):
                return found[:200]
        return ""

    @property
    def attached(self) -> bool:
        """Whether the part calls itself an attachment."""
        return self.headers.get("content-disposition").lower().startswith("attachment")

    def content(self) -> bytes:
        """The content with its transfer encoding undone."""
        return self._undone(self.buffer[self.start : self.end])

    def text(self) -> str:
        """The content as text, its first MiB."""
        some = self.buffer[self.start : min(self.end, self.start + LARGEST_TEXT)]
        return text_of(self._undone(some), self.headers.parameter("content-type", "charset"))

    def walk(self) -> "Iterator[Part]":
        """This part and all within, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def _undone(self, content: bytes) -> bytes:
        encoding = self.headers.get("content-transfer-encoding").lower().strip(" ;\"'")
        if encoding == "base64":
            return from_base64(content)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(content)
        return content


def with_line_feeds(raw: bytes) -> bytes:
    """The message with LF line ends, whichever it has (CRLF by the book; CR from old Macs)."""
    if b"\n" not in raw:
        return raw.replace(b"\r", b"\n")
    once = raw.replace(b"\r\r\n", b"\n")  # as programs leave it that translate twice
    return once.replace(b"\r\n", b"\n")


def read_parts(raw: bytes) -> Part:
    """The message as its outermost part."""
    buffer = with_line_feeds(raw)
    return _Reading(buffer).part(_after_envelope(buffer), len(buffer), 0, "text/plain")


def _after_envelope(buffer: bytes) -> int:
    """Where the message begins: after empty lines and a mailbox file's `From ` line."""
    start = len(buffer) - len(buffer.lstrip(b"\n"))
    if buffer.startswith((b"From ", b">From "), start):
        return buffer.find(b"\n", start) + 1 or len(buffer)
    return start


class _Reading:
    """One message under way: how many parts it may still have."""

    def __init__(self, buffer: bytes) -> None:
        self.buffer = buffer
        self.left = MOST_PARTS

    def part(self, start: int, end: int, depth: int, default: str) -> Part:
        """The part that lies there, with what lies within."""
        self.left -= 1
        headers, body = self._headers(start, end)
        media_type = _media_type(headers, default)
        part = Part(headers, media_type, self.buffer, body, end)
        if depth < DEEPEST and self.left > 0:
            if media_type.startswith("multipart/"):
                part.parts = self._within(part, depth)
                if not part.parts:
                    part.media_type = "text/plain"  # what has no boundary is one text
            elif media_type in ("message/rfc822", "message/global"):
                part.parts = self._message_in(part, depth)
        return part

    def _headers(self, start: int, end: int) -> tuple[Headers, int]:
        """The header and where the content begins; all is content where there is no field."""
        blank = _BLANK.search(self.buffer, max(start - 1, 0), end)
        if blank is None:
            # Either a header without content, or content without a header.
            cut, body = end, end
        elif blank.start() <= start and not self.buffer[start : blank.start()]:
            return Headers([]), blank.end()
        else:
            cut, body = blank.start(), blank.end()
        if not _FIELD.match(self.buffer, start, end):
            return Headers([]), start
        return read_headers(self.buffer[start : min(cut, start + LARGEST_HEADER)]), body

    def _within(self, part: Part, depth: int) -> list[Part]:
        boundary = part.headers.parameter("content-type", "boundary").encode("utf-8", "replace")
        found = self._delimiters(boundary, part) if boundary else []
        if not found and (guess := _GUESS.match(self.buffer, part.start, part.end)):
            found = self._delimiters(guess[1], part)
        default = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
        parts = []
        for place, (_, begin, closing) in enumerate(found):
            if closing or self.left <= 0:
                break
            end = found[place + 1][0] if place + 1 < len(found) else part.end
            parts.append(self.part(begin, end, depth + 1, default))
        return parts

    def _delimiters(self, boundary: bytes, part: Part) -> list[tuple[int, int, bool]]:
        """Where each delimiter line begins, where it ends, and whether it closes."""
        line = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\n|\Z)", re.MULTILINE)
        return [
            (max(match.start() - 1, part.start), match.end(), match[1] is not None)
            for match, _ in zip(
                line.finditer(self.buffer, part.start, part.end), range(MOST_PARTS), strict=False
            )
        ]

    def _message_in(self, part: Part, depth: int) -> list[Part]:
        encoding = part.headers.get("content-transfer-encoding").lower()
        if encoding in ("base64", "quoted-printable"):
            inner = _Reading(with_line_feeds(part.content()))
            inner.left = self.left
            start = _after_envelope(inner.buffer)
            found = inner.part(start, len(inner.buffer), depth + 1, "text/plain")
            self.left = inner.left
            return [found]
        start = part.start
        while self.buffer.startswith(b"\n", start) and start < part.end:
            start += 1
        return [self.part(start, part.end, depth + 1, "text/plain")]


def _media_type(headers: Headers, default: str) -> str:
    value = headers.get("content-type").partition(";")[0].strip().lower()
    if re.fullmatch(r"[\w.+-]{1,80}/[\w.+-]{1,120}", value):
        return value
    # What names no type is plain text (RFC 2045, 5.2), unless the container says otherwise.
    return "text/plain" if value else default
