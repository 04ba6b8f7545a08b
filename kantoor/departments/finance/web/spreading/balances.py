"""The balances of deferred accounts as a report, item by item."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.queries.spreading.balances import deferred_balances
from kantoor.departments.finance.web.figures import account_url, money, sourced
from kantoor.departments.finance.web.spreading.pages import ACCRUALS, spread_url
from kantoor.departments.finance.web.statements import last_day_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.listing import Empty as NoRows
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict


def make(actor: Actor, span: Span) -> Report:
    """Each account with what explains it, what the ledger has, and the difference."""
    found = deferred_balances(actor, on=span.end)
    rows: list[ReportRow] = []
    for each in found.accounts:
        rows.append(ReportRow(each.name, kind="heading", code=each.account))
        rows += [
            ReportRow(
                item.text,
                [money(actor, item.open)],
                code=item.number,
                url=spread_url(item.number)
                if item.kind in ("prepaid", "deferred_income")
                else ACCRUALS.url,
                level=1,
            )
            for item in each.items
        ]
        source = Sources(account=each.account, end=found.on)
        if each.difference:
            rows.append(
                ReportRow(
                    gettext("Not explained"), [sourced(actor, each.difference, source)], level=1
                )
            )
        rows.append(
            ReportRow(
                gettext("In the ledger"), [money(actor, each.ledger, account_url(each.account))],
                kind="subtotal",
            )
        )  # fmt: skip
    off = [each.account for each in found.accounts if each.difference]
    words = gettext("Explained to the cent")
    if off:
        words = gettext("Not explained on %(accounts)s") % {"accounts": ", ".join(off)}
    return Report(
        columns=[ReportColumn(gettext("Balance"))],
        rows=rows,
        verdict=Verdict(not off, words) if rows else None,
        empty=NoRows(gettext("Nothing is prepaid, deferred or accrued"), icon="check"),
    )


BALANCES = ReportView(
    key="finance.deferred_balances",
    title=_("Deferred balances"),
    query=deferred_balances,
    make=make,
    first_period=last_day_in_use,
    at_end=True,
)
