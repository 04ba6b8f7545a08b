"""Open items as a register, whoever owes: the columns, and what it can be narrowed to."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.open_item_register import OpenItemRow
from kantoor.departments.finance.web.figures import entry_url
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.ui.cells import Link

ItemUrl = Callable[[OpenItemRow], str]


def item_url(invoice_url: Callable[[str], str]) -> ItemUrl:
    """Where an item leads: to its invoice, else to the entry that made it."""
    return lambda row: invoice_url(row.invoice) if row.invoice else entry_url(row.entry)


def item_columns(key: str, party: Any, url: ItemUrl, party_url: Callable[[str], str]) -> list[Col]:
    """The columns; `key` and `party` are what the other side is called, in code and for people."""
    return [
        Col(
            key="document",
            title=_("Document"),
            kind="link",
            value=lambda row: Link(row.invoice or row.entry, url(row)),
            phone="meta",
        ),
        Col(
            key=key,
            title=party,
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="date", title=_("Date"), kind="date", sort=True),
        Col(key="due_on", title=_("Due"), kind="date", sort=True, phone="meta"),
        Col(
            key="late",
            title=_("Days late"),
            kind="number",
            value=lambda row: row.days_late or None,
        ),
        Col(key="amount", title=_("Amount"), kind="money", sort=True, sum=True, default=False),
        Col(key="open", title=_("Open"), kind="money", sort=True, sum=True, phone="figure"),
    ]


def item_narrows(party: Any, hint: Any) -> list[Narrow]:
    """What the items can be narrowed to; `hint` says what names the other side."""
    return [
        Narrow(key="overdue", title=_("Overdue"), kind="boolean"),
        Narrow(key="due", title=_("Due"), kind="date_range"),
        Narrow(key="open", title=_("Open"), kind="amount_range"),
        Narrow(key="party", title=party, kind="text", hint=hint),
        Narrow(
            key="on",
            title=_("As it stood on"),
            kind="text",
            hint=_("A day gone by, such as 2025-12-31."),
        ),
    ]
