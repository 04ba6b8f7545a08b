"""What people and machines hand in to have something done in ICT."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

Kind = Literal["incident", "request", "problem", "change"]
Channel = Literal["phone", "mail", "page", "api", "alert", "log"]
WaitingFor = Literal["caller", "vendor", "problem", "evidence"]


class CaseDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A case to be opened.

    `requester` is the code of a relation, `contact` who called where that is nobody we know.
    `impact` and `urgency` are 1 (high) to 3 (low). With `about` (the key of a cause) a case that
    is open for it already is found instead of a second one opened. `by_machine`: no person has
    had it in hand yet. `opened_at` is now unless said; `files` are keys of stored files.
    """

    title: str
    text: str = ""
    kind: Kind = "incident"
    requester: str = ""
    contact: str = ""
    service: str = ""
    queue: str = ""
    assignee: str = ""
    impact: int = 2
    urgency: int = 2
    channel: Channel = "page"
    about: str = ""
    source: str = ""
    reference: str = ""
    event: str = ""
    opened_at: datetime | None = None
    by_machine: bool = False
    files: Sequence[int] = ()


class CaseOpened(msgspec.Struct, frozen=True):
    """A case that was opened, or the open one that was found (`known`)."""

    id: int
    number: str
    known: bool


class NoteDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A note to a case; a `public` one the requester may read.

    `by_requester`: the requester wrote it; it goes on where it waited for them. `by_machine`: no
    person did, so it moves nothing. `files` are keys of stored files; `minutes` is what was worked
    on it, where it is to be written down.
    """

    case: str
    text: str
    public: bool = False
    files: Sequence[int] = ()
    by_machine: bool = False
    by_requester: bool = False
    minutes: int = 0


class CallDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A call as it is noted while the caller is on the line.

    `caller` is the code of a relation, `contact` who it is where that is nobody we know; `title`
    is what is the matter, `text` the notes. `devices` are numbers of devices it is about.
    With `solution` it was solved on the line; `minutes` is how long it took, where it is to be
    written down.
    """

    caller: str = ""
    contact: str = ""
    title: str
    text: str = ""
    service: str = ""
    queue: str = ""
    impact: int = 2
    urgency: int = 2
    devices: Sequence[str] = ()
    solution: str = ""
    minutes: int = 0


class Shared(msgspec.Struct, frozen=True):
    """Why a case went to whom it went; empty where somebody had it already."""

    number: str
    why: str
