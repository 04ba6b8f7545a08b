"""The ICP listing, the OSS return and the reconciliation of VAT as pages."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import MissingRate
from kantoor.departments.finance.queries.vat.listings import (
    Listing,
    ListingLine,
    icp_listing,
    next_listing,
    oss_return,
)
from kantoor.departments.finance.queries.vat.reconciliation import (
    AccountTie,
    vat_reconciliation,
)
from kantoor.departments.finance.queries.vat.returns import vat_return
from kantoor.departments.finance.vat_periods import period_holding
from kantoor.departments.finance.web.figures import (
    account_url,
    entry_url,
    money,
    sourced,
    url_of,
)
from kantoor.departments.finance.web.vat.returns import FACTS_URL
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.cells import Money
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.listing import Act, Empty
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

WHAT = {"goods": _("Goods"), "services": _("Services"), "triangular": _("Triangular")}


def listing_span(actor: Actor) -> Span:
    """The quarter or month of the listing that is to be filed next."""
    found = icp_listing(actor)
    return Span(found.starts_on, found.ends_on)


def oss_span(actor: Actor) -> Span:
    """The quarter of the OSS return that is to be filed next."""
    found = next_listing(actor, "oss")
    return Span(found.starts_on, found.ends_on)


def _period(span: Span) -> str:
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    return period_holding(span.end, "quarter" if months else "month").code


def make_icp(actor: Actor, span: Span) -> Report:
    """Supplies to businesses in the EU by VAT number; corrections name the period they are of."""
    found = icp_listing(actor, period=_period(span))
    rows = [
        ReportRow(
            f"{line.vat_number or gettext('No VAT number')} · {line.party_name}",
            [
                money(actor, line.base) if line.what == what else None
                for what in ("goods", "services", "triangular")
            ],
            code=line.country if line.period == found.period else line.period,
            url=party_url(line.party) if line.party else "",
        )
        for line in found.lines
    ]
    if rows:
        sums = [
            sum(line.base for line in found.lines if line.what == what)
            for what in ("goods", "services", "triangular")
        ]
        rows.append(ReportRow(gettext("Total"), [money(actor, n) for n in sums], kind="total"))
    return Report(
        columns=[ReportColumn(str(word)) for word in WHAT.values()],
        rows=rows,
        code_title=_("Country"),
        name_title=_("Customer"),
        subtitle=_said(found),
        verdict=_complete(found) if rows else None,
        main_action=_file(actor, found, "finance.file_icp_listing"),
        empty=Empty(gettext("No supplies to businesses in other EU countries"), icon="world"),
    )


def _complete(found: Listing) -> Verdict:
    if found.missing:
        words = gettext("%(n)s without a VAT number") % {"n": found.missing}
        return Verdict(False, words)
    return Verdict(True, gettext("Each customer has a VAT number"))


def _said(found: Listing) -> str:
    state = gettext("Filed") if found.state == "filed" else gettext("Open")
    return f"{found.period} · {state} · {found.currency}"


def _file(actor: Actor, found: Listing, action: str) -> Act | None:
    if found.state == "filed" or found.ends_on >= today_of(actor):
        return None
    label = gettext("File %(period)s") % {"period": found.period}
    return act_for(actor, action, label=label, key="f", icon="send", period=found.period)


def make_oss(actor: Actor, span: Span) -> Report:
    """Sales to consumers in the EU by country and rate, in euros."""
    try:
        found = oss_return(actor, period=_period(span))
    except MissingRate as missing:
        empty = Empty(gettext("A rate is missing"), str(missing.message), icon="world")
        return Report(columns=[], rows=[], empty=empty)
    rows = [
        ReportRow(
            _oss_name(line),
            [Money(line.base), Money(line.tax)],
            code=line.country if line.period == found.period else line.period,
        )
        for line in found.lines
    ]
    if rows:
        total = [Money(found.base), Money(found.tax)]
        rows.append(ReportRow(gettext("Total"), total, kind="total"))
    return Report(
        columns=[
            ReportColumn(gettext("Turnover"), found.currency),
            ReportColumn(gettext("VAT"), found.currency),
        ],
        rows=rows,
        subtitle=_said(found),
        main_action=_file(actor, found, "finance.file_oss_return"),
        empty=Empty(
            gettext("No sales with the tax of another EU country"),
            gettext("Say under “How we file” that the customer's country has the tax."),
            icon="world",
        ),
    )


def _oss_name(line: ListingLine) -> str:
    said = {"country": line.country, "what": str(WHAT[line.what]), "rate": number(line.rate)}
    return gettext("%(country)s, %(what)s, %(rate)s%%") % said


def return_span(actor: Actor) -> Span:
    """The period of the return that is to be filed next."""
    found = vat_return(actor)
    return Span(found.starts_on, found.ends_on)


def make_reconciliation(actor: Actor, span: Span) -> Report:
    """Each VAT account: what facts and returns explain, and what not, entry by entry."""
    found = vat_reconciliation(actor, start=span.start, end=span.end)
    rows: list[ReportRow] = []
    for tie in found.accounts:
        rows += _tie(actor, tie)
    good = not found.difference
    words = gettext("Facts and ledger agree") if good else gettext("Facts and ledger differ")
    return Report(
        columns=[ReportColumn(gettext("Debit less credit"))],
        rows=rows,
        verdict=Verdict(good, words) if rows else None,
        main_action=Act(gettext("Facts of tax"), FACTS_URL, icon="list"),
        empty=Empty(gettext("Nothing in this period"), icon="receipt-tax"),
    )


def _tie(actor: Actor, tie: AccountTie) -> list[ReportRow]:
    rows = [
        ReportRow(tie.name, code=tie.code, kind="heading", url=account_url(tie.code)),
        ReportRow(gettext("Opening balance"), [money(actor, tie.opening)], level=1),
        ReportRow(gettext("Tax of invoices and entries"), [money(actor, tie.facts)], level=1),
        ReportRow(gettext("Returns booked"), [money(actor, tie.returns)], level=1),
    ]
    if tie.difference:
        words = gettext("Not explained by facts of tax")
        rows.append(ReportRow(words, [money(actor, tie.difference)], level=1))
    rows += [
        ReportRow(
            f"{each.entry} {each.text}",
            [money(actor, each.amount - each.said)],
            level=2,
            url=entry_url(each.entry),
        )
        for each in tie.entries
    ]
    closing = sourced(actor, tie.closing, tie.sources) or money(actor, 0, url_of(tie.sources))
    rows.append(ReportRow(gettext("Closing balance"), [closing], kind="subtotal", level=1))
    return rows


ICP_LISTING = ReportView(
    key="finance.icp_listing",
    title=_("ICP listing"),
    query=icp_listing,
    make=make_icp,
    first_period=listing_span,
)
OSS_RETURN = ReportView(
    key="finance.oss_return",
    title=_("OSS return"),
    query=oss_return,
    make=make_oss,
    first_period=oss_span,
)
VAT_RECONCILIATION = ReportView(
    key="finance.vat_reconciliation",
    title=_("VAT reconciliation"),
    query=vat_reconciliation,
    make=make_reconciliation,
    first_period=return_span,
)
