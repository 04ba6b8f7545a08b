"""What is published as it is told in lists: each item by its published text, in the reader's language."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kantoor.departments.communication.models import Item
from kantoor.departments.communication.queries.items.texts import TextShown, texts_shown


class NewsRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is published, as it stands in a list; `code` is the one in its address.

    `language` is that of the title, `languages` all it is published in. `changed_at` is when
    it was last corrected, None where it never was. An event has a time and a place.
    """

    id: int
    uid: str
    code: str
    kind: str
    title: str
    summary: str
    language: str
    languages: Sequence[str]
    picture: str
    at: datetime
    changed_at: datetime | None
    pinned: bool
    must_read: bool
    event_from: datetime | None
    event_until: datetime | None
    place: str


class ItemTold(msgspec.Struct, frozen=True):
    """Something published to read: its row, and the text with what was corrected in it.

    `touched_at` is when anything of it was changed, the time of an event too.
    """

    row: NewsRow
    text: TextShown
    touched_at: datetime


class WithdrawnTold(msgspec.Struct, frozen=True):
    """Something that was published and withdrawn: since when and why, and no word of it."""

    at: datetime
    why: str


class PageOfItem(msgspec.Struct, frozen=True):
    """What stands at the address of an item: the item, or that it was withdrawn."""

    told: ItemTold | None
    withdrawn: WithdrawnTold | None


def told(items: Sequence[Item], language: str) -> list[ItemTold]:
    """The items to read, each in that language if it is published in it, else in its first."""
    texts = texts_shown(items, language)
    found = ((each, texts.get(each.pk)) for each in items)
    return [
        ItemTold(_row(each, text), text, each.changed_at)
        for each, text in found
        if text is not None
    ]


def rows_told(items: Sequence[Item], language: str) -> list[NewsRow]:
    """The same as rows of a list."""
    return [each.row for each in told(items, language)]


def _row(item: Item, text: TextShown) -> NewsRow:
    assert item.published_at is not None, "what is not published is not told"
    return NewsRow(
        id=item.pk,
        uid=item.uid,
        code=item.code,
        kind=item.kind,
        title=text.title,
        summary=text.summary,
        language=text.language,
        languages=text.languages,
        picture=text.picture,
        at=item.published_at,
        changed_at=text.corrections[0].at if text.corrections else None,
        pinned=item.pinned,
        must_read=item.must_read,
        event_from=item.event_from,
        event_until=item.event_until,
        place=item.place,
    )
