"""What both syntaxes are written with: elements as text, in the order they are asked for."""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from xml.sax.saxutils import escape

# What XML 1.0 can't hold at all, such as control characters pasted from elsewhere.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


class Writer:
    """Writes elements; those without content are left out."""

    def __init__(self) -> None:
        self.parts: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>\n']

    def leaf(self, name: str, value: object, /, **attributes: str) -> None:
        """An element with text; nothing where there is none."""
        if value is None or value == "":
            return
        self.parts.append(f"<{name}{_attributes(attributes)}>{_text(value)}</{name}>")

    @contextmanager
    def group(self, name: str, /, **attributes: str) -> Iterator[None]:
        """An element with others in it; nothing where nothing was written in it."""
        self.parts.append(f"<{name}{_attributes(attributes)}>")
        before = len(self.parts)
        yield
        if len(self.parts) == before:
            self.parts.pop()
        else:
            self.parts.append(f"</{name}>")

    def bytes(self) -> bytes:
        """The document."""
        return "".join(self.parts).encode()


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(
        f' {name}="{escape(_IMPOSSIBLE.sub("", value), _QUOTED)}"'
        for name, value in attributes.items()
        if value
    )


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return escape(_IMPOSSIBLE.sub("", str(value)), {"\r": "&#13;"})
