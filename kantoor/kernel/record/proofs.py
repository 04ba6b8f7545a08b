"""Proofs for an auditor: that an act stands in the record, and that the record only grew.

They are checked without Kantoor, with `auditor.py` beside this file or any implementation of
RFC 9162. Hashes are in hexadecimal.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import query
from kantoor.kernel.record.merkle import consistency_path, inclusion_path, root_of
from kantoor.kernel.record.models import SignedHead
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.stream import stream

READ = "kernel.read_record"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """The leaf itself, field by field in its order; `request` and `changes` in hexadecimal."""

    version: int
    seq: int
    at: int
    company: int | None
    actor: int | None
    action: str
    outcome: str
    code: str
    about: str
    cause: str
    request: str
    changes: str


class InclusionProof(msgspec.Struct, frozen=True, kw_only=True):
    """That an act is number `seq` of the record of `size` acts with this root."""

    kind: str = "kantoor inclusion proof v1"
    entry: Entry
    seq: int
    size: int
    root: str
    path: list[str]
    head: str
    """The signed head of that size, when there is one."""


class ConsistencyProof(msgspec.Struct, frozen=True, kw_only=True):
    """That the record of `old_size` acts is the beginning of that of `size` acts."""

    kind: str = "kantoor consistency proof v1"
    old_size: int
    old_root: str
    size: int
    root: str
    path: list[str]
    old_head: str
    head: str


def as_json(proof: InclusionProof | ConsistencyProof) -> bytes:
    """The proof as it is handed to an auditor."""
    return msgspec.json.format(msgspec.json.encode(proof))


@query(permission=READ, title=_("Proof of an act"), exposed=True)
def inclusion_proof(actor: Actor, /, *, seq: int, size: int | None = None) -> InclusionProof:
    """Prove that an act of the actor's company stands in the record.

    `size` is of the record to prove it in: the last signed head that has the act, when not given.
    Raises NotFound or InvalidInput.
    """
    row = run(
        "SELECT version, seq, at, company_id, actor_id, action, outcome, code, about, cause,"
        " request, changes FROM kernel_record WHERE seq = %s AND company_id = %s",
        [seq, actor.company_id],
    )
    if not row:
        raise NotFound(_("There is no such act in this company."), field="seq")
    end = size if size is not None else _signed_size(seq)
    _within(end, seq, _size(), "size")
    path = inclusion_path(seq - 1, end, _subtree)
    return InclusionProof(
        entry=_entry(row[0]),
        seq=seq,
        size=end,
        root=_subtree(0, end).hex(),
        path=_hex(path),
        head=_note(end),
    )


@query(permission=READ, title=_("Proof that the record only grew"), exposed=True)
def consistency_proof(
    actor: Actor, /, *, old_size: int, size: int | None = None
) -> ConsistencyProof:
    """Prove that the record of an earlier head is the beginning of the record as it is now."""
    end = size if size is not None else _signed_size(old_size)
    _within(end, 1, _size(), "size")
    _within(old_size, 1, end, "old_size")
    return ConsistencyProof(
        old_size=old_size,
        old_root=_subtree(0, old_size).hex(),
        size=end,
        root=_subtree(0, end).hex(),
        path=_hex(consistency_path(old_size, end, _subtree)),
        old_head=_note(old_size),
        head=_note(end),
    )


def _entry(row: Sequence[Any]) -> Entry:
    *plain, request, changes = row
    names = Entry.__struct_fields__
    values = [*plain, bytes(request).hex(), bytes(changes).hex()]
    return Entry(**dict(zip(names, values, strict=True)))


def _subtree(low: int, high: int) -> bytes:
    """The root over the acts from a position up to another; read in a stream, nothing is kept."""
    sql = "SELECT leaf FROM kernel_record WHERE seq > %s AND seq <= %s ORDER BY seq"
    return root_of(bytes(leaf) for (leaf,) in stream(sql, [low, high]))


def _size() -> int:
    found = run("SELECT size FROM kernel_head WHERE id = 1")
    return int(found[0][0]) if found else 0


def _signed_size(least: int) -> int:
    """The size of the last signed head that has this act, else that of the whole record."""
    found = SignedHead.objects.filter(size__gte=least).order_by("-size").first()
    return found.size if found is not None else _size()


def _note(size: int) -> str:
    return SignedHead.objects.filter(size=size).values_list("note", flat=True).first() or ""


def _hex(path: Sequence[bytes]) -> list[str]:
    return [step.hex() for step in path]


def _within(number: int, low: int, high: int, field: str) -> None:
    if not low <= number <= high:
        message = _("Give a number from {low} to {high}.").format(low=low, high=high)
        raise InvalidInput(message, field=field)
