"""Filters of a list: described once, shown as chips, read back from the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext

from kantoor.kernel.ui import formats
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.reading import Unreadable, read_amount, read_date

FilterKind = Literal["choice", "text", "date_range", "amount_range", "boolean"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible value of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list. `choices` only for kind "choice" (any of them may be combined)."""

    key: str
    title: str
    kind: FilterKind = "choice"
    choices: Sequence[Choice] = ()
    hint: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters it has in the address."""
        if self.kind == "date_range":
            return (f"{self.key}_from", f"{self.key}_to")
        if self.kind == "amount_range":
            return (f"{self.key}_min", f"{self.key}_max")
        return (self.key,)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the address asks of one filter; only the fields of its kind are set.

    Both ends of a range are included; `low` and `high` are in major units.
    """

    key: str
    values: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    truth: bool | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice as the form shows it."""

    choice: Choice
    chosen: bool


@dataclass(frozen=True, slots=True)
class FilterBox:
    """A filter with its state: the chip's words, the form's values, the address without it."""

    filter: Filter
    words: str
    fault: str
    first: str
    second: str
    options: tuple[Option, ...]
    clear_url: str
    kept: tuple[tuple[str, str], ...]

    @property
    def active(self) -> bool:
        """Whether this filter narrows the list (or was asked to, and can't be read)."""
        return bool(self.words)

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters it has in the address."""
        return self.filter.names


def read_filters(filters: Sequence[Filter], address: Address) -> tuple[Narrowed, ...]:
    """What the address asks, one value for each active filter, for the query to apply.

    A value that can't be read narrows nothing and carries its `fault` in the reader's language.
    """
    return tuple(_read(f, address) for f in filters if any(address.get(n) for n in f.names))


def _read(filter_: Filter, address: Address) -> Narrowed:
    first, second = address.get(filter_.names[0]), address.get(filter_.names[-1])
    try:
        if filter_.kind == "date_range":
            return Narrowed(filter_.key, start=_date(first), end=_date(second))
        if filter_.kind == "amount_range":
            return Narrowed(filter_.key, low=_amount(first), high=_amount(second))
    except Unreadable as fault:
        return Narrowed(filter_.key, fault=str(fault))
    if filter_.kind in ("boolean", "choice"):
        return _read_choice(filter_, [value for value in address.all(filter_.key) if value])
    return Narrowed(filter_.key, values=(first,))


def _read_choice(filter_: Filter, chosen: Sequence[str]) -> Narrowed:
    """What is chosen; with a value that there is not, nothing, for the rest may mean the opposite."""
    yes_no = filter_.kind == "boolean"
    known = {"0", "1"} if yes_no else {choice.value for choice in filter_.choices}
    if unknown := [value for value in chosen if value not in known]:
        fault = gettext("“%(text)s” is not among the choices. Choose anew.")
        return Narrowed(filter_.key, fault=fault % {"text": unknown[0][:40]})
    if yes_no:
        return Narrowed(filter_.key, truth=chosen[0] == "1")
    return Narrowed(filter_.key, values=tuple(chosen))


def _date(text: str) -> date | None:
    return read_date(text) if text else None


def _amount(text: str) -> Decimal | None:
    return read_amount(text) if text else None


def boxes(filters: Sequence[Filter], address: Address) -> tuple[FilterBox, ...]:
    """Each filter as the chip and the form of the page at this address."""
    asked = {narrowed.key: narrowed for narrowed in read_filters(filters, address)}
    return tuple(_box(f, asked.get(f.key), address) for f in filters)


def _box(filter_: Filter, narrowed: Narrowed | None, address: Address) -> FilterBox:
    without = address.drop((*filter_.names, "cursor"))
    chosen = frozenset(narrowed.values if narrowed else ())
    return FilterBox(
        filter=filter_,
        words=_words(filter_, narrowed) if narrowed else "",
        fault=narrowed.fault if narrowed else "",
        first=address.get(filter_.names[0]),
        second=address.get(filter_.names[-1]),
        options=tuple(Option(choice, choice.value in chosen) for choice in filter_.choices),
        clear_url=str(without),
        kept=without.pairs,
    )


def _words(filter_: Filter, narrowed: Narrowed) -> str:
    if narrowed.fault:
        return gettext("can't be read")
    if filter_.kind == "boolean":
        return gettext("yes") if narrowed.truth else gettext("no")
    if filter_.kind == "date_range":
        start = formats.day(narrowed.start) if narrowed.start else ""
        return _range(start, formats.day(narrowed.end) if narrowed.end else "")
    if filter_.kind == "amount_range":
        low = formats.number(narrowed.low) if narrowed.low is not None else ""
        return _range(low, formats.number(narrowed.high) if narrowed.high is not None else "")
    if filter_.kind == "choice":
        return ", ".join(c.label for c in filter_.choices if c.value in narrowed.values)
    return narrowed.values[0]


def _range(low: str, high: str) -> str:
    if low and high:
        return low if low == high else f"{low} – {high}"
    return (
        gettext("from %(low)s") % {"low": low}
        if low
        else gettext("up to %(high)s") % {"high": high}
    )
