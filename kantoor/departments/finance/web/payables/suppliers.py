"""Suppliers as pages: the register with what we owe, and one supplier with orders and invoices."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.payables.invoices import purchase_invoices
from kantoor.departments.finance.queries.payables.orders import purchase_orders
from kantoor.departments.finance.queries.payables.suppliers import SupplierCard, supplier, suppliers
from kantoor.departments.finance.web.figures import in_its_currency, money_alone
from kantoor.departments.finance.web.payables.invoices import STATES
from kantoor.departments.finance.web.payables.orders import ORDER_STATES
from kantoor.departments.finance.web.payables.urls import order_url, purchase_url, supplier_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

LATEST = 10

SUPPLIERS = ListView(
    key="finance.suppliers",
    title=_("Suppliers"),
    query=suppliers,
    columns=[
        Col(key="code", title=_("Number"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="country", title=_("Country"), sort=True, phone="meta"),
        Col(key="payment_days", title=_("Days to pay"), kind="number"),
        Col(key="hold", title=_("Held"), default=False),
        Col(key="overdue", title=_("Overdue"), kind="money", value=lambda row: row.overdue or None),
        Col(
            key="open",
            title=_("We owe"),
            kind="money",
            value=lambda row: row.open or None,
            phone="figure",
        ),
    ],
    narrows=[
        Narrow(key="country", title=_("Country"), kind="text", hint=_("Two letters, such as NL.")),
        Narrow(key="held", title=_("Held"), kind="boolean"),
    ],
    tabs=[Tab(_("All")), Tab(_("Held"), {"held": "1"})],
    sort="code",
    row_key="code",
    row_url=lambda row: supplier_url(row.code),
    new="finance.create_supplier",
    search_hint=_("Number or name"),
    empty=Empty(_("No suppliers yet"), _("Add the first one you buy from."), icon="truck"),
)


def show(actor: Actor, card: SupplierCard) -> Thing:
    """A supplier: what we owe, their orders and invoices, and how they are booked."""
    row = card.supplier
    held = Status("held", gettext("Held"), "bad")
    return Thing(
        title=row.name,
        row=card.id,
        state=held if row.hold else Status("active", gettext("Is paid"), "good"),
        note=row.hold,
        facts=_facts(card),
        document=_invoices(actor, row.code),
        steps=_steps(actor, card),
        breadcrumb=[Link(gettext("Suppliers"), SUPPLIERS.url)],
        body={
            "standing": _standing(actor, card),
            "orders": _orders(actor, row.code),
            "orders_url": f"/finance/purchase-orders?supplier={row.code}",
            "invoices_url": f"/finance/purchase-invoices?supplier={row.code}",
        },
    )


def _steps(actor: Actor, card: SupplierCard) -> list[Act | None]:
    row, back = card.supplier, supplier_url(card.supplier.code)
    hold = act_for(
        actor, "finance.hold_suppliers", label=_("Hold payments"), suppliers=[row.code], back=back
    )
    release = act_for(
        actor, "finance.release_suppliers", label=_("Release payments"), at_once=True,
        suppliers=[row.code], back=back,
    )  # fmt: skip
    return [
        act_for(
            actor, "finance.enter_purchase_invoice", label=_("Enter an invoice"), key="i",
            supplier=row.code,
        ),
        act_for(actor, "finance.order_purchase", label=_("Write an order"), key="o", supplier=row.code),
        act_for(actor, "finance.alter_supplier", label=_("Change"), key="e", values={"change.code": row.code}),
        release if row.hold else hold,
    ]  # fmt: skip


def _standing(actor: Actor, card: SupplierCard) -> list[Fact]:
    row = card.supplier
    items = f"/finance/payables?party={row.code}"
    terms = gettext("%(days)s days") % {"days": row.payment_days}
    if card.discount_percent:
        said = {"percent": number(card.discount_percent.normalize()), "days": card.discount_days}
        terms += ", " + gettext("%(percent)s%% off within %(days)s days") % said
    return [
        Fact(gettext("We owe"), money_alone(actor, row.open, items)),
        Fact(gettext("Overdue"), money_alone(actor, row.overdue, f"{items}&overdue=1")),
        Fact(gettext("Terms"), terms),
    ]


def _facts(card: SupplierCard) -> list[Fact]:
    row = card.supplier
    place = " ".join(part for part in (card.postcode, card.city) if part)
    found: list[tuple[str, Cell]] = [
        (gettext("Number"), row.code),
        (gettext("Address"), ", ".join(part for part in (card.street, place) if part)),
        (gettext("Country"), row.country),
        (gettext("Email address"), card.email),
        (gettext("Phone"), card.phone),
        (gettext("VAT number"), card.vat_number),
        (gettext("Registration"), card.registration),
        (gettext("Electronic address"), card.endpoint),
        (gettext("Account"), card.account),
        (gettext("VAT"), card.tax),
    ]
    return [Fact(label, value) for label, value in found if value]


def _invoices(actor: Actor, code: str) -> Document:
    found = purchase_invoices(actor, supplier=code, limit=LATEST)
    return Document(
        columns=[
            Column("number", gettext("Invoice"), "link", phone="title"),
            Column("reference", gettext("Their number"), phone="meta"),
            Column("due_on", gettext("Due"), "date", phone="meta"),
            Column("state", gettext("State"), "status"),
            Column("gross", gettext("Total"), "money", currency=actor.currency, phone="figure"),
            Column("open", gettext("Open"), "money", currency=actor.currency),
        ],
        lines=[
            Row(
                row.number,
                {
                    "number": Link(row.number, purchase_url(row.number)),
                    "reference": row.reference,
                    "due_on": row.due_on,
                    "state": Status(row.status, str(STATES[row.status][0]), STATES[row.status][1]),
                    "gross": in_its_currency(actor, row.gross, row.currency),
                    "open": in_its_currency(actor, row.open, row.currency) if row.open else None,
                },
            )
            for row in found.rows
        ],
    )


def _orders(actor: Actor, code: str) -> Document:
    found = purchase_orders(actor, supplier=code, limit=LATEST)
    return Document(
        columns=[
            Column("number", gettext("Order"), "link", phone="title"),
            Column("date", gettext("Date"), "date", phone="meta"),
            Column("state", gettext("State"), "status"),
            Column("net", gettext("Net"), "money", currency=actor.currency, phone="figure"),
            Column("invoiced", gettext("Invoiced"), "money", currency=actor.currency),
        ],
        lines=[
            Row(
                row.number,
                {
                    "number": Link(row.number, order_url(row.number)),
                    "date": row.date,
                    "state": Status(
                        row.state, str(ORDER_STATES[row.state][0]), ORDER_STATES[row.state][1]
                    ),
                    "net": in_its_currency(actor, row.net, row.currency),
                    "invoiced": in_its_currency(actor, row.invoiced, row.currency)
                    if row.invoiced
                    else None,
                },
            )
            for row in found.rows
        ],
    )


SUPPLIER = RecordView(
    key="finance.suppliers",
    title=_("Supplier"),
    kind="kernel.party",
    path="<str:code>",
    find=supplier,
    show=show,
    template="finance/supplier.html",
)


@searcher(
    "finance.supplier", title=_("Suppliers"), permission="finance.read_payables", icon="truck"
)
def find_suppliers(actor: Actor, words: str, most: int) -> list[Found]:
    """Suppliers by code or name."""
    rows = suppliers(actor, search=words.strip(), limit=most).rows
    return [Found(row.name, supplier_url(row.code), row.code) for row in rows]
