"""Compressing what is mostly a few hundred bytes, in the form of zlib."""

import zlib

SMALL = 4096
"""Bytes up to which a window of 12 bits sees everything. The usual one makes 256 kB of memory
ready at each call, and that takes longer than the compressing."""


def packed(content: bytes, level: int) -> bytes:
    """The content compressed; `zlib.decompress` reads it."""
    if len(content) > SMALL:
        return zlib.compress(content, level)
    compressor = zlib.compressobj(level, zlib.DEFLATED, 12, 5)
    return compressor.compress(content) + compressor.flush()
