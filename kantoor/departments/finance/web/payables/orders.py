"""Purchase orders as pages: the register, and one order as its paper with what came in of it."""

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.payables.orders import (
    OrderCard,
    purchase_order,
    purchase_orders,
)
from kantoor.departments.finance.queries.payables.states import order_numbers_of
from kantoor.departments.finance.web.payables.urls import order_url, purchase_url, supplier_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.formats import day, number
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import (
    Addressee,
    Document,
    Fact,
    Related,
    Relation,
    Total,
)

ORDER_STATES: States = {
    "draft": (_("Draft"), "wait"),
    "approved": (_("Approved"), "info"),
    "sent": (_("Sent"), "info"),
    "closed": (_("Closed"), "good"),
    "cancelled": (_("Cancelled"), "quiet"),
}

ORDERS = ListView(
    key="finance.purchase_orders",
    title=_("Purchase orders"),
    query=purchase_orders,
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
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="expected_on", title=_("Expected"), kind="date", sort=True),
        Col(key="reference", title=_("Reference"), default=False),
        Col(key="state", title=_("State"), kind="status", states=ORDER_STATES),
        Col(key="net", title=_("Net"), kind="money", sort=True, sum=True, phone="figure"),
        Col(key="received", title=_("Received"), kind="money", value=lambda row: row.received or None),
        Col(key="invoiced", title=_("Invoiced"), kind="money", value=lambda row: row.invoiced or None),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={key: word for key, (word, _tone) in ORDER_STATES.items()},
        ),
        Narrow(key="date", title=_("Date"), kind="date_range", to=("start", "end")),
        Narrow(key="supplier", title=_("Supplier"), kind="text", hint=_("The code of the supplier.")),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("Draft"), {"state": "draft"}),
        Tab(_("Sent"), {"state": "sent"}),
    ],
    sort="-number",
    row_key="number",
    row_url=lambda row: order_url(row.number),
    bulk=[
        Bulk(action="finance.approve_purchase_orders", parameter="orders", label=_("Approve")),
        Bulk(action="finance.send_purchase_orders", parameter="orders", label=_("Sent")),
        Bulk(action="finance.close_purchase_orders", parameter="orders", label=_("Close")),
    ],
    new="finance.order_purchase",
    search_hint=_("Number or supplier"),
    empty=Empty(
        _("No purchase orders yet"),
        _("What you order is held against what comes in and what is invoiced."),
        icon="shopping-cart",
    ),
)  # fmt: skip


def show(actor: Actor, card: OrderCard) -> Thing:
    """An order as its paper, with its receipts, invoices and next steps."""
    row = card.order
    word, tone = ORDER_STATES[row.state]
    waits = gettext("It waits for approval: %(whom)s.") % {"whom": ", ".join(card.waits_for)}
    pdf = Act(gettext("PDF"), f"{order_url(row.number)}/pdf", icon="file-type-pdf", key="p")
    return Thing(
        title=row.number,
        row=card.id,
        state=Status(row.state, str(word), tone),
        blocked=waits if card.waits_for else "",
        document=_paper(card),
        relations=_relations(card),
        steps=_steps(actor, card),
        main_action=pdf,
        breadcrumb=[Link(gettext("Purchase orders"), ORDERS.url)],
    )


def _steps(actor: Actor, card: OrderCard) -> list[Act | None]:
    row, back = card.order, order_url(card.order.number)
    approve = act_for(
        actor, "finance.approve_purchase_order", label=_("Approve it"), key="a", icon="rubber-stamp",
        at_once=True, order=row.number, back=back,
    )  # fmt: skip
    send = act_for(
        actor, "finance.send_purchase_order", label=_("It was sent"), key="s", icon="send",
        at_once=True, order=row.number, back=back,
    )  # fmt: skip
    receive = act_for(
        actor, "finance.receive_purchase", label=_("Receive"), key="r", icon="package-import",
        order=row.number, date=timezone.localdate(), back=back,
        lines=[
            {"n": line.n, "quantity": line.quantity - line.received}
            for line in card.lines
            if line.quantity > line.received
        ],
    )  # fmt: skip
    invoice = act_for(
        actor, "finance.enter_purchase_invoice", label=_("Enter its invoice"), key="i",
        supplier=row.supplier, order_reference=row.number,
        lines=[
            {"text": line.text, "quantity": line.received - line.invoiced,
             "unit_price": line.unit_price, "order_line": f"{row.number}#{line.n}"}
            for line in card.lines
            if line.received > line.invoiced
        ],
    )  # fmt: skip
    close = act_for(actor, "finance.close_purchase_order", label=_("Close it"), order=row.number, back=back)  # fmt: skip
    return [
        approve if row.state == "draft" and not card.entered_by_me else None,
        send if row.state in ("draft", "approved") and not card.waits_for else None,
        receive if row.state == "sent" else None,
        invoice if any(line.received > line.invoiced for line in card.lines) else None,
        close if row.state in ("draft", "approved", "sent") else None,
    ]


def _paper(card: OrderCard) -> Document:
    row = card.order
    places = exponent(row.currency)
    facts: list[tuple[str, Cell]] = [
        (gettext("Date"), row.date),
        (gettext("Expected"), row.expected_on),
        (gettext("Reference"), row.reference),
    ]
    return Document(
        columns=[
            Column("text", gettext("Description"), phone="title"),
            Column("quantity", gettext("Quantity"), "number"),
            Column("price", gettext("Unit price"), align="end"),
            Column("received", gettext("Received"), "number", phone="meta"),
            Column("invoiced", gettext("Invoiced"), "number", phone="meta"),
            Column("net", gettext("Amount"), "money", currency=row.currency, phone="figure"),
        ],
        lines=[
            Row(
                str(line.n),
                {
                    "text": line.text or line.article,
                    "quantity": line.quantity,
                    "price": number(round(line.unit_price, max(places, 2))),
                    "received": line.received or None,
                    "invoiced": line.invoiced or None,
                    "net": Money(line.net, places),
                },
            )
            for line in card.lines
        ],
        parties=[Addressee(gettext("To"), row.name, [], supplier_url(row.supplier))],
        facts=[Fact(label, value) for label, value in facts if value],
        totals=[Total(gettext("Net"), Money(row.net, places, row.currency), strong=True)],
        note=card.text,
    )


def _relations(card: OrderCard) -> list[Relation]:
    found = []
    if card.receipts:
        got = [
            Related(
                Link(each.number, ""),
                " · ".join(part for part in (day(each.date), each.reference, each.text) if part),
            )
            for each in card.receipts
        ]
        found.append(Relation(gettext("Received"), got))
    if card.invoices:
        invoices = [Related(Link(each, purchase_url(each))) for each in card.invoices]
        found.append(Relation(gettext("Invoiced by"), invoices))
    return found


ORDER = RecordView(
    key="finance.purchase_orders",
    title=_("Purchase order"),
    kind="finance.purchase_order",
    path="<str:number>",
    find=purchase_order,
    show=show,
)


@page_of("finance.purchase_order", title=_("Purchase order"))
def order_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of purchase orders by their keys."""
    if not actor.may("finance.read_payables"):
        return {}
    found = order_numbers_of(actor.company_id, [int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, order_url(number)) for key, number in found.items()}
