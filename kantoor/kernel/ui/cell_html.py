"""Turns a typed cell into HTML: the one place where figures, dates and states get their look."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kantoor.kernel.ui import formats
from kantoor.kernel.ui.cells import Cell, Link, Money, Party, Status, Thumb
from kantoor.kernel.ui.listing import Column, Row

_NOTHING = mark_safe("")


def cell_html(value: Cell, *, relative: bool = False) -> SafeString:
    """A value on its own; `relative` gives "3 h ago" to times of this week."""
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, Status):
        return status_html(value)
    if isinstance(value, Money):
        return _money_html(value)
    if isinstance(value, Link):
        return format_html('<a href="{}">{}</a>', value.url, value.label)
    if isinstance(value, Party):
        return _party_html(value)
    if isinstance(value, Thumb):
        return format_html(
            '<img class="k-thumb" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            value.url, value.alt, value.width, value.height,
        )  # fmt: skip
    if isinstance(value, date):
        return _time_html(value, relative=relative)
    if isinstance(value, Decimal):
        return format_html("{}", formats.number(_without_zeros(value)))
    if isinstance(value, int):
        return format_html("{}", formats.number(value))
    return format_html("{}", value)


def _without_zeros(value: Decimal) -> Decimal:
    """A figure kept to six decimals without those that say nothing: 6, 2.50, 0.125."""
    if not value.is_finite() or int(value.as_tuple().exponent) >= -2:
        return value
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    plain = value.normalize()
    return plain if int(plain.as_tuple().exponent) <= -2 else plain.quantize(Decimal("0.01"))


def status_html(status: Status) -> SafeString:
    """A state: its shape (hidden from readers of the word) and its word."""
    return format_html(
        '<span class="k-status k-{}"><i class="k-shape" aria-hidden="true"></i>{}</span>',
        status.tone,
        status.label,
    )


def _money_html(money: Money) -> SafeString:
    if money.currency:
        words = formats.money(money.minor, money.exponent, money.currency)
    else:
        words = formats.amount(money.minor, money.exponent)
    if money.url:
        return format_html('<a class="k-figure" href="{}">{}</a>', money.url, words)
    return format_html("{}", words)


def _party_html(party: Party) -> SafeString:
    if party.url:
        name = format_html('<a href="{}">{}</a>', party.url, party.name)
    else:
        name = format_html("{}", party.name)
    if not party.detail:
        return name
    return format_html('{} <span class="k-detail">{}</span>', name, party.detail)


def _time_html(value: date, *, relative: bool) -> SafeString:
    if isinstance(value, datetime):
        words = formats.since(value) if relative else formats.moment(value)
        title = formats.moment_in_full(value)
    else:
        words, title = formats.day(value), formats.day_in_full(value)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), title, words)


def _phone_role(column: Column, *, title: bool, figure_taken: bool) -> str:
    if column.phone:
        return column.phone
    if title:
        return "title"
    return "figure" if column.kind == "money" and not figure_taken else "meta"


def phone_roles(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Where each column's cell stands when a row becomes two lines on a phone."""
    roles: list[str] = []
    named = any(column.phone == "title" for column in columns)
    figured = any(column.phone == "figure" for column in columns)
    for place, column in enumerate(columns):
        taken = figured or "figure" in roles
        roles.append(_phone_role(column, title=place == 0 and not named, figure_taken=taken))
    return tuple(roles)


def row_cells(
    row: Row, columns: tuple[Column, ...], roles: tuple[str, ...], *, titled: bool = False
) -> list[SafeString]:
    """The `td` elements of a row; the first one carries the link that the row keys open.

    Figures have their column's title with them, for a phone, where the heads are gone and a bare
    number says nothing; `titled` gives it to each lesser cell.
    """
    return [
        _td(row, column, role, first=place == 0, titled=titled)
        for place, (column, role) in enumerate(zip(columns, roles, strict=True))
    ]


def _td(row: Row, column: Column, role: str, *, first: bool, titled: bool) -> SafeString:
    value = row.cells.get(column.key)
    inner = cell_html(value, relative=column.kind == "datetime")
    if first and row.url:
        inner = _main_link(row, value, inner)
    side = " k-end" if column.at_end else ""
    told = (titled and role == "meta") or _is_bare(column, role)
    title = format_html(' data-title="{}"', column.title) if told else _NOTHING
    return format_html(
        '<td role="cell" class="k-{} k-as-{}{}"{}>{}</td>', column.kind, role, side, title, inner
    )


def _is_bare(column: Column, role: str) -> bool:
    """Whether a cell is a figure that its column alone explains; a sum of money stands for itself."""
    return column.at_end and (role == "meta" or (role == "figure" and column.kind != "money"))


def _main_link(row: Row, value: Cell, inner: SafeString) -> SafeString:
    if isinstance(value, Link | Party):
        label = value.label if isinstance(value, Link) else value.name
        inner = format_html("{}", label)
    return format_html('<a class="k-main-link" href="{}">{}</a>', row.url, inner or row.key)
