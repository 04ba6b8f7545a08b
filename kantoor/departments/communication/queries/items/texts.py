"""The texts of items as they were published, in the reader's language: what readers are shown."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from kantoor.departments.communication.models import Item, Publication
from kantoor.departments.communication.models.items.publication import Withdrawal

MOST_CORRECTIONS = 50


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """That a published text was corrected, when, and what was."""

    at: datetime
    note: str
    language: str


class TextShown(msgspec.Struct, frozen=True, kw_only=True):
    """The text of an item that is published now, in one language; `body` is Markdown.

    `languages` are those in which it can be read; `corrections` the latest first.
    """

    text_id: int
    language: str
    languages: tuple[str, ...]
    title: str
    summary: str
    body: str
    picture: str
    published_at: datetime
    corrections: tuple[Correction, ...]


def texts_shown(items: Iterable[Item], language: str) -> dict[int, TextShown]:
    """What each of these items says now to a reader of a language, by the item's row.

    Only what was published, whatever is being written: in the language if it was published in
    it, else in the first of the item. One statement. Items that were never published are absent.
    """
    first = {each.pk: each.language for each in items}
    found: dict[int, list[Publication]] = {}
    rows = Publication.objects.filter(item__in=first).select_related("text").order_by("pk")
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return {key: _shown(each, first[key], language) for key, each in found.items()}


def text_shown(item: Item, language: str) -> TextShown | None:
    """The same of one item."""
    return texts_shown([item], language).get(item.pk)


def reasons_withdrawn(items: Iterable[Item]) -> Mapping[int, Withdrawal]:
    """Why and when each of these items was withdrawn last, by the item's row; one statement."""
    rows = Withdrawal.objects.filter(item__in=[each.pk for each in items]).order_by("pk")
    return {row.item_id: row for row in rows}


def _shown(rows: list[Publication], first: str, language: str) -> TextShown:
    latest = {row.language: row for row in rows}
    said = latest.get(language) or latest.get(first) or rows[-1]
    corrections = [
        Correction(at=row.at, note=row.note, language=row.language) for row in rows if row.note
    ]
    return TextShown(
        text_id=said.text_id,
        language=said.language,
        languages=tuple(sorted(latest)),
        title=said.text.title,
        summary=said.text.summary,
        body=said.text.body,
        picture=said.text.picture,
        published_at=min(row.at for row in rows),
        corrections=tuple(reversed(corrections[-MOST_CORRECTIONS:])),
    )
