"""How the reading of items stands: of each how many were asked, and how many did."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.models import (
    IncidentNotice,
    ReadingAsked,
    ReadingRound,
)
from kantoor.departments.communication.models.reading.asked import (
    CONFIRMED,
    ENDED,
    ESCALATED,
    OPEN,
)
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

SHOWN = 50
"""So many who did not read it are named; the register has all."""


class ReadingStands(msgspec.Struct, frozen=True, kw_only=True):
    """How the reading of one item stands in its present round; who need not any more is not counted.

    `share` is the part that read it in whole percents, `late` how many are over their time.
    """

    id: int
    item: str
    title: str
    kind: str
    round: int
    at: datetime
    asked: int
    confirmed: int
    open: int
    late: int
    escalated: int
    share: int


def _last(actor: Actor) -> "QuerySet[ReadingRound]":
    """The present round of each item that the actor may see."""
    later = ReadingRound.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    rounds = scoped(actor, ReadingRound).filter(item__in=visible_items(actor).values("pk"))
    return rounds.filter(~Exists(later)).select_related("item")


@query(permission=READ_ITEMS, title=_("How an item is read"), exposed=True)
def reading_stands(actor: Actor, /, *, item: str) -> ReadingStands | None:
    """How many were asked to read an item, and how many did; None where nobody was asked."""
    found = _counted(list(_last(actor).filter(item__code=item)))
    return found[0] if found else None


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who did not read it yet; `told` is who was told that."""

    reading: int
    person: str
    due_at: datetime
    late: bool
    told: str


class ReadingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """How an item is read: its rounds with why, and the first who did not read it yet.

    `row` is the item's own, `about` what it was written because of, if anything (`ict.server/12`).
    """

    stands: ReadingStands
    row: int
    rounds: list[tuple[int, datetime, str]]
    unread: list[Unread]
    about: str


@query(permission=READ_ITEMS, title=_("An item to be read"), exposed=True)
def reading_record(actor: Actor, /, *, code: str) -> ReadingRecord:
    """How an item is read, and who did not yet, what is due first on top. Raises UnknownItem."""
    found = list(_last(actor).filter(item__code=code))
    if not found:
        raise UnknownItem(_("Nobody was asked to read it yet."), field="code")
    item, now = found[0].item, timezone.now()
    rounds = ReadingRound.objects.filter(item=item).order_by("-number")
    unread = ReadingAsked.objects.filter(round=found[0], state=OPEN)
    about = IncidentNotice.objects.filter(item=item).values_list("about", flat=True).first()
    return ReadingRecord(
        stands=_counted(found)[0],
        row=item.pk,
        rounds=list(rounds.values_list("number", "at", "why")),
        unread=[
            Unread(
                reading=row.pk,
                person=row.party.name,
                due_at=row.due_at,
                late=row.due_at <= now,
                told=row.told.name if row.told else "",
            )
            for row in unread.select_related("party", "told").order_by("due_at", "pk")[:SHOWN]
        ],
        about=about or "",
    )


@query(permission=READ_ITEMS, title=_("What must be read"), exposed=True)
def readings_stand(
    actor: Actor, /, *, search: str = "", sort: str = "-at", cursor: str = "", limit: int = PAGE
) -> Page[ReadingStands]:
    """How all items are read that anybody was asked to read, the latest first."""
    found = _last(actor)
    if search:
        found = found.filter(item__title__icontains=search)
    keys = {"at": ("at",), "title": ("item__title",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    return page.with_rows(_counted(page.rows))


def _counted(rounds: "list[ReadingRound]") -> list[ReadingStands]:
    """These with what became of all who were asked; one statement."""
    due = Q(state=OPEN, due_at__lte=timezone.now())
    asked = ReadingAsked.objects.filter(round__in=[row.pk for row in rounds])
    counted: Any = asked.values("round").annotate(
        asked=Count("pk", filter=~Q(state=ENDED)),
        confirmed=Count("pk", filter=Q(state=CONFIRMED)),
        open=Count("pk", filter=Q(state=OPEN)),
        late=Count("pk", filter=due),
        escalated=Count("pk", filter=Q(state=OPEN, stage=ESCALATED)),
    )
    counts: dict[int, Mapping[str, int]] = {each["round"]: each for each in counted}
    return [_stands(row, counts.get(row.pk, {})) for row in rounds]


def _stands(row: ReadingRound, counts: Mapping[str, int]) -> ReadingStands:
    asked, confirmed = counts.get("asked", 0), counts.get("confirmed", 0)
    return ReadingStands(
        id=row.pk,
        item=row.item.code,
        title=row.item.title,
        kind=row.item.kind,
        round=row.number,
        at=row.at,
        asked=asked,
        confirmed=confirmed,
        open=counts.get("open", 0),
        late=counts.get("late", 0),
        escalated=counts.get("escalated", 0),
        share=confirmed * 100 // asked if asked else 0,
    )


@query(permission=READ_ITEMS, title=_("How many did not read in time"))
def late_readings(actor: Actor, /) -> int:
    """How many people did not read in time what they had to, each thing counted."""
    found = scoped(actor, ReadingAsked).filter(state=OPEN, due_at__lte=timezone.now())
    return found.filter(round__item__in=visible_items(actor).values("pk")).count()
