"""What became of each event: looked up before it is taken in, and kept after."""

from collections.abc import Sequence
from typing import NamedTuple

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.incoming import Incoming, Outcome
from kantoor.kernel.intake.models import ACCEPTED, REJECTED, IntakeEvent
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows

MESSAGE_LENGTH, FIELD_LENGTH = 500, 60
CHANGED = "intake.changed"
"""The refusal of an event that was accepted with other content."""

Identity = tuple[str, str]
"""Source and id."""
Place = tuple[int, int]
"""Where raw content is kept: the chunk, and the place in it."""
Entry = tuple[Place, Incoming, str, Outcome]


class Refusal(NamedTuple):
    """The last refusal of an event: its row, where its raw content is, why."""

    id: int
    place: Place
    digest: bytes
    code: str


def settled(actor: Actor, documents: Sequence[Incoming]) -> dict[Identity, set[bytes]]:
    """Of those of these events that were accepted: the digests of content that is dealt with.

    That is what was accepted, and what was refused before it was mended.
    """
    found: dict[Identity, set[bytes]] = {}
    for source, keys in _by_source(documents).items():
        rows = rows_by_key(
            "SELECT event_id, digest FROM kernel_intake_event"
            " WHERE company_id = %s AND source = %s AND state = 'accepted'"
            " AND event_id IN ({})",
            [actor.company_id, source],
            keys,
        )
        found.update(((source, key), {bytes(digest)}) for key, digest in rows.items())
    other = [d for d in documents if d.digest not in found.get(_identity(d), {d.digest})]
    for identity, refusal in refused(actor, other).items():
        if refusal.code != CHANGED:
            found[identity].add(refusal.digest)
    return found


def keep(actor: Actor, entries: Sequence[Entry]) -> None:
    """Keep what became of these events; what is refused again as before is not told twice."""
    before = refused(actor, [document for _, document, _, _ in entries])
    at = now()
    rows = []
    for place, document, state, outcome in entries:
        if state not in (ACCEPTED, REJECTED):
            continue
        earlier = before.get(_identity(document))
        told = (document.digest, _code(outcome))
        if earlier and state == REJECTED and (earlier.digest, earlier.code) == told:
            continue
        replays = earlier.id if earlier else None
        rows.append((actor.company_id, *place, *_columns(document, state, outcome, at), replays))
    if rows:
        first = take_ids(IntakeEvent, len(rows))
        insert_rows(IntakeEvent, [(first + n, *row) for n, row in enumerate(rows)])


def _columns(document: Incoming, state: str, outcome: Outcome, at: str) -> tuple[object, ...]:
    """From `source` to `amount`, in the order of the model."""
    return (
        document.source, document.event_id, document.type, document.time, at, document.digest,
        document.rows, state, outcome.result, *_reason(outcome.problem), outcome.amount,
    )  # fmt: skip


def _reason(problem: Problem | None) -> tuple[str, str, str, int | None]:
    """Code, message, field and line."""
    if problem is None:
        return "", "", "", None
    message = str(problem.message)[:MESSAGE_LENGTH]
    return problem.code, message, problem.field[:FIELD_LENGTH], problem.line


def _code(outcome: Outcome) -> str:
    return outcome.problem.code if outcome.problem else ""


def refused(actor: Actor, documents: Sequence[Incoming]) -> dict[Identity, Refusal]:
    """The last refusal of each of these events that has one."""
    found: dict[Identity, Refusal] = {}
    for source, keys in _by_source(documents).items():
        rows = rows_by_key(
            "SELECT event_id, id, raw_id, position, digest, code FROM kernel_intake_event"
            " WHERE company_id = %s AND source = %s AND state = 'rejected'"
            " AND event_id IN ({}) ORDER BY id",
            [actor.company_id, source],
            keys,
        )
        for key, (row, raw_id, position, digest, code) in rows.items():
            found[source, key] = Refusal(int(row), (raw_id, position), bytes(digest), code)
    return found


def _identity(document: Incoming) -> Identity:
    return document.source, document.event_id


def _by_source(documents: Sequence[Incoming]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for document in documents:
        keys.setdefault(document.source, []).append(document.event_id)
    return keys
