"""What one has to read oneself, and who of one's people did not read what they should."""

from datetime import datetime
from typing import Literal

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import SEE_NEWS
from kantoor.departments.communication.models import Item, ReadingAsked
from kantoor.departments.communication.models.reading.asked import CONFIRMED, ENDED, OPEN
from kantoor.departments.communication.queries.items.texts import texts_shown
from kantoor.departments.communication.queries.items.visible import party_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import once
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class ToRead(msgspec.Struct, frozen=True, kw_only=True):
    """Something that one is asked to read: `state` is open, late or confirmed.

    `why` says what was corrected, where one is asked again.
    """

    id: int
    item: str
    title: str
    kind: str
    state: str
    asked_at: datetime
    due_at: datetime
    confirmed_at: datetime | None
    why: str


class PersonToRead(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of one's people who did not read something in time."""

    id: int
    person: str
    code: str
    title: str
    item: str
    due_at: datetime


def asked_of(actor: Actor) -> "QuerySet[ReadingAsked]":
    """What somebody is or was asked to read."""
    found = scoped(actor, ReadingAsked).filter(party=once(party_of, actor) or 0)
    return found.exclude(state=ENDED)


def told_to(actor: Actor) -> "QuerySet[ReadingAsked]":
    """What somebody was told that their people did not read."""
    return scoped(actor, ReadingAsked).filter(told=once(party_of, actor) or 0, state=OPEN)


def titles_of(items: "list[Item]", language: str) -> dict[int, str]:
    """What items are called in a language, as they were published."""
    return {key: text.title for key, text in texts_shown(items, language).items()}


@query(permission=SEE_NEWS, title=_("What I am asked to read"), exposed=True)
def my_readings(
    actor: Actor, /, *, state: Literal["", "open", "confirmed"] = "", sort: str = "due_at",
    cursor: str = "", limit: int = PAGE,
) -> Page[ToRead]:  # fmt: skip
    """What one is asked to read, and what one said that one read."""
    found = asked_of(actor).select_related("round__item")
    if state:
        found = found.filter(state=state)
    keys = {"due_at": ("due_at",), "asked_at": ("asked_at",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    titles = titles_of([row.round.item for row in page.rows], actor.language)
    return page.map(lambda row: _to_read(row, titles))


@query(permission=SEE_NEWS, title=_("Whether I am asked to read it"), exposed=True)
def my_reading(actor: Actor, /, *, item: str) -> ToRead | None:
    """How one's own reading of an item stands; None where one is not asked."""
    found = asked_of(actor).filter(round__item__code=item).select_related("round__item")
    row = found.order_by("-round__number").first()
    return _to_read(row, titles_of([row.round.item], actor.language)) if row else None


@query(permission=SEE_NEWS, title=_("My people who did not read it"), exposed=True)
def people_to_read(
    actor: Actor, /, *, sort: str = "due_at", cursor: str = "", limit: int = PAGE
) -> Page[PersonToRead]:
    """Who of one's people did not read something in time, as one was told."""
    found = told_to(actor).select_related("round__item", "party")
    order = sorted_by(sort, {"due_at": ("due_at",), "person": ("party__name",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    titles = titles_of([row.round.item for row in page.rows], actor.language)
    return page.map(
        lambda row: PersonToRead(
            id=row.pk, person=row.party.name, code=row.party.code, item=row.round.item.code,
            title=titles.get(row.round.item_id, row.round.item.title), due_at=row.due_at,
        )
    )  # fmt: skip


def _to_read(row: ReadingAsked, titles: "dict[int, str]") -> ToRead:
    late = row.state == OPEN and row.due_at <= timezone.now()
    item = row.round.item
    return ToRead(
        id=row.pk,
        item=item.code,
        title=titles.get(item.pk, item.title),
        kind=item.kind,
        state="late" if late else row.state,
        asked_at=row.asked_at,
        due_at=row.due_at,
        confirmed_at=row.confirmed_at,
        why=row.round.why if row.state != CONFIRMED else "",
    )
