"""What a page of an item is made of: its places, texts, versions, decisions and remarks."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kantoor.departments.communication.queries.items.register import ItemRow
from kantoor.departments.communication.rendering.comparing import Pair


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an item is for and where it is seen; `audience` a code."""

    audience: str
    on_intranet: bool
    on_press_page: bool
    on_screens: bool
    pinned: bool
    must_read: bool
    read_days: int
    ends_at: datetime | None
    event_from: datetime | None
    event_until: datetime | None
    place: str


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A text of an item: when it was written and by whom; `published` when it ever was."""

    number: int
    language: str
    title: str
    at: datetime
    who: str
    published: bool


class CurrentText(msgspec.Struct, frozen=True, kw_only=True):
    """The newest text of a language; `published` when it is what readers see."""

    number: int
    language: str
    title: str
    summary: str
    body: str
    picture: str
    published: bool


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody approved the item at a version, or gave it back."""

    version: int
    outcome: str
    note: str
    at: datetime
    who: str


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said of a text; `settled` when it was dealt with."""

    id: int
    number: int
    language: str
    passage: str
    said: str
    at: datetime
    who: str
    settled: bool


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """That a text was published, corrected (`note`), or the item withdrawn (`number` 0)."""

    at: datetime
    who: str
    number: int
    language: str
    note: str


class ItemShown(msgspec.Struct, frozen=True, kw_only=True):
    """An item for who works on it. `may_approve`: the actor wrote nothing that waits for it."""

    item: ItemRow
    uid: str
    places: Places
    texts: Sequence[CurrentText]
    versions: Sequence[Version]
    decisions: Sequence[Decision]
    remarks: Sequence[Remark]
    published: Sequence[Published]
    approved_version: int
    may_approve: bool


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Two texts of an item side by side."""

    item: ItemRow
    left: Version
    right: Version
    versions: Sequence[Version]
    titles: Sequence[Pair]
    summaries: Sequence[Pair]
    bodies: Sequence[Pair]
