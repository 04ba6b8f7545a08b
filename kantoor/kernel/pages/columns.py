"""Columns of a list: which value of a row they show, and how it reads on the page and in a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.encoding import force_str
from django.utils.functional import Promise

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.references import words_for
from kantoor.kernel.ui.cells import Cell, Link, Money, Party, Status, Thumb, Tone
from kantoor.kernel.ui.listing import Column, ColumnKind, PhoneRole

Value = str | Callable[[Any], Any]
"""Where a value comes from: an attribute of the row (`customer.name` too), or a function of it."""
States = Mapping[Any, tuple[Any, Tone]]
"""What a state is called, and how it asks for attention: {"open": (_("Open"), "info")}."""


@dataclass(frozen=True, kw_only=True)
class Col:
    """A column. `value` is the attribute of its key unless given.

    A `money` value is minor units of the company's currency, which the head names once; with
    `currency` (an attribute or function of the row) each cell names its own, and with
    `foreign` as well only one that is not the company's. `states` gives a
    `status` its word and shape, or a `text` its word. `url` makes a `link` or `party` open
    something. `sort` is for keys that the query sorts by; `sum` for values it adds up (named
    `value` in its sums, or the text given). A `reference` (`finance.entry/12`) is shown as what
    it names, with its page.
    """

    key: str
    title: Any
    kind: ColumnKind = "text"
    value: Value = ""
    sort: bool = False
    sum: bool | str = False
    default: bool = True
    phone: PhoneRole = ""
    align: Literal["", "start", "end"] = ""
    currency: Value = ""
    foreign: bool = False
    states: States | None = None
    url: Callable[[Any], str] | None = None
    detail: Value = ""
    reference: bool = False

    def shown(self, actor: Actor) -> Column:
        """The column as the page shows it."""
        mine = self.kind == "money" and (not self.currency or self.foreign)
        return Column(
            self.key,
            force_str(self.title),
            self.kind,
            sortable=self.sort,
            default=self.default,
            sum=bool(self.sum),
            currency=actor.currency if mine else "",
            align=self.align,
            phone=self.phone,
        )

    @property
    def sum_key(self) -> str:
        """The name of its total among the sums of the query."""
        if isinstance(self.sum, str):
            return self.sum
        return self.value if isinstance(self.value, str) and self.value else self.key

    def raw(self, row: Any) -> Any:
        """The value of a row, as the query gave it."""
        return value_of(row, self.value or self.key)

    def cell(self, row: Any, actor: Actor, pages: Mapping[str, Link] | None = None) -> Cell:
        """The value of a row as the page shows it; `pages` are those of references."""
        value = self.raw(row)
        if self.reference:
            page = (pages or {}).get(value)
            words = words_for(value, page) if value else ""
            return Link(words, page.url) if page else words
        return self._typed(value, row, actor)

    def _typed(self, value: Any, row: Any, actor: Actor) -> Cell:
        if value is None or isinstance(value, (Money, Status, Link, Party, Thumb)):
            return value
        if self.kind == "money":
            return self._money(value, row, actor)
        if self.states is not None:
            word, tone = self.states.get(value, (str(value), "quiet"))
            return Status(str(value), force_str(word), tone) if self.kind == "status" else word
        if self.kind == "link" and self.url:
            return Link(force_str(value), self.url(row))
        if self.kind == "party":
            detail = value_of(row, self.detail) if self.detail else ""
            return Party(force_str(value), self.url(row) if self.url else "", force_str(detail))
        if isinstance(value, (int, Decimal, date)) and not isinstance(value, bool):
            return value
        return force_str(value)

    def _money(self, value: int, row: Any, actor: Actor) -> Money:
        if not self.currency:
            return Money(value, exponent(actor.currency), url=self.url(row) if self.url else "")
        own = str(value_of(row, self.currency) or actor.currency)
        named = "" if self.foreign and own == actor.currency else own
        return Money(value, exponent(own), named, self.url(row) if self.url else "")

    def total(self, value: Any, actor: Actor) -> Any:
        """A sum of the query as the foot shows it."""
        return Money(int(value), exponent(actor.currency)) if self.kind == "money" else value


def value_of(row: Any, value: Value) -> Any:
    """A value of a row by attribute, by path of attributes, by key, or by function."""
    if not isinstance(value, str):
        return value(row)
    for name in value.split("."):
        if row is None:
            return None
        row = row[name] if isinstance(row, Mapping) else getattr(row, name)
    return row


def plain(cell: Cell) -> str | int | Decimal | date | None:
    """A cell as a file holds it: amounts in major units, states and names as their word."""
    if isinstance(cell, Money):
        return Decimal(cell.minor).scaleb(-cell.exponent)
    if isinstance(cell, (Status, Link)):
        return force_str(cell.label)
    if isinstance(cell, Party):
        return force_str(cell.name)
    if isinstance(cell, Thumb):
        return cell.alt
    if isinstance(cell, (Promise, str)):
        return force_str(cell)
    return cell


def moment_or_day(value: date) -> str:
    """A date or a moment in ISO 8601, as files have it."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat()
