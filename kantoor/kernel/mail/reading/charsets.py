"""Bytes that say which character set they are in, and may be wrong about it."""

import codecs
import re

_NOT_FOR_MAIL = frozenset(
    # Slow for long input (punycode, idna), or an escape of programs rather than a charset.
    {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_OFTEN_MEANT = {"us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252"}
"""What a name is mostly used for: Windows' letters under the name of ISO 8859-1."""


def text_of(content: bytes, charset: str = "") -> str:
    """The text, by the charset named, else UTF-8, else Windows-1252; never an error.

    What no database holds (NUL, half characters) and other control characters are left out.
    """
    return _CONTROL.sub("", _decoded(content, charset.strip().strip("\"'").lower()))


def _decoded(content: bytes, charset: str) -> str:
    for name in (_OFTEN_MEANT.get(charset, charset), "utf-8"):
        if not name or not _usable(name):
            continue
        try:
            return content.decode(name)
        except (UnicodeError, ValueError):
            continue
    if _usable(charset) and charset not in _OFTEN_MEANT and charset not in ("utf-8", "utf8"):
        try:
            return content.decode(charset, "replace")
        except (UnicodeError, ValueError):
            return content.decode("latin-1")
    # UTF-8 with a damaged place stays that; where most letters are broken it never was.
    text = content.decode("utf-8", "replace")
    foreign = sum(not letter.isascii() for letter in text)
    return text if text.count("\ufffd") * 5 < foreign else content.decode("cp1252", "replace")


def _usable(name: str) -> bool:
    try:
        "".encode(name)  # raises for what is no encoding of text, too
        return codecs.lookup(name).name.replace("-", "_") not in _NOT_FOR_MAIL
    except (LookupError, ValueError):
        return False
