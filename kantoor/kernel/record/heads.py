"""Signed heads of the record, in a form that can be printed, mailed and kept elsewhere.

The form is a C2SP checkpoint (tlog-checkpoint, a signed-note): origin, size and root, each on a
line, then one line of ours with the version and the moment, a blank line, and the signature.

    kantoor/5b1f0c2e9a7d4433
    225438
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    kantoor-head v1 2026-11-24T02:00:00.000000Z

    — kantoor/5b1f0c2e9a7d4433 Az3grl…AYQ8=
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError
from kantoor.kernel.record.merkle import HASH_BYTES
from kantoor.kernel.record.verifiers import key_id

VERSION = 1
SIGNATURE_BYTES = 64
KEY_ID_BYTES = 4
TEXT_LIMIT = 128 * 1024
"""Characters; room for the sixteen signatures, of whatever kind, that signed-note asks for."""
SIZE_LIMIT = 1 << 63

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_STAMP = re.compile(r"kantoor-head v(\d{1,4}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)", re.ASCII)
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}")
_BODY_LINES = 4


class HeadUnreadable(DomainError):
    """The text is no signed head, or it was damaged on the way; `place.line` says where."""

    code = "head.unreadable"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """What the record was at a moment: its size and root, and who says so.

    `at` is in microseconds since 1970-01-01 UTC; `key_id` is 8 hexadecimal digits.
    """

    origin: str
    size: int
    root: bytes
    at: int
    key_id: str
    signature: bytes
    version: int = VERSION

    def text(self) -> str:
        """The head as it is handed out; `parse` reads it back."""
        signed = bytes.fromhex(self.key_id) + self.signature
        return f"{self._body()}\n— {self.origin} {_base64(signed)}\n"

    def verify(self, key: Ed25519PublicKey) -> bool:
        """Whether this key signed exactly this."""
        if self.version != VERSION or self.key_id != key_id(self.origin, key):
            return False
        try:
            key.verify(self.signature, self._body().encode())
        except InvalidSignature:
            return False
        return True

    def _body(self) -> str:
        return _body(self.origin, self.size, self.root, self.at, self.version)


def sign(key: Ed25519PrivateKey, *, origin: str, size: int, root: bytes, at: int) -> SignedHead:
    """Sign a head. The caller sees to it that a record's heads never contradict each other."""
    assert _NAME.fullmatch(origin)
    assert 0 <= size < SIZE_LIMIT
    assert at >= 0
    assert len(root) == HASH_BYTES
    signature = key.sign(_body(origin, size, root, at, VERSION).encode())
    return SignedHead(origin, size, root, at, key_id(origin, key.public_key()), signature)


def parse(text: str) -> SignedHead:
    """Read one head; says nothing of whether it is genuine (`verify`).

    Line ends of any system and blank space around it are forgiven, since heads travel by mail.
    Signatures of others under the same head are passed over, as signed-note asks.
    Raises HeadUnreadable.
    """
    if len(text) > TEXT_LIMIT:
        raise HeadUnreadable(_("This is too long for a signed head."))
    lines = text.replace("\r\n", "\n").strip().split("\n")
    if len(lines) < _BODY_LINES + 2 or lines[_BODY_LINES]:
        raise HeadUnreadable(
            _("A signed head has four lines, a blank line and a signature. Copy it as a whole.")
        )
    origin = _parse_origin(lines[0])
    size = _parse_size(lines[1])
    root = _parse_root(lines[2])
    version, at = _parse_stamp(lines[3])
    key, signature = _parse_signatures(lines[_BODY_LINES + 1 :], origin)
    return SignedHead(origin, size, root, at, key, signature, version)


def _body(origin: str, size: int, root: bytes, at: int, version: int) -> str:
    moment = (_EPOCH + timedelta(microseconds=at)).strftime(_MOMENT)
    return f"{origin}\n{size}\n{_base64(root)}\nkantoor-head v{version} {moment}\n"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unbase64(text: str) -> bytes | None:
    """The bytes, or None unless the text is just how they are written."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if _base64(data) == text else None


def _refuse(line: int, message: Promise) -> HeadUnreadable:
    return HeadUnreadable(message, line=line)


def _parse_origin(line: str) -> str:
    if not _NAME.fullmatch(line):
        raise _refuse(1, _("The first line names the record, without spaces."))
    return line


def _parse_size(line: str) -> int:
    digits = line.isascii() and line.isdigit() and len(line) < 20
    if not digits or str(int(line)) != line or int(line) >= SIZE_LIMIT:
        raise _refuse(2, _("The second line is the number of records, a whole number."))
    return int(line)


def _parse_root(line: str) -> bytes:
    root = _unbase64(line)
    if root is None or len(root) != HASH_BYTES:
        raise _refuse(3, _("The third line is the root, 44 characters in base64."))
    return root


def _parse_stamp(line: str) -> tuple[int, int]:
    """The version and the moment in microseconds."""
    try:
        if found := _STAMP.fullmatch(line):
            moment = datetime.strptime(found[2], _MOMENT).replace(tzinfo=UTC)
            version, at = int(found[1]), (moment - _EPOCH) // timedelta(microseconds=1)
            if at < 0:
                raise ValueError("before 1970")
            if version == VERSION:
                return version, at
            raise _refuse(4, _("This head has a newer form than this Kantoor can read."))
    except ValueError:
        pass
    raise _refuse(4, _("The fourth line is the form and the moment of the head."))


def _parse_signatures(lines: Sequence[str], origin: str) -> tuple[str, bytes]:
    """The key and the signature on the line in the record's own name."""
    first = _BODY_LINES + 2
    for number, line in enumerate(lines, first):
        dash, name, encoded, *rest = [*line.split(" "), "", "", ""]
        signed = _unbase64(encoded)
        if dash != "—" or any(rest) or signed is None or not _NAME.fullmatch(name):
            raise _refuse(number, _("A signature is a dash, a name and a text in base64."))
        if name == origin and len(signed) == KEY_ID_BYTES + SIGNATURE_BYTES:
            return signed[:KEY_ID_BYTES].hex(), signed[KEY_ID_BYTES:]
    raise _refuse(first, _("The record's own signature is missing."))
