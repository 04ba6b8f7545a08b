"""The canonical, versioned form of a record: what exactly enters the tree.

Version 1. A leaf is the MessagePack array
[version, seq, at, company, actor, action, outcome, code, about, cause, request, changes]
where `request` is HMAC-SHA-256 of the action's parameters under a key outside the database, and
`changes` is SHA-256 over the MessagePack list of the act's changes, each
[id, table, layout, operation, first_id, last_id, form, SHA-256(body)].
Rows with personal data stand in a body encrypted under a key for each person, so destroying the
key erases them and leaves every hash as it was.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from kantoor.kernel.store.tables import encode

VERSION = 1
CHANGES_BITS = 20
"""A change's key is its act's sequence number, then so many bits for its place in the act."""


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


def changes_hash(changes: Sequence[ChangeRow]) -> bytes:
    """What the leaf says of the rows written."""
    listed = [
        (c.id, c.tablename, c.layout, c.operation, c.first_id, c.last_id, c.form,
         hashlib.sha256(c.body).digest())
        for c in changes
    ]  # fmt: skip
    return hashlib.sha256(encode(listed)).digest()


def leaf_hash(header: Sequence[object]) -> bytes:
    """RFC 9162 2.1.1: SHA-256 of 0x00 and the entry."""
    return hashlib.sha256(b"\0" + encode(header)).digest()
