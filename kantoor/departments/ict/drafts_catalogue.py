"""What people hand in to arrange the catalogue, and to ask from it."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

FieldKind = Literal["text", "long", "choice", "number", "date", "person", "device"]
Approval = Literal["", "manager", "owner", "role"]


class FieldDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a form; `key` follows from the label unless said.

    `choices` are words with semicolons between them. `least` and `most` bound the characters of a
    text, a number, or the days from today of a date.
    """

    label: str
    kind: FieldKind = "text"
    required: bool = False
    choices: str = ""
    least: int | None = None
    most: int | None = None
    hint: str = ""
    key: str = ""


class ItemDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An item of the catalogue; see CatalogueItem. `tasks` is a line for each."""

    code: str
    name: str
    text: str = ""
    section: str = ""
    service: str = ""
    queue: str = ""
    impact: int = 3
    urgency: int = 3
    approval: Approval = ""
    role: str = ""
    tasks: str = ""
    fields: Sequence[FieldDraft] = ()


class RequestDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Something asked from the catalogue: answers by the keys of its fields.

    Numbers in plain decimals, dates as 2026-11-26, people by code, address or name, devices by
    number. `requester` is the code of whom the desk asks it for; empty is oneself.
    """

    item: str
    answers: Mapping[str, str] = {}
    requester: str = ""
