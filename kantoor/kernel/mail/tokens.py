"""Tokens in addresses: `desk+c3z.7.k2h…@example.org` says what a reply is about, and is signed.

It is written in letters and digits that survive every mail program, without regard to case.
"""

import base64
import hmac
import re
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kantoor.kernel.record.keyring import secrets

_TOKEN = re.compile(r"([a-z])([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.([a-z2-7]{16})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Thread:
    """What a token names: a kind of thing by its letter, the thing, and who was written to."""

    letter: str
    thing: int
    person: int


def reply_address(address: str, company_id: int, thread: Thread) -> str:
    """Our address with the token in it (RFC 5233's subaddress)."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}+{token(company_id, thread)}@{domain}"


def token(company_id: int, thread: Thread) -> str:
    """The token: letter and numbers in base 36, and 80 bits of HMAC-SHA-256 over them."""
    said = f"{thread.letter}{_base36(thread.thing)}.{_base36(thread.person)}"
    return f"{said}.{_signed(company_id, said)}"


def thread_of(address: str, company_id: int) -> Thread | None:
    """What the token in an address names, if there is one and it is ours."""
    local = address.rpartition("@")[0].lower()
    found = _TOKEN.fullmatch(local.rpartition("+")[2])
    if found is None:
        return None
    said = f"{found[1]}{found[2]}.{found[3]}"
    if not hmac.compare_digest(found[4], _signed(company_id, said)):
        return None
    return Thread(found[1], int(found[2], 36), int(found[3], 36))


def _signed(company_id: int, said: str) -> str:
    digest = hmac.digest(_key(secrets().sealing), f"{company_id} {said}".encode(), "sha256")
    return base64.b32encode(digest[:10]).decode().lower()


@cache
def _key(sealing: bytes) -> bytes:
    kdf = HKDF(hashes.SHA256(), 32, salt=None, info=b"kantoor mail tokens v1")
    return kdf.derive(sealing)


def _base36(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = _DIGITS[rest] + text
    return text or "0"
