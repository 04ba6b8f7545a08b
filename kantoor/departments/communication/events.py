"""What communication tells after the fact: frozen, and without personal data."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ItemPublished:
    """An item came out; `uid` is its name outside, `audience_id` None is all who work here."""

    company_id: int
    item_id: int
    uid: str
    code: str
    kind: str
    audience_id: int | None
    must_read: bool
    at: datetime


@dataclass(frozen=True)
class ItemCorrected:
    """A published item has a new text in these languages; `version` is that of the item now."""

    company_id: int
    item_id: int
    uid: str
    code: str
    kind: str
    version: int
    languages: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class ItemWithdrawn:
    """A published item was withdrawn: nobody is to read it any more."""

    company_id: int
    item_id: int
    uid: str
    code: str
    kind: str
    at: datetime


@dataclass(frozen=True)
class ItemAwaits:
    """Somebody is asked to agree to an item as it stands at a version.

    Without its code, which tells the title of what may be under embargo.
    """

    company_id: int
    item_id: int
    uid: str
    kind: str
    version: int


@dataclass(frozen=True)
class ItemDecided:
    """Somebody approved an item at a version (`outcome` approve) or gave it back (return)."""

    company_id: int
    item_id: int
    uid: str
    outcome: str
    version: int
    owner_id: int | None


@dataclass(frozen=True)
class QuestionLate:
    """A question was not answered by the time that was agreed; the officer was told."""

    company_id: int
    question_id: int
    number: str
    due_at: datetime
