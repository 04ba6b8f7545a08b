"""Receivables as pages: item by item, and by age."""

from datetime import date
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.open_item_register import OpenItemRow, open_item_register
from kantoor.departments.finance.queries.receivables_by_age import (
    ages_of_receivables,
    due_between,
)
from kantoor.departments.finance.web.figures import (
    customer_url,
    entry_url,
    invoice_url,
    money,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.cells import Link, Money
from kantoor.kernel.ui.listing import Act, Empty
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow

SHOWN = 100
"""Customers that the report by age names; the others are one row."""


def _document(row: OpenItemRow) -> Link:
    if row.invoice:
        return Link(row.invoice, invoice_url(row.invoice))
    return Link(row.entry, entry_url(row.entry))


def _url(row: OpenItemRow) -> str:
    return invoice_url(row.invoice) if row.invoice else entry_url(row.entry)


RECEIVABLES = ListView(
    key="finance.receivables",
    title=_("Receivables"),
    query=open_item_register,
    columns=[
        Col(key="document", title=_("Document"), kind="link", value=_document, phone="meta"),
        Col(
            key="customer",
            title=_("Customer"),
            kind="party",
            value="party_name",
            url=lambda row: customer_url(row.party),
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
        Narrow(key="party", title=_("Customer"), kind="text", hint=_("The code of the customer.")),
    ],
    tabs=[Tab(_("All")), Tab(_("Overdue"), {"overdue": "1"})],
    sort="due_on",
    row_url=_url,
    new="finance.receive_payment",
    search_hint=_("Invoice or customer"),
    empty=Empty(_("Nothing is open"), _("Everything that was invoiced is paid."), icon="check"),
)


def _ages() -> list[str]:
    return [
        gettext("Not due"),
        gettext("1 to 30 days"),
        gettext("31 to 60 days"),
        gettext("61 to 90 days"),
        gettext("Older"),
    ]


def make_by_age(actor: Actor, span: Span) -> Report:
    """What each customer owes by how long it is due, the largest debts first."""
    found = ages_of_receivables(actor, on=span.end, most=SHOWN)
    rows = [
        ReportRow(
            each.name or gettext("Without a customer"),
            _figures(actor, span.end, each.ages, each.total, each.party),
            code=each.party,
            url=customer_url(each.party) if each.party else "",
        )
        for each in found.customers
    ]
    if found.count > len(found.customers) and rows:
        ages = [
            whole - sum(each.ages[place] for each in found.customers)
            for place, whole in enumerate(found.ages)
        ]
        label = gettext("%(n)s other customers") % {"n": found.count - len(found.customers)}
        rows.append(ReportRow(label, _figures(actor, span.end, ages, sum(ages), ""), level=0))
    if rows:
        total = _figures(actor, span.end, found.ages, found.total, "")
        rows.append(ReportRow(gettext("Total"), total, kind="total"))
    return Report(
        columns=[*(ReportColumn(each) for each in _ages()), ReportColumn(gettext("Total"))],
        rows=rows,
        main_action=Act(gettext("Item by item"), RECEIVABLES.url, icon="list"),
        empty=Empty(gettext("Nobody owes anything"), icon="check"),
    )


def _figures(actor: Actor, on: date, ages: list[int], total: int, party: str) -> list[Money | None]:
    figures = [
        money(actor, minor, _items_url(party, *due_between(on, place))) if minor else None
        for place, minor in enumerate(ages)
    ]
    return [*figures, money(actor, total, _items_url(party, None, None))]


def _items_url(party: str, first: date | None, last: date | None) -> str:
    asked = {"party": party, "due_from": str(first or ""), "due_to": str(last or "")}
    pairs = {name: value for name, value in asked.items() if value}
    return f"{RECEIVABLES.url}?{urlencode(pairs)}" if pairs else RECEIVABLES.url


def today_span(_actor: Actor) -> Span:
    """The report is as of today unless another day is asked."""
    today = timezone.localdate()
    return Span(today.replace(month=1, day=1), today)


BY_AGE = ReportView(
    key="finance.receivables_by_age",
    title=_("Receivables by age"),
    query=ages_of_receivables,
    make=make_by_age,
    first_period=today_span,
    at_end=True,
)
