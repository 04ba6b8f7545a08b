"""What we owe as pages: item by item, and by age."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.open_item_register import OpenItemRow
from kantoor.departments.finance.queries.payables.owed import payables_by_age, payables_register
from kantoor.departments.finance.web.figures import entry_url, money
from kantoor.departments.finance.web.payables.urls import purchase_url, supplier_url
from kantoor.departments.finance.web.receivables import (
    by_age_report,
    due_between,
    items_asked,
    today_span,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.cells import Link, Money


def _document(row: OpenItemRow) -> Link:
    return Link(row.invoice or row.entry, _url(row))


def _url(row: OpenItemRow) -> str:
    return purchase_url(row.invoice) if row.invoice else entry_url(row.entry)


PAYABLES = ListView(
    key="finance.payables",
    title=_("Payables"),
    query=payables_register,
    columns=[
        Col(key="document", title=_("Document"), kind="link", value=_document, phone="meta"),
        Col(
            key="supplier",
            title=_("Supplier"),
            kind="party",
            value="party_name",
            url=lambda row: supplier_url(row.party),
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
    ],
    narrows=[
        Narrow(key="overdue", title=_("Overdue"), kind="boolean"),
        Narrow(key="due", title=_("Due"), kind="date_range"),
        Narrow(key="open", title=_("Open"), kind="amount_range"),
        Narrow(key="party", title=_("Supplier"), kind="text", hint=_("The code of the supplier.")),
        Narrow(
            key="on",
            title=_("As it stood on"),
            kind="text",
            hint=_("A day gone by, such as 2025-12-31."),
        ),
    ],
    tabs=[Tab(_("All")), Tab(_("Overdue"), {"overdue": "1"})],
    sort="due_on",
    row_url=_url,
    search_hint=_("Invoice or supplier"),
    empty=Empty(_("Nothing is open"), _("Everything that was posted is paid."), icon="check"),
)


def make_by_age(actor: Actor, span: Span) -> Report:
    """What we owe each supplier by how long it is due, the largest debts first."""
    found = payables_by_age(actor, on=span.end)

    def figures(amounts: Sequence[int], party: str) -> list[Money | None]:
        return [
            money(actor, minor, _items_url(actor, span.end, party, due_between(span.end, place)))
            if minor
            else None
            for place, minor in enumerate(amounts)
        ]

    return by_age_report(
        found,
        figures,
        supplier_url,
        others=gettext("%(n)s other suppliers"),
        nobody=gettext("Without a supplier"),
        nothing=gettext("We owe nobody anything"),
        register=PAYABLES.url,
    )


def _items_url(actor: Actor, on: date, party: str, due: tuple[date | None, date | None]) -> str:
    asked = {"party": party, **items_asked(actor, on, due)}
    pairs = {name: value for name, value in asked.items() if value}
    return f"{PAYABLES.url}?{urlencode(pairs)}" if pairs else PAYABLES.url


PAYABLES_BY_AGE = ReportView(
    key="finance.payables_by_age",
    title=_("Payables by age"),
    query=payables_by_age,
    make=make_by_age,
    first_period=today_span,
    at_end=True,
)
