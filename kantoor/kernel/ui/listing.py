"""What a list page is: the shell fills these values from a query, the partials under `ui/list` show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Cell, Sums
from kantoor.kernel.ui.filters import Filter, FilterBox, boxes

ColumnKind = Literal["text", "money", "number", "date", "datetime", "status", "link", "party"]
PhoneRole = Literal["", "title", "figure", "meta", "hidden"]
"""Where a cell goes when a row is shown as two lines on a phone; empty chooses by kind."""

_FIGURES = ("money", "number")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, what kind of value it holds and whether it shows unasked."""

    key: str
    title: str
    kind: ColumnKind = "text"
    sortable: bool = True
    default: bool = True
    sum: bool = False
    currency: str = ""
    align: Literal["", "start", "end"] = ""
    phone: PhoneRole = ""

    @property
    def at_end(self) -> bool:
        """Whether values line up on the right: figures do, unless told otherwise."""
        return self.align == "end" or (not self.align and self.kind in _FIGURES)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its key for selection, the page it opens, its cells by column key.

    `seen` names it as it is shown, for what is done only to what somebody had before them.
    """

    key: str
    cells: Mapping[str, Cell]
    url: str = ""
    edit_url: str = ""
    muted: bool = False
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A button or link: the main action of a page, a next step, the way out of an empty list.

    `key` is the letter that presses it; `method` "post" makes it a form with a CSRF token and `fields`.
    """

    label: str
    url: str
    method: Literal["get", "post"] = "get"
    key: str = ""
    icon: str = ""
    tone: Literal["", "main", "danger"] = ""
    hint: str = ""
    fields: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class BulkAct:
    """An action on the selected rows: posts `selected` (repeated) or `everything=1` to `url`."""

    label: str
    url: str
    icon: str = ""
    tone: Literal["", "danger"] = ""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A remembered address under a name; `delete_url` is empty where one may not remove it."""

    title: str
    url: str
    active: bool = False
    delete_url: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: what will stand here, what to do first, and the button that does it."""

    title: str
    text: str = ""
    act: Act | None = None
    icon: str = "inbox"


@dataclass(frozen=True, slots=True)
class HeadCell:
    """The head of a shown column with the address that sorts by it."""

    column: Column
    url: str
    direction: Literal["", "ascending", "descending"]


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A whole list page. `key` names it for remembered column widths ("finance.invoices").

    `count` is the number of rows that match the filters, not those on the page; `count_is_floor`
    says "more than". `sort` is the order when the address names none: a column key, "-" before
    it for descending. `exports` are formats; each is the same address with `format` added.
    """

    key: str
    title: str
    address: Address
    columns: Sequence[Column]
    rows: Sequence[Row]
    next_cursor: str = ""
    count: int | None = None
    count_is_floor: bool = False
    sums: Sums = ()
    filters: Sequence[Filter] = ()
    sort: str = ""
    search: bool = True
    search_hint: str = ""
    bulk: Sequence[BulkAct] = ()
    main_action: Act | None = None
    more: Sequence[Act] = ()
    views: Sequence[SavedView] = ()
    save_view_url: str = ""
    exports: Sequence[str] = ("csv", "xlsx")
    empty: Empty = field(default_factory=lambda: Empty(""))

    @property
    def chosen(self) -> tuple[Column, ...]:
        """The columns shown: those the address names, else the default ones."""
        asked = self.address.all("columns")
        named = tuple(c for key in asked for c in self.columns if c.key == key)
        return named or tuple(column for column in self.columns if column.default)

    @property
    def chosen_keys(self) -> frozenset[str]:
        """The keys of the columns shown, for the column chooser."""
        return frozenset(column.key for column in self.chosen)

    @property
    def sorted_by(self) -> str:
        """The sort in force: a column key, "-" before it for descending."""
        return self.address.get("sort") or self.sort

    @property
    def head(self) -> tuple[HeadCell, ...]:
        """The heads of the shown columns; pressing one sorts, pressing again turns the order."""
        return tuple(self._head_cell(column) for column in self.chosen)

    def _head_cell(self, column: Column) -> HeadCell:
        now, address = self.sorted_by, self.address.first_page
        if now == column.key:
            return HeadCell(column, str(address.put("sort", f"-{column.key}")), "ascending")
        direction: Literal["", "descending"] = "descending" if now == f"-{column.key}" else ""
        return HeadCell(column, str(address.put("sort", column.key)), direction)

    @property
    def boxes(self) -> tuple[FilterBox, ...]:
        """The filters as chips, each with its form."""
        return boxes(self.filters, self.address)

    @property
    def asked(self) -> str:
        """The words searched for."""
        return self.address.get("q")

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.asked) or any(box.active for box in self.boxes)

    @property
    def unfiltered_url(self) -> str:
        """The same list with every filter off."""
        names = [name for box in self.boxes for name in box.names]
        return str(self.address.drop(["q", "cursor", *names]))

    @property
    def next_url(self) -> str:
        """The address of the next page, or nothing."""
        return str(self.address.put("cursor", self.next_cursor)) if self.next_cursor else ""

    @property
    def first_url(self) -> str:
        """The address of the first page, where this is a later one."""
        return str(self.address.first_page) if self.address.get("cursor") else ""

    @property
    def export_links(self) -> tuple[tuple[str, str], ...]:
        """Name and address of each export of what is filtered, all pages of it."""
        whole = self.address.first_page
        return tuple((name.upper(), str(whole.put("format", name))) for name in self.exports)

    @property
    def kept_by_search(self) -> tuple[tuple[str, str], ...]:
        """The query without search and cursor, as hidden fields of the search form."""
        return self.address.drop(("q", "cursor")).pairs

    @property
    def kept_by_columns(self) -> tuple[tuple[str, str], ...]:
        """The query without columns, as hidden fields of the column chooser."""
        return self.address.drop(("columns",)).pairs

    @property
    def default_columns_url(self) -> str:
        """The same view with the default columns."""
        return str(self.address.drop(("columns",)))


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that a bulk action left alone, and why."""

    label: str
    reason: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class BulkAnswer:
    """One answer for a bulk action: how many were done, and the list of what was refused."""

    done: int
    refused: Sequence[Refused] = ()
    undo: Act | None = None
