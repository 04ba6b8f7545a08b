"""Append acts to the record: their changes, their leaves, and the new head, in one go."""

import hmac
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.unit import Act, Unit
from kantoor.kernel.errors import DomainError
from kantoor.kernel.record.bodies import touched
from kantoor.kernel.record.canonical import (
    CHANGES_BITS,
    VERSION,
    ChangeRow,
    changes_hashes,
    leaf_hash,
)
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.record.merkle import Frontier
from kantoor.kernel.record.models import Change, Head, Record
from kantoor.kernel.store.asking import Question, ask, ask_all
from kantoor.kernel.store.bulk import write_rows
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.pipeline import FEW, run_often, together
from kantoor.kernel.store.raw import on_postgres, run
from kantoor.kernel.store.tables import encode

log = logging.getLogger(__name__)
AT_ONCE = 256
"""Changes written at a time: the body of one can be 64 kB."""
MODEST = 8_192
"""Bytes of changes that go to PostgreSQL at once with the commit."""


class RecordDamaged(DomainError):
    """The head of the record isn't the one Kantoor wrote: nothing is written until it is mended."""

    code = "record.damaged"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            _(
                "The record was changed from outside, so nothing can be written. "
                "Ask an administrator to run “kantoor verify”."
            )
        )


class PresentHead(NamedTuple):
    """The head that the record has now."""

    size: int
    frontier: bytes


def append(unit: Unit) -> int:
    """Write the unit's acts to the record; returns the sequence number of the outer act.

    Raises RecordDamaged.
    """
    assert not any(act.failed for act in unit.acts), "an action failed and its caller went on"
    head = _read_back(unit)
    first = head.size + 1
    records = []
    frontier = Frontier.from_bytes(head.frontier)
    for n, act in enumerate(unit.acts):
        assert len(act.changes) < 1 << CHANGES_BITS, "too many changes for one act; use batches"
        rows = _rows(unit, act, first + n)
        cause = act.cause or (f"record:{first + act.parent}" if act.parent is not None else "")
        header = _header(first + n, act, "done", "", cause, changes_hashes(rows))
        records.append((*header[1:2], header[0], *header[2:], leaf := leaf_hash(header)))
        frontier.append(leaf)
    changes = (row for n, act in enumerate(unit.acts) for row in _rows(unit, act, first + n))
    _store(head, frontier, records, changes)
    return first


def _read_back(unit: Unit) -> PresentHead:
    """Note what the acts touched as it is now, and take the record's head.

    The head is taken last, so that others may work until here: from now on writers stand in line.
    A few rows are asked in the same trip just before it.
    """
    found = [
        (act, each)
        for act in unit.acts
        for model, noted in _touched(unit, act)
        for each in touched(model, noted)
    ]
    read = [(act, each) for act, each in found if each.operation != "d"]
    if sum(len(each.keys) for _act, each in read) > FEW or not all(e.is_small for _a, e in read):
        for act, each in found:
            act.changes.extend(each.bodies())
        return take_head()
    *answers, head = ask_all([*(each.asked() for _act, each in read), _head_asked()])
    for (act, _each), bodies in zip(read, answers, strict=True):
        act.changes.extend(bodies)
    for act, each in found:
        if each.operation == "d":
            act.changes.extend(each.bodies())
    return _present(head)


def _rows(unit: Unit, act: Act, seq: int) -> Iterator[ChangeRow]:
    whole = unit.aside.whole
    for number, change in enumerate(act.changes, seq << CHANGES_BITS):
        yield ChangeRow(number, seq, *whole(change))


def append_refusal(act: Act, code: str) -> int:
    """Write a refused action to the record; it changed nothing. Raises RecordDamaged."""
    head = take_head()
    frontier = Frontier.from_bytes(head.frontier)
    header = _header(head.size + 1, act, "refused", code, act.cause, b"")
    leaf = leaf_hash(header)
    frontier.append(leaf)
    _store(head, frontier, [(header[1], header[0], *header[2:], leaf)], [])
    return head.size + 1


