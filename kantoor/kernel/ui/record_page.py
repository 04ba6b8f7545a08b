"""What a record page is: the thing itself on the left; state, people, files, why and history on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.listing import Act, Column, Row


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and a value in the head of a record."""

    label: str
    value: Cell


@dataclass(frozen=True, slots=True)
class Addressee:
    """A name with its lines, as on paper: who sends, who receives."""

    title: str
    name: str
    lines: Sequence[str] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A line under the lines: subtotal, a tax rate, the total (`strong`)."""

    label: str
    value: Money
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A record that looks like the paper it is: parties, facts, lines and totals."""

    columns: Sequence[Column]
    lines: Sequence[Row]
    parties: Sequence[Addressee] = ()
    facts: Sequence[Fact] = ()
    totals: Sequence[Total] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Where the record stands, and what can be done next.

    `blocked` says in words why nothing can be done, or who must do it first.
    """

    status: Status
    since: datetime | None = None
    note: str = ""
    steps: Sequence[Act] = ()
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """One thing this record is tied to."""

    link: Link
    detail: str = ""
    value: Cell = None


@dataclass(frozen=True, slots=True)
class Relation:
    """Things of one kind that this record is tied to: people, payments, the order it came from."""

    title: str
    items: Sequence[Related]
    add: Act | None = None


@dataclass(frozen=True, slots=True)
class FileItem:
    """A kept file; `size_bytes` in bytes."""

    name: str
    url: str
    size_bytes: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """One step back in the chain that ends at the event that came in. The first is the record itself."""

    title: str
    at: datetime
    by: str = ""
    url: str = ""
    kind: Literal["action", "procedure", "event"] = "action"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changed; an empty `before` is a first value."""

    field: str
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history: who did what, when, and the fields that it changed."""

    by: str
    what: str
    at: datetime
    fields: Sequence[FieldChange] = ()
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    """A whole record page; `kind` is the word for what it is ("Invoice")."""

    kind: str
    title: str
    state: State
    breadcrumb: Sequence[Link] = ()
    main_action: Act | None = None
    more: Sequence[Act] = ()
    facts: Sequence[Fact] = ()
    document: Document | None = None
    relations: Sequence[Relation] = ()
    files: Sequence[FileItem] = ()
    attach: Act | None = None
    causes: Sequence[Cause] = ()
    history: Sequence[Change] = ()
    proof: Link | None = None
