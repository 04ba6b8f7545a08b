"""The lines of a file, plain or gzip, decoded one by one so that a bad byte has its line."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.system_errors import why

LONGEST_LINE = 1024 * 1024
"""Bytes; a longer line is no table."""
GZIP = b"\x1f\x8b"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
BOM = b"\xef\xbb\xbf"


def text_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file with their ends; raises InvalidInput with the line."""
    try:
        with _opened(path) as file:
            number = 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                yield _decoded(line, number)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        damaged = _("The gzip file is damaged, or a part of it is missing.")
        raise InvalidInput(damaged, field="file") from None
    except OSError as error:
        message = _("The file can't be read: {why}.").format(why=why(error))
        raise InvalidInput(message, field="file") from None


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file as it lies there, in hexadecimal; raises InvalidInput."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        message = _("The file can't be read: {why}.").format(why=why(error))
        raise InvalidInput(message, field="file") from None


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        begins = file.read(2)
    if begins == GZIP:
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def _decoded(line: bytes, number: int) -> str:
    if number == 1:
        if line.startswith(UTF16):
            raise _not_utf8(number)
        line = line.removeprefix(BOM)
    if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
        raise InvalidInput(_("This line is too long for a table."), line=number)
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise _not_utf8(number) from None


def _not_utf8(number: int) -> InvalidInput:
    return InvalidInput(_("This is not UTF-8; save the file as “CSV UTF-8”."), line=number)
