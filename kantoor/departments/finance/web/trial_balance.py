"""The trial balance as a page."""

from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.calendar import year_start
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.queries.trial_balance import TrialRow, trial_balance
from kantoor.departments.finance.web.figures import account_url, money, sourced, url_of
from kantoor.departments.finance.web.spans import year_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

KINDS = {
    "asset": _("Assets"),
    "liability": _("Liabilities"),
    "equity": _("Equity"),
    "income": _("Income"),
    "expense": _("Expenses"),
}
"""What accounts measure."""


def make(actor: Actor, span: Span) -> Report:
    """Every account that stands or moved in the period, and the proof that it balances."""
    found = trial_balance(actor, start=span.start, end=span.end)
    rows = [_row(actor, each, span) for each in found.accounts]
    sources = Sources(start=span.start, end=span.end)
    opening = sum(each.opening for each in found.accounts)
    closing = sum(each.closing for each in found.accounts)
    if rows:
        sums = [
            money(actor, opening),
            money(actor, found.debit, url_of(sources)),
            money(actor, found.credit, url_of(sources)),
            money(actor, closing),
        ]
        rows.append(ReportRow(gettext("Total"), sums, kind="total"))
    good = found.debit == found.credit and not opening and not closing
    proof = gettext("Debit and credit are equal") if good else gettext("Out of balance")
    return Report(
        columns=[
            ReportColumn(gettext("Opening")),
            ReportColumn(gettext("Debit")),
            ReportColumn(gettext("Credit")),
            ReportColumn(gettext("Closing")),
        ],
        rows=rows,
        verdict=Verdict(good, proof) if rows else None,
    )


def _row(actor: Actor, row: TrialRow, span: Span) -> ReportRow:
    before = span.start - timedelta(days=1)
    start = None
    if row.kind in ("income", "expense"):
        start = year_start(actor.company_id, span.start) if row.opening else None
    opening = Sources(account=row.code, start=start, end=before) if row.code else row.sources
    # A closing balance is made of all that the account ever carried, not of this period alone.
    through = Sources(account=row.code, start=start, end=span.end) if row.code else row.sources
    if row.kind in ("income", "expense") and start is None:
        through = row.sources
    return ReportRow(
        row.name,
        [
            sourced(actor, row.opening, opening),
            sourced(actor, row.debit, row.sources),
            sourced(actor, row.credit, row.sources),
            sourced(actor, row.closing, through),
        ],
        code=row.code,
        url=account_url(row.code) if row.code else "",
    )


TRIAL_BALANCE = ReportView(
    key="finance.trial_balance",
    title=_("Trial balance"),
    query=trial_balance,
    make=make,
    first_period=year_in_use,
)
