"""The Belgian VAT return as a page, each grid opening its facts, and the listing of customers."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.vat.belgium import (
    COUNTRY,
    BelgianReturn,
    belgian_vat_return,
)
from kantoor.departments.finance.queries.vat.client_listing import belgian_client_listing
from kantoor.departments.finance.queries.vat.facts import chain_of
from kantoor.departments.finance.queries.vat.returns import next_period
from kantoor.departments.finance.reference.vat.grids_be import sections
from kantoor.departments.finance.vat_periods import period_holding
from kantoor.departments.finance.web.figures import money
from kantoor.departments.finance.web.vat.returns import facts_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty as NoClients
from kantoor.kernel.pages.list_view import ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Empty
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

BALANCE = ("71", "72")


def make_belgian_return(actor: Actor, span: Span) -> Report:
    """The grids of the month or quarter that the days are in."""
    if actor.country != COUNTRY:
        empty = Empty(gettext("For companies in Belgium"), icon="receipt-tax")
        return Report(columns=[], rows=[], empty=empty)
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    period = period_holding(span.end, "quarter" if months else "month")
    found = belgian_vat_return(actor, period=period.code)
    return Report(
        columns=[ReportColumn(gettext("Amount"))],
        rows=_rows(actor, found),
        subtitle=gettext("%(period)s · file by %(day)s")
        % {"period": found.period, "day": day(found.due_on)},
        verdict=_verdict(found),
        empty=Empty(gettext("Nothing in this period"), icon="receipt-tax"),
    )


def _rows(actor: Actor, found: BelgianReturn) -> list[ReportRow]:
    rows: list[ReportRow] = []
    section = ""
    for each in found.grids:
        if each.section != section:
            section = each.section
            title = sections()[section].in_language(actor.language)
            rows.append(ReportRow(f"{section} {title}", kind="heading"))
        total = each.grid in BALANCE
        url = "" if total else facts_url(found.period, each.grid)
        rows.append(
            ReportRow(
                each.name,
                [money(actor, each.amount, url) if each.amount else None],
                code=each.grid,
                level=1,
                kind="total" if total else "line",
            )
        )
    return rows if any(each.amount for each in found.grids) else []


def _verdict(found: BelgianReturn) -> Verdict | None:
    if not found.negative:
        return None
    words = gettext("Below nought, which the form does not take: %(grids)s")
    return Verdict(False, words % {"grids": ", ".join(found.negative)})


def _next(actor: Actor) -> Span:
    """The period of the return that is to be filed next."""
    found = next_period(actor, chain_of(actor.company_id, "vat"))
    return Span(found.starts_on, found.ends_on)


@dataclass(frozen=True, kw_only=True)
class BelgianReturnView(ReportView):
    """In the menu of companies in Belgium alone."""

    def concerns(self, actor: Actor) -> bool:
        """Whether the company is Belgian."""
        return actor.country == COUNTRY


BELGIAN_RETURN = BelgianReturnView(
    key="finance.belgian_vat_return",
    title=_("Belgian VAT return"),
    query=belgian_vat_return,
    make=make_belgian_return,
    first_period=_next,
)


@dataclass(frozen=True, kw_only=True)
class BelgianList(ListView):
    """In the menu of companies in Belgium alone."""

    def concerns(self, actor: Actor) -> bool:
        """Whether the company is Belgian."""
        return actor.country == COUNTRY


CLIENT_LISTING = BelgianList(
    key="finance.belgian_client_listing",
    title=_("Belgian client listing"),
    query=belgian_client_listing,
    columns=[
        Col(key="vat_number", title=_("VAT number"), phone="meta"),
        Col(
            key="name",
            title=_("Name"),
            kind="party",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="base", title=_("Turnover"), kind="money", sum=True, phone="figure"),
        Col(key="tax", title=_("VAT"), kind="money", sum=True),
    ],
    narrows=[Narrow(key="year", title=_("Year"), kind="text", hint=_("Such as 2024."))],
    row_key="vat_number",
    row_url=lambda row: party_url(row.party),
    empty=NoClients(
        _("Nobody to list"),
        _("Customers with a Belgian VAT number who bought for more than 250 euros in the year."),
        icon="users",
    ),
)
