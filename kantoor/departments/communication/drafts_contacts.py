"""What is given of a contact, and of what was said with one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

Kind = Literal["press", "affairs", "other"]
Way = Literal["call", "mail", "meeting", "note"]


class ContactDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A contact of press or public affairs.

    `party` is the code of somebody the company knows already; empty makes a new relation. `tags`
    are words with commas between them, `language` nl, en or empty.
    """

    name: str
    email: str = ""
    phone: str = ""
    medium: str = ""
    beat: str = ""
    kind: Kind = "press"
    language: str = ""
    tags: str = ""
    remarks: str = ""
    party: str = ""


class ContactChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a contact; what is not said stays as it is."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    medium: str | None = None
    beat: str | None = None
    kind: Kind | None = None
    language: str | None = None
    tags: str | None = None
    remarks: str | None = None
    active: bool | None = None


class FileDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A file that belongs to what was said."""

    name: str
    content: bytes


class SaidDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What was said with a contact; `at` is when, now where it is left out."""

    contact: str
    text: str
    way: Way = "call"
    at: datetime | None = None
    files: Sequence[FileDraft] = ()
