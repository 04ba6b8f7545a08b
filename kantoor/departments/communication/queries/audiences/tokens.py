"""Tokens for people who don't sign in: who may stop mail, set what they get, or confirm an address.

A token is AES-SIV (RFC 5297) over what it says, under a key outside the database: nobody can make
one for another address, read one, or use one for what it was not made for. The same words give
the same token, so that a link stays what it was in every mail.
"""

import base64
import binascii
from functools import cache
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from kantoor.departments.communication.recipients import Recipient
from kantoor.kernel.record.keyring import secrets

S = TypeVar("S", bound=msgspec.Struct)
KEY_BYTES = 64
LONGEST = 700
"""Characters of the longest token that is looked at."""
STOP, CONFIRM = b"kantoor stop mail v1", b"kantoor confirm address v1"


class Stop(msgspec.Struct, frozen=True, array_like=True):
    """Whose mail may be stopped: the address it went to, and its party; for a purpose or at all."""

    company: int
    purpose: str
    address: str
    party: int | None = None


class Confirm(msgspec.Struct, frozen=True, array_like=True):
    """Which sign-up is confirmed."""

    company: int
    sign_up: int


def unsubscribe_address(company_id: int, recipient: Recipient, purpose: str) -> str:
    """Where a recipient stops mail for a purpose, empty for all mail of the company.

    One POST without sign-in does it (RFC 8058); a GET shows a page with a button. It begins with
    the address of the installation (`KANTOOR_ADDRESS`), and is a path alone where that is not set.
    """
    said = Stop(company_id, purpose, recipient.address, recipient.party)
    return f"{settings.ADDRESS}/communication/unsubscribe/{stop_token(said)}"


def preferences_address(company_id: int, recipient: Recipient) -> str:
    """Where a recipient sets which mail they get, without sign-in."""
    said = Stop(company_id, "", recipient.address, recipient.party)
    return f"{settings.ADDRESS}/communication/preferences/{stop_token(said)}"


def stop_token(said: Stop) -> str:
    """The token that lets its holder stop mail."""
    return _sealed(said, STOP)


def read_stop(token: str) -> Stop | None:
    """What such a token says; None for one that we did not make."""
    return _opened(token, STOP, Stop)


def confirm_token(said: Confirm) -> str:
    """The token that only goes to the address that is to be confirmed."""
    return _sealed(said, CONFIRM)


def read_confirm(token: str) -> Confirm | None:
    """What such a token says; None for one that we did not make."""
    return _opened(token, CONFIRM, Confirm)


def _sealed(said: msgspec.Struct, use: bytes) -> str:
    text = _cipher(secrets().sealing, use).encrypt(msgspec.msgpack.encode(said), [use])
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def _opened(token: str, use: bytes, kind: type[S]) -> S | None:
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        text = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        plain = _cipher(secrets().sealing, use).decrypt(text, [use])
        return msgspec.msgpack.decode(plain, type=kind)
    except (binascii.Error, InvalidTag, ValueError, msgspec.MsgspecError):
        return None


@cache
def _cipher(sealing: bytes, use: bytes) -> AESSIV:
    kdf = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=use)
    return AESSIV(kdf.derive(sealing))
