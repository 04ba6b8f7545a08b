"""What the desk hands in to keep texts that are used again."""

import msgspec

from kantoor.departments.ict.drafts import Kind


class AnswerDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A canned answer; see CannedAnswer."""

    code: str
    name: str
    text_nl: str = ""
    text_en: str = ""


class TemplateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A template for new cases; see CaseTemplate."""

    code: str
    name: str
    title_nl: str = ""
    title_en: str = ""
    text_nl: str = ""
    text_en: str = ""
    kind: Kind = "incident"
    service: str = ""
    queue: str = ""
    impact: int = 2
    urgency: int = 2
