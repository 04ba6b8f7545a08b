"""The register of purchase invoices: what came in, what waits, and what is to be paid."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.payables.invoices import PurchaseRow, purchase_invoices
from kantoor.departments.finance.queries.payables.states import numbers_of
from kantoor.departments.finance.web.invoices import KINDS
from kantoor.departments.finance.web.payables.urls import purchase_url, supplier_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.formats import amount
from kantoor.kernel.ui.listing import Act

STATES: States = {
    "received": (_("To be coded"), "wait"),
    "proposed": (_("Proposed"), "info"),
    "approved": (_("Approved"), "good"),
    "held": (_("Held"), "bad"),
    "refused": (_("Refused"), "quiet"),
    "open": (_("To be paid"), "info"),
    "overdue": (_("Overdue"), "bad"),
    "paid": (_("Paid"), "good"),
}
HAND_IN = "/finance/bring-in-invoices"


def hand_in_act(actor: Actor) -> Act | None:
    """The button that brings in files."""
    if not actor.may("finance.enter_purchase"):
        return None
    return Act(gettext("Bring in files"), HAND_IN, icon="upload", key="n", tone="main")


def _more(actor: Actor) -> list[Act | None]:
    return [act_for(actor, "finance.enter_purchase_invoice", label=_("Enter one by hand"))]


def _signed(name: str) -> Callable[[PurchaseRow], int]:
    """An amount of the row, of a credit note below zero."""

    def of(row: PurchaseRow) -> int:
        minor: int = getattr(row, name)
        return -minor if row.kind == "credit_note" else minor

    return of


PURCHASES = ListView(
    key="finance.purchase_invoices",
    title=_("Purchase invoices"),
    query=purchase_invoices,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(
            key="supplier",
            title=_("Supplier"),
            kind="party",
            value="name",
            url=lambda row: supplier_url(row.supplier),
            phone="title",
        ),
        Col(key="reference", title=_("Their number")),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="due_on", title=_("Due"), kind="date", sort=True),
        Col(key="received_on", title=_("Came in"), kind="date", sort=True, default=False),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind], default=False),
        Col(key="currency", title=_("Currency"), default=False),
        Col(key="status", title=_("State"), kind="status", states=STATES),
        Col(
            key="flagged",
            title=_("Twice?"),
            value=lambda row: _("seems to be here already") if row.flagged else "",
            default=False,
        ),
        Col(key="net", title=_("Net"), kind="money", currency="currency", foreign=True, value=_signed("net"), sum="net", default=False),
        Col(key="tax", title=_("VAT"), kind="money", currency="currency", foreign=True, value=_signed("tax"), sum="tax", default=False),
        Col(
            key="gross",
            title=_("Total"),
            kind="money", currency="currency", foreign=True,
            value=_signed("gross"),
            sort=True,
            sum="gross",
            phone="figure",
        ),
        Col(
            key="open", title=_("Open"), kind="money", currency="currency", foreign=True, value=lambda row: row.open or None, sum="open"
        ),
    ],
    narrows=[
        Narrow(
            key="status",
            title=_("State"),
            choices={"waiting": _("Not posted yet"), "posted": _("Posted")}
            | {key: word for key, (word, _tone) in STATES.items()},
        ),
        Narrow(key="kind", title=_("Kind"), choices=KINDS),
        Narrow(key="date", title=_("Date"), kind="date_range", to=("start", "end")),
        Narrow(key="due", title=_("Due"), kind="date_range"),
        Narrow(key="gross", title=_("Total"), kind="amount_range", to=("least", "most")),
        Narrow(key="reference", title=_("Their number"), kind="text"),
        Narrow(key="supplier", title=_("Supplier"), kind="text", hint=_("The code of the supplier.")),
        Narrow(key="flagged", title=_("Seems to be here already"), kind="boolean"),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("To be coded"), {"status": "received"}),
        Tab(_("Proposed"), {"status": "proposed"}),
        Tab(_("Approved"), {"status": "approved"}),
        Tab(_("To be paid"), {"status": "open"}),
        Tab(_("Overdue"), {"status": "overdue"}),
        Tab(_("Held"), {"status": "held"}),
    ],
    sort="-number",
    row_key="number",
    row_url=lambda row: purchase_url(row.number),
    muted=lambda row: row.status == "refused",
    bulk=[
        Bulk(action="finance.post_purchase_invoices", parameter="invoices", label=_("Post"), icon="check"),
        Bulk(action="finance.approve_purchase_invoices", parameter="invoices", label=_("Approve"), icon="rubber-stamp"),
        Bulk(action="finance.hold_purchase_invoices", parameter="invoices", label=_("Hold"), icon="player-pause"),
        Bulk(action="finance.refuse_purchase_invoices", parameter="invoices", label=_("Refuse"), icon="x"),
    ],
    main=hand_in_act,
    more=_more,
    search_hint=_("Number or supplier"),
    empty=Empty(
        _("No purchase invoices yet"),
        _("Bring in the files that suppliers send you, or enter one by hand."),
        icon="file-import",
    ),
)  # fmt: skip


@page_of("finance.purchase_invoice", title=_("Purchase invoice"))
def purchase_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of purchase invoices by their keys."""
    if not actor.may("finance.read_payables"):
        return {}
    found = numbers_of(actor.company_id, [int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, purchase_url(number)) for key, number in found.items()}


@searcher(
    "finance.purchase_invoice",
    title=_("Purchase invoices"),
    permission="finance.read_payables",
    icon="file-import",
)
def find_purchases(actor: Actor, words: str, most: int) -> list[Found]:
    """Purchase invoices by their number, the supplier's, or the supplier's name."""
    rows = purchase_invoices(actor, search=words.strip(), limit=most).rows
    return [
        Found(
            row.number,
            purchase_url(row.number),
            f"{row.name} · {row.currency} {amount(row.gross, exponent(row.currency))}",
        )
        for row in rows
    ]
