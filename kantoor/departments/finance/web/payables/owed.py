"""What we owe as pages: item by item, and by age."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.payables.owed import payables_by_age, payables_register
from kantoor.departments.finance.web.figures import money
from kantoor.departments.finance.web.open_items import item_columns, item_narrows, item_url
from kantoor.departments.finance.web.payables.urls import purchase_url, supplier_url
from kantoor.departments.finance.web.receivables import (
    by_age_report,
    due_between,
    items_asked,
    today_span,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.cells import Money

_url = item_url(purchase_url)
PAYABLES = ListView(
    key="finance.payables",
    title=_("Payables"),
    query=payables_register,
    columns=item_columns("supplier", _("Supplier"), _url, supplier_url),
    narrows=item_narrows(_("Supplier"), _("The code of the supplier.")),
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
