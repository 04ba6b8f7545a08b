"""Prepayment invoices as a register: what customers paid before anything was delivered."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.prepayments import PrepaymentRow, prepayments
from kantoor.departments.finance.web.figures import invoice_url
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url


def _url(row: PrepaymentRow) -> str:
    return invoice_url(row.number)


PREPAYMENTS = ListView(
    key="finance.prepayments",
    title=_("Prepayments"),
    query=prepayments,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(
            key="customer",
            title=_("Customer"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="reference", title=_("Reference"), default=False),
        Col(key="net", title=_("Net"), kind="money", currency="currency", foreign=True),
        Col(
            key="left",
            title=_("To be deducted"),
            kind="money",
            currency="currency",
            foreign=True,
            sort=True,
            sum="own_left",
            phone="figure",
        ),
    ],
    narrows=[
        Narrow(key="left", title=_("To be deducted"), kind="boolean"),
        Narrow(key="party", title=_("Customer"), kind="text", hint=_("The code of the customer.")),
    ],
    tabs=[Tab(_("To be deducted"), {"left": "1"}), Tab(_("All"))],
    sort="-date",
    row_url=_url,
    search_hint=_("Invoice or customer"),
    empty=Empty(_("No prepayments"), _("Nothing was invoiced before it is delivered.")),
)
