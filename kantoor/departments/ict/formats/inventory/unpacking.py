"""Unpack what an agent sent: zlib, gzip or plain, never more than we take."""

import zlib

LARGEST_PACKED = 20 * 2**20
"""The largest body or file that is taken, in bytes."""
LARGEST = 48 * 2**20
"""The largest inventory after unpacking, in bytes; beyond it is a bomb or a mistake."""
GZIP = b"\x1f\x8b"


class TooMuch(Exception):
    """It is, or unpacks to, more than we take."""


class Broken(Exception):
    """It is packed, but can't be unpacked."""


def unpacked(body: bytes) -> bytes:
    """The bytes as they were before packing. Raises TooMuch, Broken.

    What it is says itself by its first bytes: agents announce `application/x-compress-zlib` and
    `-gzip`, but proxies and scripts often change that.
    """
    if len(body) > LARGEST_PACKED:
        raise TooMuch
    if body.startswith(GZIP):
        return _inflate(body, 16 + zlib.MAX_WBITS)
    if _is_zlib(body):
        return _inflate(body, zlib.MAX_WBITS)
    return body


def _is_zlib(body: bytes) -> bool:
    """Whether it begins with a header of RFC 1950: method 8, and a check on two bytes."""
    return len(body) > 2 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0


def _inflate(body: bytes, form: int) -> bytes:
    machine = zlib.decompressobj(form)
    try:
        plain = machine.decompress(body, LARGEST + 1)
    except zlib.error as error:
        raise Broken(str(error)) from None
    if len(plain) > LARGEST:
        raise TooMuch
    if not machine.eof:
        raise Broken("it breaks off")
    return plain


def beginning(body: bytes, most: int = 64) -> bytes:
    """The first bytes, unpacked as far as that goes."""
    form = 16 + zlib.MAX_WBITS if body.startswith(GZIP) else zlib.MAX_WBITS
    if not body.startswith(GZIP) and not _is_zlib(body):
        return body[:most]
    try:
        return zlib.decompressobj(form).decompress(body, most)
    except zlib.error:
        return b""
