"""Append acts to the record: their changes, their leaves, and the new head, in one go."""

import hmac
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from kantoor.kernel.actions.unit import Act, Unit
from kantoor.kernel.record.bodies import bodies_of_touched
from kantoor.kernel.record.canonical import (
    CHANGES_BITS,
    VERSION,
    ChangeRow,
    changes_hash,
    leaf_hash,
)
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.record.merkle import Frontier
from kantoor.kernel.record.models import Change, Head, Record
from kantoor.kernel.store.bulk import write_rows
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.tables import encode


def append(unit: Unit) -> int:
    """Write the unit's acts to the record; returns the sequence number of the outer act."""
    for act in unit.acts:
        for model, noted in act.touched.items():
            act.changes.extend(bodies_of_touched(noted, model))
    # Taken last, so that others may work until here: from now on writers stand in line.
    head = _take_head()
    first = head.size + 1
    records = []
    changes: list[tuple[Any, ...]] = []
    frontier = Frontier.from_bytes(head.frontier)
    for n, act in enumerate(unit.acts):
        assert len(act.changes) < 1 << CHANGES_BITS, "too many changes for one act; use batches"
        following = (first + n) << CHANGES_BITS
        rows = [ChangeRow(following + k, first + n, *each) for k, each in enumerate(act.changes)]
        cause = act.cause or (f"record:{first + act.parent}" if act.parent is not None else "")
        header = _header(first + n, act, "done", "", cause, changes_hash(rows))
        records.append((*header[1:2], header[0], *header[2:], leaf := leaf_hash(header)))
        frontier.append(leaf)
        changes.extend(rows)
    _store(head, frontier, records, changes)
    return first


def append_refusal(act: Act, code: str) -> int:
    """Write a refused action to the record; it changed nothing."""
    head = _take_head()
    frontier = Frontier.from_bytes(head.frontier)
    header = _header(head.size + 1, act, "refused", code, act.cause, changes_hash([]))
    leaf = leaf_hash(header)
    frontier.append(leaf)
    _store(head, frontier, [(header[1], header[0], *header[2:], leaf)], [])
    return head.size + 1


def _header(
    seq: int, act: Act, outcome: str, code: str, cause: str, changes: bytes
) -> tuple[Any, ...]:
    at = time.time_ns() // 1000
    who = (act.company_id, act.actor_id)
    return (VERSION, seq, at, *who, act.action, outcome, code, act.about, cause, act.request, changes)  # fmt: skip


class _Head(NamedTuple):
    size: int
    frontier: bytes


def _take_head() -> _Head:
    """The present head, locked until the commit; a head that was tampered with stops the work."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    found = run(
        f"SELECT size, frontier, root, seal FROM kernel_head WHERE id = 1{lock}"  # noqa: S608
    )
    if not found:
        empty = Frontier()
        write_rows(Head, [_head_row(0, empty)])
        return _Head(0, empty.to_bytes())
    size, frontier, root, seal = found[0]
    expected = seal_of(size, bytes(frontier), bytes(root))
    assert hmac.compare_digest(expected, bytes(seal)), "the head of the record was tampered with"
    return _Head(size, bytes(frontier))


def seal_of(size: int, frontier: bytes, root: bytes) -> bytes:
    """HMAC over a head: nobody without the key can put another head in its place."""
    text = encode(["kantoor head", size, frontier, root])
    return hmac.digest(secrets().sealing, text, "sha256")


def _head_row(size: int, frontier: Frontier) -> tuple[Any, ...]:
    state, root = frontier.to_bytes(), frontier.root()
    return (1, size, state, root, seal_of(size, state, root))


def _store(
    head: _Head,
    frontier: Frontier,
    records: Sequence[tuple[Any, ...]],
    changes: Sequence[tuple[Any, ...]],
) -> None:
    write_rows(Record, records)
    if changes:
        write_rows(Change, changes)
    row = _head_row(head.size + len(records), frontier)
    run(
        "UPDATE kernel_head SET size = %s, frontier = %s, root = %s, seal = %s WHERE id = 1",
        row[1:],
    )
