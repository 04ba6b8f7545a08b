"""The inbox: what came in, what became of it, and what it was."""

from datetime import datetime
from typing import Any, Literal

import msgspec
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.models import ACCEPTED, REJECTED, IntakeEvent, IntakeRaw
from kantoor.kernel.intake.raw import items
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import one, query, scoped

READ = "kernel.read_intake"
State = Literal["", "accepted", "rejected", "open"]


class InboxRow(msgspec.Struct, frozen=True):
    """An event as listed. `open` says that it was refused and nothing came after it.

    `amount` is what a refused event stands for, in minor units, where that can be told.
    """

    id: int
    source: str
    event_id: str
    type: str
    state: str
    open: bool
    taken_at: datetime
    time: datetime | None
    rows: int
    result: str
    code: str
    message: str
    field: str
    line: int | None
    amount: int | None

    @property
    def reference(self) -> str:
        return f"event:{self.source}/{self.event_id}"


class RawRow(msgspec.Struct, frozen=True):
    """A row of a file as it stood there."""

    line: int | None
    cells: list[str]


class InboxEvent(msgspec.Struct, frozen=True):
    """An event with its content as it came in: JSON text, or rows under the file's header."""

    event: InboxRow
    file: str
    header: list[str]
    rows: list[RawRow]
    text: str
    replays: int | None
    replayed_by: int | None


class SourceRow(msgspec.Struct, frozen=True):
    """What a source handed in, counted: events, and the rows they make up."""

    source: str
    accepted: int
    rejected: int
    open: int
    rows: int
    latest: datetime


class ReasonRow(msgspec.Struct, frozen=True):
    """Why events are refused that nothing was done about yet: how many, rows and amount."""

    source: str
    code: str
    message: str
    events: int
    rows: int
    amount: int


@query(permission=READ, title=_("Inbox"), exposed=True)
def intake_events(
    actor: Actor,
    /,
    *,
    state: State = "",
    source: str = "",
    type: str = "",
    code: str = "",
    search: str = "",
    sort: str = "-taken_at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[InboxRow]:
    """The events that came in; `open` are refused ones that nothing came after yet."""
    found = _events(actor)
    if state == "open":
        found = found.filter(state=REJECTED, is_replayed=False)
    elif state:
        found = found.filter(state=state)
    for field, value in (("source", source), ("type", type), ("code", code)):
        if value:
            found = found.filter(**{field: value})
    if search:
        found = found.filter(Q(event_id__startswith=search) | Q(result=search))
    # Events get their keys in the order in which they are taken in.
    order = sorted_by(sort, {"taken_at": (), "source": ("source",), "code": ("code",)})
    totals = {"rows": Sum("rows"), "amount": Sum("amount")}
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals=totals)
    return page.map(_row)


@query(permission=READ, title=_("An event"), exposed=True)
def intake_event(actor: Actor, /, *, event: int) -> InboxEvent:
    """One event with its content as it came in. Raises NotFound."""
    row = one(actor, IntakeEvent, pk=event)
    raw = IntakeRaw.objects.select_related("file").get(pk=row.raw_id)
    item = items(raw)[row.position]
    header, rows, text = [], [], ""
    if isinstance(item, bytes):
        text = item.decode(errors="replace")
    else:
        header = msgspec.json.decode(raw.file.header, type=list[str]) if raw.file else []
        rows = [
            RawRow(item.lines[n] if n < len(item.lines) else None, cells)
            for n, cells in enumerate(item.rows)
        ]
    after = scoped(actor, IntakeEvent).filter(replays=row).values_list("pk", flat=True).first()
    shown = _row(_events(actor).get(pk=event))
    name = raw.file.name if raw.file else ""
    return InboxEvent(shown, name, header, rows, text, row.replays_id, after)


@query(permission=READ, title=_("Sources"), exposed=True)
def intake_sources(actor: Actor, /) -> list[SourceRow]:
    """Every source with what it handed in."""
    counted = (
        _events(actor)
        .values("source")
        .annotate(
            accepted=Count("pk", filter=Q(state=ACCEPTED)),
            rejected=Count("pk", filter=Q(state=REJECTED)),
            open=Count("pk", filter=Q(state=REJECTED, is_replayed=False)),
            all_rows=Sum("rows"),
            latest=Max("taken_at"),
        )
        .order_by("source")
    )
    return [
        SourceRow(
            each["source"],
            each["accepted"],
            each["rejected"],
            each["open"],
            each["all_rows"],
            each["latest"],
        )
        for each in counted
    ]


@query(permission=READ, title=_("Why events are refused"), exposed=True)
def intake_reasons(actor: Actor, /, *, source: str = "") -> list[ReasonRow]:
    """The refusals that nothing came after yet, by source and reason."""
    found = _events(actor).filter(state=REJECTED, is_replayed=False)
    if source:
        found = found.filter(source=source)
    counted = (
        found.values("source", "code")
        .annotate(
            events=Count("pk"), all_rows=Sum("rows"), total=Sum("amount"), said=Max("message")
        )
        .order_by("source", "code")
    )
    return [
        ReasonRow(
            each["source"],
            each["code"],
            each["said"],
            each["events"],
            each["all_rows"],
            each["total"] or 0,
        )
        for each in counted
    ]


def _events(actor: Actor) -> "QuerySet[Any]":
    after = IntakeEvent.objects.filter(replays=OuterRef("pk"))
    return scoped(actor, IntakeEvent).annotate(is_replayed=Exists(after))


def _row(event: Any) -> InboxRow:
    return InboxRow(
        event.pk,
        event.source,
        event.event_id,
        event.type,
        event.state,
        event.state == REJECTED and not event.is_replayed,
        event.taken_at,
        event.time,
        event.rows,
        event.result,
        event.code,
        event.message,
        event.field,
        event.line,
        event.amount,
    )
