"""What became of each event: looked up before it is taken in, and kept after."""

from collections.abc import Sequence

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.incoming import Incoming, Outcome
from kantoor.kernel.intake.models import ACCEPTED, REJECTED, IntakeEvent
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows

MESSAGE_LENGTH, FIELD_LENGTH = 500, 60

Identity = tuple[str, str]
"""Source and id."""
Entry = tuple[int, Incoming, str, Outcome]
"""Place in the raw content, document, state, outcome."""


def accepted(actor: Actor, documents: Sequence[Incoming]) -> dict[Identity, bytes]:
    """The digests of those of these events that were accepted before."""
    found: dict[Identity, bytes] = {}
    for source, keys in _by_source(documents).items():
        rows = rows_by_key(
            "SELECT event_id, digest FROM kernel_intake_event"
            " WHERE company_id = %s AND source = %s AND state = 'accepted'"
            " AND event_id IN ({})",
            [actor.company_id, source],
            keys,
        )
        found.update(((source, key), bytes(digest)) for key, digest in rows.items())
    return found


def keep(actor: Actor, raw_id: int, entries: Sequence[Entry]) -> None:
    """Keep what became of these events; what is refused again as before is not told twice."""
    before = _refused_before(actor, [document for _, document, _, _ in entries])
    at = now()
    rows = []
    for place, document, state, outcome in entries:
        if state not in (ACCEPTED, REJECTED):
            continue
        earlier = before.get((document.source, document.event_id))
        if earlier and state == REJECTED and earlier[1:] == (document.digest, _code(outcome)):
            continue
        replays = earlier[0] if earlier else None
        rows.append(
            (actor.company_id, raw_id, place, *_columns(document, state, outcome, at), replays)
        )
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


def _refused_before(
    actor: Actor, documents: Sequence[Incoming]
) -> dict[Identity, tuple[int, bytes, str]]:
    """The last refusal of each event that has one: its row, digest and code."""
    found: dict[Identity, tuple[int, bytes, str]] = {}
    for source, keys in _by_source(documents).items():
        rows = rows_by_key(
            "SELECT event_id, id, digest, code FROM kernel_intake_event"
            " WHERE company_id = %s AND source = %s AND state = 'rejected'"
            " AND event_id IN ({}) ORDER BY id",
            [actor.company_id, source],
            keys,
        )
        found.update(
            ((source, key), (int(row), bytes(digest), code))
            for key, (row, digest, code) in rows.items()
        )
    return found


def _by_source(documents: Sequence[Incoming]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for document in documents:
        keys.setdefault(document.source, []).append(document.event_id)
    return keys
