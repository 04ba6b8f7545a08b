"""Bytes of a file in blocks, plain or unpacked from gzip, in memory that does not grow with it."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.problems import Broken
from kantoor.kernel.system_errors import why

BLOCK_BYTES = 1 << 18
GZIP_MAGIC = b"\x1f\x8b"

_GZIP_FORMAT = 31
"""zlib's number for gzip with its header and check sum."""


def blocks(path: Path) -> Iterator[bytes]:
    """The content, at most BLOCK_BYTES at a time; gzip is known by how it begins.

    Raises Broken when the file cannot be opened or read to its end.
    """
    try:
        with path.open("rb", buffering=0) as file:
            start = file.read(BLOCK_BYTES)
            if start.startswith(GZIP_MAGIC):
                yield from _unpacked(start, file)
            else:
                yield from _rest(start, file)
    except OSError as reason:
        raise Broken(
            "file.unreadable", _("The file cannot be read: {reason}."), reason=why(reason)
        ) from reason


def _rest(block: bytes, file: BinaryIO) -> Iterator[bytes]:
    while block:
        yield block
        block = file.read(BLOCK_BYTES)


def _unpacked(packed: bytes, file: BinaryIO) -> Iterator[bytes]:
    """One gzip member after another; a block never grows beyond its size, whatever it unpacks to."""
    member = zlib.decompressobj(_GZIP_FORMAT)
    while packed:
        try:
            block = member.decompress(packed, BLOCK_BYTES)
        except zlib.error as reason:
            raise Broken("gzip.damaged", _("The gzip file is damaged. Send it again.")) from reason
        if block:
            yield block
        packed = member.unconsumed_tail or member.unused_data or file.read(BLOCK_BYTES)
        if member.eof and (packed := _without_padding(packed, file)):
            member = zlib.decompressobj(_GZIP_FORMAT)
    if not member.eof:
        raise Broken(
            "gzip.truncated",
            _("The gzip file ends too early: a part of it is missing. Send it again."),
        )


def _without_padding(packed: bytes, file: BinaryIO) -> bytes:
    """Zeros after a member only fill up the block of a tape or a disk (RFC 1952, like gzip)."""
    while packed and not packed.strip(b"\0"):
        packed = file.read(BLOCK_BYTES)
    return packed.lstrip(b"\0")
