"""How the reading of items stands: of each how many were asked, and how many did."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.models import ReadingAsked, ReadingRound
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
