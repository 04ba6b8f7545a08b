"""Take in again what was refused, from the raw content that was kept."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, NotFound
from kantoor.kernel.intake.cloudevents import event_from_json
from kantoor.kernel.intake.door import Batch, take_in
from kantoor.kernel.intake.events import from_taken
from kantoor.kernel.intake.http import EventOutcome, outcome_of
from kantoor.kernel.intake.incoming import Incoming
from kantoor.kernel.intake.mapping import Mapping
from kantoor.kernel.intake.models import REJECTED, IntakeEvent, IntakeRaw
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.raw import TAKE_IN, items
from kantoor.kernel.intake.rows import Layout, incoming, layout_of_file
from kantoor.kernel.queries import scoped

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


def document_of(row: IntakeEvent) -> Incoming:
    """An event as it came in, from its raw content."""
    item = items(row.raw)[row.position]
    if isinstance(item, bytes):
        return _event(row, item)
    return incoming(row.source, layout_of_raw(row.raw), *item)


def _event(row: IntakeEvent, text: bytes) -> Incoming:
    """A CloudEvent; rows that were mended are read by the mapping that comes with Kantoor."""
    line = row.line or 1
    return from_taken(event_from_json(text, line), line, row.source)


def layout_of_raw(raw: IntakeRaw) -> Layout:
    """How the rows of a chunk are read: as the file that they came in."""
    file = raw.file
    assert file is not None, "rows come in files"
    mapping = msgspec.json.decode(file.mapping, type=Mapping)
    layout = layout_of_file(mapping, msgspec.json.decode(file.header, type=list[str]))
    assert not isinstance(layout, Problem), "the file was read by this mapping before"
    return layout
