"""Take in again what was refused, from the raw content that was kept."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, NotFound
from kantoor.kernel.intake.cloudevents import event_from_json
from kantoor.kernel.intake.door import Batch, take_in
from kantoor.kernel.intake.events import from_taken
from kantoor.kernel.intake.http import NO_SOURCE, EventOutcome, outcome_of
from kantoor.kernel.intake.incoming import Incoming
from kantoor.kernel.intake.mapping import Mapping
from kantoor.kernel.intake.models import REJECTED, IntakeEvent, IntakeRaw
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.raw import TAKE_IN, RawRows, items
from kantoor.kernel.intake.rows import Layout, incoming, layout_of_file
from kantoor.kernel.queries import scoped

WAIT = timedelta(minutes=10)
CHUNKS = 100
"""Chunks taken in at a time."""

UNREAD = ("csv.", "file.", "gzip.", "json.", "document.")
"""Refusals of what could not be read whole: there is nothing complete to take in again."""


@action(
    permission=TAKE_IN, title=_("Take in refused events again"), bulk_of="kernel.replay_rejected"
)
def replay_rejected_events(actor: Actor, /, *, events: Sequence[int]) -> list[EventOutcome]:
    """Try refused events again as they came, after what they lacked was put right.

    Each is accepted or refused by itself. Raises NotFound for one that is no refused event of
    this company, Conflict for one that was dealt with since, or can't be read whole.
    """
    found = {
        row.pk: row
        for row in scoped(actor, IntakeEvent)
        .select_related("raw", "raw__file")
        .filter(pk__in=events, state=REJECTED)
    }
    replayed = set(
        scoped(actor, IntakeEvent).filter(replays__in=found).values_list("replays_id", flat=True)
    )
    documents, places = [], []
    for place, key in enumerate(events, 1):
        row = found.get(key)
        if row is None:
            raise NotFound(_("There is no such refused event."), field="events", line=place)
        _refuse_settled(row, replayed, place)
        documents.append(document_of(row))
        places.append((row.raw_id, row.position))
    if not documents:
        return []
    verdicts = take_in(actor, batch=Batch(documents, places), one_by_one=True)
    return [outcome_of(verdict) for verdict in verdicts]


@action(permission=TAKE_IN, title=_("Take in a refused event again"))
def replay_rejected(actor: Actor, /, *, event: int) -> EventOutcome:
    """Try one refused event again."""
    return replay_rejected_events(actor, events=[event])[0]


def _refuse_settled(row: IntakeEvent, replayed: set[int], place: int) -> None:
    if row.pk in replayed:
        message = _("This event was handed in again since; see what became of that.")
        raise Conflict(message, field="events", line=place)
    if row.code.startswith(UNREAD):
        message = _("This can't be read whole: mend it in the file of refused events instead.")
        raise Conflict(message, field="events", line=place)


@action(permission=TAKE_IN, title=_("Take in what was left"))
def take_in_waiting(actor: Actor, /) -> list[EventOutcome]:
    """Take in what was kept and never worked on, as when the machine stopped in between.

    What came in within the last minutes is left to who is working on it.
    """
    recent = timezone.now() - WAIT
    worked_on = IntakeEvent.objects.filter(raw=OuterRef("pk"))
    chunks = scoped(actor, IntakeRaw).select_related("file").filter(at__lt=recent)
    outcomes: list[EventOutcome] = []
    for raw in chunks.filter(~Exists(worked_on)).order_by("pk")[:CHUNKS]:
        source = raw.file.source if raw.file else NO_SOURCE
        documents = [_document(raw, item, source, 1) for item in items(raw)]
        places = [(raw.pk, position) for position in range(len(documents))]
        verdicts = take_in(actor, batch=Batch(documents, places), one_by_one=True)
        outcomes.extend(outcome_of(verdict) for verdict in verdicts)
    return outcomes


def document_of(row: IntakeEvent) -> Incoming:
    """An event as it came in, from its raw content."""
    return _document(row.raw, items(row.raw)[row.position], row.source, row.line or 1)


def _document(raw: IntakeRaw, item: RawRows | bytes, source: str, line: int) -> Incoming:
    """What was kept of a document; rows that were mended are read by Kantoor's own mapping."""
    if isinstance(item, bytes):
        return from_taken(event_from_json(item, line), line, source)
    layout = layout_of_raw(raw)
    return incoming(source, layout, item.identity, item.lines, item.rows, item.problem)


def layout_of_raw(raw: IntakeRaw) -> Layout:
    """How the rows of a chunk are read: as the file that they came in."""
    file = raw.file
    assert file is not None, "rows come in files"
    mapping = msgspec.json.decode(file.mapping, type=Mapping)
    layout = layout_of_file(mapping, msgspec.json.decode(file.header, type=list[str]))
    assert not isinstance(layout, Problem), "the file was read by this mapping before"
    return layout
