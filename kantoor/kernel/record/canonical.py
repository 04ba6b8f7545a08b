"""The canonical, versioned form of a record: what exactly enters the tree.

Version 1. A leaf is the MessagePack array
[version, seq, at, company, actor, action, outcome, code, about, cause, request, changes]
where `request` is HMAC-SHA-256 of the action's parameters under a key outside the database, and
`changes` is the hashes of the act's changes, one after another. A change's hash is SHA-256 of
the MessagePack array [id, table, layout, operation, first_id, last_id, form, SHA-256(body)].
Rows with personal data stand in a body encrypted under a key for each person, so destroying the
key erases them and leaves every hash as it was.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kantoor.kernel.store.tables import encode

VERSION = 1
CHANGES_BITS = 20
"""A change's key is its act's sequence number, then so many bits for its place in the act."""
CHANGE_BYTES = 32
"""The length of one change's hash in the `changes` of a record."""


class ChangeRow(NamedTuple):
    """A row of `kernel_change`, in the order of its columns."""

    id: int
    seq: int
    tablename: str
    layout: str
    operation: str
    first_id: int
    last_id: int
    form: str
    body: bytes


def change_hash(row: Sequence[object]) -> bytes:
    """What the leaf says of one change, given as a `ChangeRow`."""
    key, _, table, layout, operation, first, last, form, body = row
    sha256 = hashlib.sha256
    text = encode((key, table, layout, operation, first, last, form, sha256(body).digest()))  # type: ignore[arg-type]
    return sha256(text).digest()


def changes_hashes(changes: Iterable[ChangeRow]) -> bytes:
    """What the leaf says of the rows written: the hashes of its changes, in order.

    Each stands by itself, so that a change that was tampered with can be named.
    """
    return b"".join([change_hash(change) for change in changes])


def leaf_hash(header: Sequence[object]) -> bytes:
    """RFC 9162 2.1.1: SHA-256 of 0x00 and the entry."""
    return hashlib.sha256(b"\0" + encode(header)).digest()
