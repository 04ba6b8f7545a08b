"""Read a bank's file whatever its form: told by its first bytes, plain or gzip, within bounds."""

import zlib

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.bank.camt import looks_like_camt, read_camt
from kantoor.departments.finance.formats.bank.model import BankFile, BankFileError
from kantoor.departments.finance.formats.bank.mt940 import looks_like_mt940, read_mt940
from kantoor.departments.finance.formats.bank.ofx import looks_like_ofx, read_ofx
from kantoor.departments.finance.formats.bank.table import read_table

LARGEST = 512 * 1024 * 1024
"""Bytes of a file once unpacked: a million entries as CAMT."""
HEAD = 16 * 1024


def read_bank_file(content: bytes, *, mapping: str = "") -> BankFile:
    """Read a statement file; `mapping` names the bank's CSV form, which is found out without it.

    Raises BankFileError, and nothing else, whatever the bytes.
    """
    content = _unpacked(content)
    if not content.strip():
        raise BankFileError("bank.empty", _("The file is empty."))
    if mapping:
        return read_table(content, mapping)
    head = content[:HEAD]
    if looks_like_camt(head):
        return read_camt(content)
    if looks_like_ofx(head):
        return read_ofx(content)
    if looks_like_mt940(head):
        return read_mt940(content)
    if head.lstrip()[:1] == b"<" or head[:2] in (b"<\0", b"\0<"):
        message = _("This XML is no CAMT message and no OFX.")
        raise BankFileError("bank.form", message)
    return read_table(content, "")


def _unpacked(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise BankFileError("bank.too_large", _("The file is larger than 512 MB."))
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        stream = zlib.decompressobj(wbits=31)
        plain = stream.decompress(content, LARGEST + 1)
    except zlib.error:
        message = _("The gzip file is damaged, or a part of it is missing.")
        raise BankFileError("bank.gzip", message) from None
    if len(plain) > LARGEST:
        raise BankFileError("bank.too_large", _("The file is larger than 512 MB."))
    if not stream.eof:
        message = _("The gzip file is damaged, or a part of it is missing.")
        raise BankFileError("bank.gzip", message)
    return plain
