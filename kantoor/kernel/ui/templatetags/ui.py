"""Template tags of the design system: icons, typed cells, figures, forms, charts and preferences."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms, template
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kantoor.kernel.ui import charts, formats, icons
from kantoor.kernel.ui.cell_html import cell_html, phone_roles, row_cells, status_html
from kantoor.kernel.ui.cells import Cell, Money, Status
from kantoor.kernel.ui.form_page import FieldView, field_view
from kantoor.kernel.ui.frame import Register
from kantoor.kernel.ui.listing import ListPage, Row
from kantoor.kernel.ui.preferences import Preferences, preferences_of
from kantoor.kernel.ui.record_page import Document
from kantoor.kernel.ui.toasts import Toast, take

register = template.Library()
_HERE = SafeString(' aria-current="page"')

register.simple_tag(icons.icon, name="icon")
register.simple_tag(cell_html, name="cell")
register.filter("size", formats.size)


@register.simple_tag(takes_context=True)
def preferences(context: template.Context) -> Preferences:
    """The theme, rail, density and languages of the request."""
    request: HttpRequest | None = context.get("request")
    return preferences_of(request)


@register.simple_tag(takes_context=True)
def toasts(context: template.Context) -> list[Toast]:
    """The messages waiting to be shown; shown once."""
    request: HttpRequest | None = context.get("request")
    return take(request) if request else []


@register.simple_tag
def menu_link(entry: Register, classes: str = "") -> SafeString:
    """The link to a register; a menu has some fifty, too many for a template each."""
    return format_html(
        '<a{} href="{}"{}><span>{}</span>{}</a>',
        format_html(' class="{}"', classes) if classes else "",
        entry.url,
        _HERE if entry.active else "",
        entry.title,
        ""
        if entry.count is None
        else format_html('<span class="k-count">{}</span>', formats.number(entry.count)),
    )


@register.simple_tag
def rows(page: ListPage) -> list[tuple[Row, list[SafeString]]]:
    """Each row of a list with its `td` elements."""
    columns = page.chosen
    roles = phone_roles(columns)
    return [(row, row_cells(row, columns, roles)) for row in page.rows]


@register.simple_tag
def document_rows(document: Document) -> list[tuple[Row, list[SafeString]]]:
    """Each line of a document with its `td` elements."""
    columns = tuple(document.columns)
    roles = phone_roles(columns)
    return [(row, row_cells(row, columns, roles, titled=True)) for row in document.lines]


@register.simple_tag
def sums_row(page: ListPage) -> list[tuple[bool, SafeString]]:
    """A cell for each shown column of the foot: whether it is a figure, and its sum."""
    found = dict(page.sums)
    return [(column.at_end, cell_html(found.get(column.key))) for column in page.chosen]


@register.filter
def status(value: Status) -> SafeString:
    """A state as shape and word."""
    return status_html(value)


@register.filter
def count(value: int | None) -> str:
    """A count with the reader's grouping."""
    return "" if value is None else formats.number(value)


@register.filter
def glance(value: Money | int) -> str:
    """A key figure, rounded to whole units of its currency."""
    if isinstance(value, Money):
        return formats.money_round(value.minor, value.exponent, value.currency)
    return formats.number(value)


@register.filter
def exactly(value: Money | int) -> str:
    """A key figure to the last decimal, for its title."""
    if isinstance(value, Money):
        return formats.money(value.minor, value.exponent, value.currency)
    return formats.number(value)


@register.filter
def ago(value: datetime) -> SafeString:
    """A moment: "3 h ago" this week, the date and time before that."""
    return cell_html(value, relative=True)


@register.filter
def moment(value: datetime) -> str:
    """A day and time, short, in the zone of the company."""
    return formats.moment(value)


@register.filter
def span(begins: datetime, ends: datetime | None) -> str:
    """From when until when."""
    return formats.span(begins, ends)


@register.filter
def day(value: Cell) -> SafeString:
    """A day or a moment, short, with the full one on hover."""
    return cell_html(value)


@register.filter
def sparkline(values: Sequence[int]) -> SafeString:
    """A small line of the last periods."""
    return charts.sparkline(values)


@register.filter
def as_field(bound: forms.BoundField) -> FieldView:
    """A form field ready for `ui/form/field.html`."""
    return field_view(bound)


@register.simple_tag
def line_fields(form: forms.Form) -> list[FieldView]:
    """The shown fields of a line, each labelled by the head of its column."""
    shown = (field for field in form.visible_fields() if field.name not in ("DELETE", "ORDER"))
    return [field_view(field, label_id=f"lines-head-{field.name}") for field in shown]


@register.simple_tag
def line_heads(lines: "BaseFormSet[Any]") -> list[tuple[str, forms.BoundField, bool]]:
    """Name, field and whether it holds figures, for the head of the lines."""
    shown: list[Any] = [
        f for f in lines.empty_form.visible_fields() if f.name not in ("DELETE", "ORDER")
    ]
    return [(f.name, f, "k-amount" in str(f.field.widget.attrs.get("class", ""))) for f in shown]