def _touched(unit: Unit, act: Act) -> Iterator[tuple[type[models.Model], dict[int, str]]]:
    """The rows whose states are read back for an act.

    The latest change of a row must hold its final state. Where an act that comes later in the
    record took a row's state while it worked, and an act before it touched the row, the state is
    read back once more for the later one.
    """
    place = unit.acts.index(act)
    if place and act.changes:
        tables = {change[0] for change in act.changes}
        for earlier in unit.acts[:place]:
            for model, noted in earlier.touched.items():
                if model._meta.db_table in tables:
                    _read_again(act, model, noted)
    yield from act.touched.items()


def _read_again(act: Act, model: type[models.Model], noted: dict[int, str]) -> None:
    again = act.touched.setdefault(model, {})
    sealed = getattr(model, "kept", Kept.STATE) is Kept.SEALED
    for key, operation in noted.items():
        if operation == "d" or not sealed:
            again.setdefault(key, "d" if operation == "d" else "u")


def _header(
    seq: int, act: Act, outcome: str, code: str, cause: str, changes: bytes
) -> tuple[Any, ...]:
    at = time.time_ns() // 1000
    who = (act.company_id, act.actor_id)
    return (VERSION, seq, at, *who, act.action, outcome, code, act.about, cause, act.request, changes)  # fmt: skip


def take_head() -> PresentHead:
    """The present head, locked until the commit; raises RecordDamaged."""
    return _present(ask(_head_asked()))


def _head_asked() -> Question[list[tuple[Any, ...]]]:
    lock = " FOR UPDATE" if on_postgres() else ""
    sql = f"SELECT size, frontier, root, seal FROM kernel_head WHERE id = 1{lock}"  # noqa: S608
    return Question(sql, (), list)


def _present(found: list[tuple[Any, ...]]) -> PresentHead:
    if not found:
        return _first_head()
    size, frontier, root, seal = found[0]
    expected = seal_of(size, bytes(frontier), bytes(root))
    if not hmac.compare_digest(expected, bytes(seal)):
        log.critical("the head of the record was tampered with; run kantoor verify")
        raise RecordDamaged()
    return PresentHead(size, bytes(frontier))


def _first_head() -> PresentHead:
    if run("SELECT seq FROM kernel_record LIMIT 1"):
        log.critical("the head of the record is gone; run kantoor verify")
        raise RecordDamaged()
    empty = Frontier()
    write_rows(Head, [_head_row(0, empty)])
    return PresentHead(0, empty.to_bytes())


def seal_of(size: int, frontier: bytes, root: bytes) -> bytes:
    """HMAC over a head: nobody without the key can put another head in its place."""
    text = encode(["kantoor head", size, frontier, root])
    return hmac.digest(secrets().sealing, text, "sha256")


def _head_row(size: int, frontier: Frontier) -> tuple[Any, ...]:
    state, root = frontier.to_bytes(), frontier.root()
    return (1, size, state, root, seal_of(size, state, root))


def _store(
    head: PresentHead,
    frontier: Frontier,
    records: Sequence[tuple[Any, ...]],
    changes: Iterable[tuple[Any, ...]],
) -> None:
    following = iter(changes)
    some = list(islice(following, AT_ONCE))
    row = _head_row(head.size + len(records), frontier)
    # What does not fit in a socket's buffer is sent on only while answers are waited for, and the
    # commit waits for its own alone: both sides would wait for ever.
    modest = sum(len(each[-1]) for each in some) <= MODEST
    with together(max(len(records), len(some)), last=modest):
        write_rows(Record, records)
        while some:
            write_rows(Change, some)
            some = list(islice(following, AT_ONCE))
        run_often(
            "UPDATE kernel_head SET size = %s, frontier = %s, root = %s, seal = %s WHERE id = 1",
            row[1:],
        )
