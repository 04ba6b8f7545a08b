"""What is handed in to write an item, its texts, and where and when it is to be seen."""

from datetime import datetime
from typing import Literal

import msgspec

ItemKind = Literal["news", "policy", "press", "newsletter", "campaign", "crisis", "event"]


class ItemDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An item with its first text; see Item and ItemText.

    `code` follows from the title unless said (of a press release letters nobody can guess come
    behind it), `language` is the company's language of the writer.
    An event has a time; it can have a `place`.
    """

    kind: ItemKind = "news"
    title: str
    summary: str = ""
    body: str
    picture: str = ""
    language: str = ""
    event_from: datetime | None = None
    event_until: datetime | None = None
    place: str = ""
    code: str = ""


class TextDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A text of an item in a language.

    `based_on` is the number of the text that it changes: when another was written since, it is
    refused. 0 does not look.
    """

    item: str
    language: str = ""
    title: str
    summary: str = ""
    body: str
    picture: str = ""
    based_on: int = 0


class PlacesDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an item is for and where it is seen; `audience` is a code, empty for all who work here.

    `read_days` within which it is to be read; `ends_at` when it leaves the pages by itself.
    """

    item: str
    audience: str = ""
    on_intranet: bool = True
    on_press_page: bool = False
    on_screens: bool = False
    pinned: bool = False
    must_read: bool = False
    read_days: int = 7
    ends_at: datetime | None = None


class EventDraft(msgspec.Struct, frozen=True, kw_only=True):
    """When and where an event is."""

    item: str
    event_from: datetime
    event_until: datetime | None = None
    place: str = ""


class TemplateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A text to begin items with; see ItemTemplate."""

    name: str
    kind: ItemKind = "news"
    language: str = ""
    title: str = ""
    summary: str = ""
    body: str
    code: str = ""
