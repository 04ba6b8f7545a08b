"""What is given of a question or mention."""

from datetime import datetime
from typing import Literal

import msgspec

Kind = Literal["question", "mention"]
Channel = Literal["phone", "mail", "social", "page", "other"]
Tone = Literal["", "good", "neutral", "bad"]


class QuestionDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A question that somebody asked, or a mention of the company somewhere.

    `contact` is the code of who asked, where they are a contact; `owner` who deals with it, by the
    name they sign in under; `came_at` when it came, now where it is left out. `link` is the page
    of a mention, `tone` how it speaks of the company.
    """

    title: str
    text: str = ""
    kind: Kind = "question"
    channel: Channel = "phone"
    asker: str = ""
    address: str = ""
    phone: str = ""
    medium: str = ""
    link: str = ""
    tone: Tone = ""
    contact: str = ""
    owner: str = ""
    came_at: datetime | None = None


class QuestionChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a question; what is not said stays as it is."""

    title: str | None = None
    kind: Kind | None = None
    asker: str | None = None
    address: str | None = None
    phone: str | None = None
    medium: str | None = None
    link: str | None = None
    tone: Tone | None = None
    contact: str | None = None
    due_at: datetime | None = None


class TermsDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Within how much working time questions are answered, in minutes, and who hears of the late.

    `officer` is the name they sign in under. `monitors` are addresses, one a line.
    """

    calendar: str = ""
    press_minutes: int = 240
    question_minutes: int = 960
    mention_minutes: int = 480
    officer: str = ""
    monitors: str = ""
