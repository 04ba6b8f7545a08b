"""The heads of the record: the present one with its seal, those signed, and those handed out."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kantoor.kernel.record import heads
from kantoor.kernel.record.append import seal_of
from kantoor.kernel.record.heads import HeadUnreadable
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.record.verifiers import parse_verifier
from kantoor.kernel.record.verify.chain import Chain, Checkpoint
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.store.stream import stream

Found = Callable[[Fault], None]


@dataclass
class Head:
    """The row of `kernel_head` as it is."""

    size: Any
    frontier: Any
    root: Any
    sealed: bool
    """Whether the seal is ours, so that the rest can be believed."""


def present_head(found: Found) -> Head | None:
    """Read the head and check its seal."""
    head = None
    rows = stream("SELECT id, size, frontier, root, seal FROM kernel_head ORDER BY id")
    for key, size, frontier, root, seal in rows:
        if key != 1:
            found(Fault("record", f"kernel_head row {key}", "there is only one head, row 1"))
            continue
        head = Head(size, frontier, root, _sealed(size, frontier, root, seal))
        if not head.sealed:
            found(
                Fault("record", "kernel_head row 1", "was changed: its seal isn't of what it says")
            )
    return head


def _sealed(size: Any, frontier: Any, root: Any, seal: Any) -> bool:
    if not isinstance(seal, bytes):
        return False
    return hmac.compare_digest(seal_of(size, frontier, root), seal)


def head_fits(head: Head | None, chain: Chain, found: Found) -> None:
    """Compare the head with what the record itself adds up to."""

    def differs(column: str, what: str) -> None:
        found(Fault("record", f"kernel_head row 1 column {column}", what))

    if head is None:
        if chain.records:
            found(Fault("record", "kernel_head row 1", "is missing"))
        return
    if not chain.whole:
        return  # Rows of the record are missing; they are named, and the rest can't be computed.
    if head.size != chain.size:
        differs("size", f"is {head.size}, but the record has {chain.size} rows")
        return
    if head.root not in chain.roots():
        differs("root", "isn't the root of the tree over the record's rows")
    frontiers = [f.to_bytes() for f in (chain.computed, chain.stored) if f is not None]
    if head.frontier not in frontiers:
        differs("frontier", "isn't the frontier of the tree over the record's rows")


def signed_heads(found: Found) -> list[Checkpoint]:
    """Check each signed head by itself; gives what is to be asked at its size."""
    sql = "SELECT id, size, root, at, key_id, note FROM kernel_signed_head ORDER BY id"
    points = [_signed_head(found, *row) for row in stream(sql)]
    return [point for point in points if point is not None]


def _signed_head(
    found: Found, key: Any, size: Any, root: Any, at: Any, key_id: Any, note: Any
) -> Checkpoint | None:
    where = f"kernel_signed_head row {key}"
    try:
        head = heads.parse(str(note))
    except HeadUnreadable as reason:
        found(Fault("heads", f"{where} column note", f"is no signed head: {reason}"))
        return None
    if not head.verify(secrets().public):
        found(Fault("heads", f"{where} column note", "isn't signed by this installation's key"))
    said = {"size": head.size, "root": head.root, "at": head.at, "key_id": head.key_id}
    for column, value in {"size": size, "root": root, "at": at, "key_id": key_id}.items():
        if value != said[column]:
            found(Fault("heads", f"{where} column {column}", "isn't what the signed note says"))
    return head.size, _expect(found, where, head.size, head.root)


def _expect(found: Found, where: str, size: int, root: bytes) -> Callable[..., None]:
    def compare(roots: tuple[bytes, ...]) -> None:
        if not roots:
            found(Fault("heads", where, f"is of {size} acts, which the record no longer has"))
        elif root not in roots:
            what = f"the record's first {size} acts are not those that were signed"
            found(Fault("heads", where, what))

    return compare


def handed_out(notes: Sequence[str], verifier: str, found: Found) -> list[Checkpoint]:
    """Heads that were handed out, to be compared with the record as it is now.

    `verifier` is the public key they were signed with, as an auditor has it; when empty it is the
    key in the data folder.
    """
    points = []
    for number, note in enumerate(notes, 1):
        where = f"head {number}" if len(notes) > 1 else "head"
        try:
            head = heads.parse(note)
            genuine = head.verify(_key(verifier))
        except HeadUnreadable as reason:
            found(Fault("against", where, f"is no signed head: {reason}"))
            continue
        if not genuine:
            found(Fault("against", where, "isn't signed by the key of this record"))
            continue
        points.append((head.size, _against(found, f"{where} of {head.size} acts", head)))
    return points


def _key(verifier: str) -> Ed25519PublicKey:
    return parse_verifier(verifier)[1] if verifier else secrets().public


def _against(found: Found, where: str, head: heads.SignedHead) -> Callable[..., None]:
    def compare(roots: tuple[bytes, ...]) -> None:
        if not roots:
            found(Fault("against", where, "the record has fewer acts: its end was cut off"))
        elif roots[0] != head.root:
            found(Fault("against", where, "the record was rewritten after this head was made"))

    return compare
