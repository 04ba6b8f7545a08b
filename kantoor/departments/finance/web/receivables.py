"""Receivables as pages: item by item, and by age."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.open_item_register import open_item_register
from kantoor.departments.finance.queries.receivables import AGES, AgeRow, Ages, receivables_by_age
from kantoor.departments.finance.web.figures import invoice_url, money
from kantoor.departments.finance.web.open_items import item_columns, item_narrows, item_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.cells import Money
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.listing import Empty as NoRows
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

SHOWN = 100
"""Customers that the report by age names; the others are one row."""


_url = item_url(invoice_url)
RECEIVABLES = ListView(
    key="finance.receivables",
    title=_("Receivables"),
    query=open_item_register,
    columns=item_columns("customer", _("Customer"), _url, party_url),
    narrows=item_narrows(_("Customer"), _("The code of the customer.")),
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
    found = receivables_by_age(actor, on=span.end)
    return by_age_report(
        found,
        lambda amounts, party: _figures(actor, span.end, amounts, party),
        party_url,
        others=gettext("%(n)s other customers"),
        nobody=gettext("Without a customer"),
        nothing=gettext("Nobody owes anything"),
        register=RECEIVABLES.url,
    )


def by_age_report(
    found: Ages,
    figures: Callable[[Sequence[int], str], Sequence[Money | None]],
    url: Callable[[str], str],
    *,
    others: str,
    nobody: str,
    nothing: str,
    register: str,
) -> Report:
    """A control account by age and party, the largest first, held against the ledger."""
    largest = sorted(found.rows, key=lambda row: -row.total)
    rows = [
        ReportRow(_named(each, nobody), figures(_amounts(each), each.party), url=url(each.party))
        for each in largest[:SHOWN]
    ]
    if rest := largest[SHOWN:]:
        sums = [sum(column) for column in zip(*map(_amounts, rest), strict=True)]
        rows.append(ReportRow(others % {"n": len(rest)}, figures(sums, "")))
    verdict = None
    if rows:
        rows.append(ReportRow(gettext("Total"), figures(_amounts(found.total), ""), kind="total"))
        good = found.total.total == found.account
        words = (
            gettext("Adds up to the ledger account")
            if good
            else gettext("Differs from the ledger account")
        )
        verdict = Verdict(good, words)
    return Report(
        columns=[*(ReportColumn(each) for each in _ages()), ReportColumn(gettext("Total"))],
        rows=rows,
        verdict=verdict,
        has_codes=False,
        main_action=Act(gettext("Item by item"), register, icon="list"),
        empty=NoRows(nothing, icon="check"),
    )


def _named(row: AgeRow, nobody: str) -> str:
    """The party by name, with the number where the name doesn't hold it."""
    if not row.party:
        return nobody
    return row.name if row.party in row.name else f"{row.name} ({row.party})"


def _amounts(row: AgeRow) -> list[int]:
    return [row.not_due, row.days_30, row.days_60, row.days_90, row.older, row.total]


def _figures(actor: Actor, on: date, amounts: Sequence[int], party: str) -> list[Money | None]:
    return [
        money(actor, minor, _items_url(actor, on, party, due_between(on, place))) if minor else None
        for place, minor in enumerate(amounts)
    ]


def due_between(on: date, place: int) -> tuple[date | None, date | None]:
    """The due dates of a column, both included; None is without that bound, as in the total."""
    firsts = [on, *(on - timedelta(days=days) for days in AGES), None, None]
    lasts = [None, *(on - timedelta(days=days + 1) for days in (0, *AGES)), None]
    return firsts[place], lasts[place]


def _items_url(actor: Actor, on: date, party: str, due: tuple[date | None, date | None]) -> str:
    asked = {"party": party, **items_asked(actor, on, due)}
    pairs = {name: value for name, value in asked.items() if value}
    return f"{RECEIVABLES.url}?{urlencode(pairs)}" if pairs else RECEIVABLES.url


def items_asked(actor: Actor, on: date, due: tuple[date | None, date | None]) -> dict[str, str]:
    """What a figure by age asks of the register: its due dates, and a day gone by."""
    then = str(on) if on < today_of(actor) else ""
    return {"due_from": str(due[0] or ""), "due_to": str(due[1] or ""), "on": then}


def today_span(actor: Actor) -> Span:
    """The report is as of today unless another day is asked."""
    today = today_of(actor)
    return Span(today.replace(month=1, day=1), today)


BY_AGE = ReportView(
    key="finance.receivables_by_age",
    title=_("Receivables by age"),
    query=receivables_by_age,
    make=make_by_age,
    first_period=today_span,
    at_end=True,
)
