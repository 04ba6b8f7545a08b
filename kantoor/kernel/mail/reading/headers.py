"""The header of a message or a part: its fields in order, decoded, bounded (RFC 5322, RFC 2047)."""

import binascii
import re
from collections.abc import Iterator
from email.message import Message as Parameters

from kantoor.kernel.mail.reading.charsets import text_of

MOST_FIELDS = 1000
LARGEST_HEADER = 512 * 1024
LONGEST_FIELD = 64 * 1024
LONGEST_PARAMETERS = 8 * 1024
"""Beyond these a header is cut: nobody writes such, and each would cost time."""

_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*(.*)", re.DOTALL)
_WORD = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")
_SPACE = re.compile(r"\s+")


class Headers:
    """The fields of a header. Names are compared without regard to case."""

    __slots__ = ("fields",)

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self.fields = fields

    def get(self, name: str) -> str:
        """The first field of that name, encoded words decoded, on one line; empty if none."""
        return next(self._all(name), "")

    def all(self, name: str) -> list[str]:
        """Every field of that name, likewise."""
        return list(self._all(name))

    def raw(self, name: str) -> str:
        """The first field of that name with its encoded words as they came."""
        wanted = name.lower()
        return next((value for each, value in self.fields if each == wanted), "")

    def __contains__(self, name: str) -> bool:
        wanted = name.lower()
        return any(each == wanted for each, _ in self.fields)

    def _all(self, name: str) -> Iterator[str]:
        wanted = name.lower()
        return (decoded_words(value) for each, value in self.fields if each == wanted)

    def parameter(self, name: str, parameter: str) -> str:
        """A parameter of a field (`boundary` of Content-Type), also split up as in RFC 2231."""
        value = self.raw(name)[:LONGEST_PARAMETERS]
        if parameter.lower() not in value.lower():
            return ""
        holder = Parameters()
        holder[name] = value.replace("\n", " ").replace("\r", " ")
        try:
            found = holder.get_param(parameter, "", name)
        except (LookupError, ValueError, UnicodeError):
            return ""
        if isinstance(found, tuple):
            charset, _language, text = found
            found = text_of(text.encode("latin-1", "replace"), charset or "")
        return decoded_words(str(found or ""))


def read_headers(block: bytes) -> Headers:
    """The fields of a header block with LF line ends; lines that are no fields are passed over."""
    fields: list[tuple[str, str]] = []
    for line in _unfolded(block[:LARGEST_HEADER]):
        if found := _NAME.match(line[:LONGEST_FIELD]):
            fields.append((found[1].decode("ascii").lower(), text_of(found[2]).strip()))
            if len(fields) == MOST_FIELDS:
                break
    return Headers(fields)


def _unfolded(block: bytes) -> Iterator[bytes]:
    pieces: list[bytes] = []
    for line in block.split(b"\n"):
        if line[:1] in (b" ", b"\t") and pieces:
            pieces.append(line)
            continue
        if pieces:
            yield b"\n".join(pieces)
        pieces = [line]
    if pieces:
        yield b"\n".join(pieces)


def decoded_words(value: str) -> str:
    """A field's value on one line, its encoded words (RFC 2047) decoded.

    Neighbours of one charset are joined before they are decoded: a character may be cut in two.
    """
    if "=?" not in value:
        return _SPACE.sub(" ", value).strip()
    joined = _BETWEEN.sub(r"\1", value)
    parts: list[str | tuple[str, bytes]] = []
    at = 0
    for word in _WORD.finditer(joined):
        if word.start() > at:
            parts.append(joined[at : word.start()])
        charset, content = word[1].partition("*")[0].lower(), _content(word[2], word[3])
        last = parts[-1] if parts else ""
        if isinstance(last, tuple) and last[0] == charset:
            parts[-1] = (charset, last[1] + content)
        else:
            parts.append((charset, content))
        at = word.end()
    parts.append(joined[at:])
    text = "".join(p if isinstance(p, str) else text_of(p[1], p[0]) for p in parts)
    return _SPACE.sub(" ", text).strip()


def _content(encoding: str, text: str) -> bytes:
    content = text.encode("ascii", "ignore")
    if encoding in "bB":
        return from_base64(content)
    return binascii.a2b_qp(content, header=True)


_BASE64 = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
_NOT_BASE64 = bytes(set(range(256)) - _BASE64)


def from_base64(content: bytes) -> bytes:
    """What base64 holds, whatever stands between its letters; a broken end is left off."""
    letters = content.translate(None, _NOT_BASE64)
    usable = len(letters) - (len(letters) % 4 == 1)
    return binascii.a2b_base64(letters[:usable] + b"=" * (-usable % 4))
