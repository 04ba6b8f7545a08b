"""Customers as pages: the register with what they owe, and one customer as the desk sees them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import invoices
from kantoor.departments.sales.queries.credit import Purchase, may_buy
from kantoor.departments.sales.queries.customers import CustomerShown, customer, customers
from kantoor.departments.sales.queries.orders import orders
from kantoor.departments.sales.queries.parties_of import customer_codes
from kantoor.departments.sales.web import papers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_pages_at
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

LATEST = 10
INVOICE_STATES = {
    "open": _("Open"),
    "overdue": _("Overdue"),
    "paid": _("Paid"),
    "credited": _("Credited"),
}
party_pages_at(papers.customer_url)

CUSTOMERS = ListView(
    key="sales.customers",
    title=_("Customers"),
    query=customers,
    columns=[
        Col(key="code", title=_("Number"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="country", title=_("Country"), sort=True, phone="meta"),
        Col(key="payment_days", title=_("Days to pay"), kind="number", default=False),
        Col(
            key="blocked",
            title=_("State"),
            kind="status",
            states={True: (_("Blocked"), "bad"), False: (_("Active"), "good")},
            default=False,
        ),
        Col(key="credit_limit", title=_("Credit limit"), kind="money"),
        Col(key="overdue", title=_("Overdue"), kind="money", value=lambda row: row.overdue or None),
        Col(
            key="open",
            title=_("Owes"),
            kind="money",
            value=lambda row: row.open or None,
            phone="figure",
        ),
    ],
    narrows=[
        Narrow(key="country", title=_("Country"), kind="text", hint=_("Two letters, such as NL.")),
        Narrow(key="blocked", title=_("Blocked"), kind="boolean"),
    ],
    tabs=[Tab(_("All")), Tab(_("Blocked"), {"blocked": "1"})],
    sort="code",
    row_url=lambda row: papers.customer_url(row.code),
    muted=lambda row: row.blocked,
    new="sales.create_customer",
    search_hint=_("Number or name"),
    empty=Empty(_("No customers yet"), _("They come in with your first orders."), icon="users"),
)


def show(actor: Actor, shown: CustomerShown) -> Thing:
    """A customer: what they owe, whether they may buy more, their orders and invoices."""
    row = shown.customer
    standing = may_buy(actor, customer=row.code)
    return Thing(
        title=row.name,
        row=row.party_id,
        state=_state(standing),
        note=_room(actor, standing),
        facts=_facts(shown),
        document=_orders(actor, row.code) if actor.may("sales.read_orders") else None,
        steps=_steps(actor, row.code, row.credit_limit),
        breadcrumb=[Link(gettext("Customers"), CUSTOMERS.url)],
        body={
            "invoices": _invoices(actor, row.code),
            "orders_url": f"/sales/orders?customer={row.code}",
            "invoices_url": f"/finance/invoices?party={row.code}",
            "standing": _standing(actor, shown, standing),
        },
    )


def _state(standing: Purchase) -> Status:
    if standing.reason == "blocked":
        return Status("blocked", gettext("Blocked"), "bad")
    if standing.room is not None and standing.room <= 0:
        return Status("limit", gettext("Credit limit reached"), "wait")
    return Status("active", gettext("May buy"), "good")


def _room(actor: Actor, standing: Purchase) -> str:
    if standing.reason == "blocked":
        return gettext("Nothing more is sold to them.")
    if standing.credit_limit is None:
        return gettext("There is no credit limit.")
    return ""


def _standing(actor: Actor, shown: CustomerShown, standing: Purchase) -> list[Fact]:
    """How they stand with us, in figures that open what they are made of."""
    row = shown.customer
    items = f"/finance/receivables?party={row.code}"
    found: list[tuple[str, Cell]] = [
        (gettext("Owes"), papers.alone(actor, row.open, items)),
        (gettext("Overdue"), papers.alone(actor, row.overdue, f"{items}&overdue=1")),
        (gettext("Under way, not invoiced"), papers.alone(actor, standing.under_way)),
        (
            gettext("Credit limit"),
            gettext("none") if row.credit_limit is None else papers.alone(actor, row.credit_limit),
        ),
        (
            gettext("May buy for"),
            gettext("any amount") if standing.room is None else papers.alone(actor, standing.room),
        ),
    ]
    return [Fact(label, value) for label, value in found]


def _facts(shown: CustomerShown) -> list[Fact]:
    row = shown.customer
    place = " ".join(part for part in (shown.postcode, shown.city) if part)
    found: list[tuple[str, Cell]] = [
        (gettext("Number"), row.code),
        (gettext("Address"), ", ".join(part for part in (shown.street, place) if part)),
        (gettext("Country"), row.country),
        (gettext("Email address"), shown.email),
        (gettext("Phone"), shown.phone),
        (gettext("VAT number"), shown.vat_number),
        (gettext("Registration"), shown.registration),
        (gettext("Days to pay"), row.payment_days),
    ]
    return [Fact(label, value) for label, value in found if value]


def _orders(actor: Actor, code: str) -> Document:
    return Document(
        columns=[
            Column("number", gettext("Order"), "link", phone="title"),
            Column("date", gettext("Ordered"), "date", phone="meta"),
            Column("reference", gettext("Reference"), phone="meta"),
            Column("state", gettext("State"), "status"),
            Column("net", gettext("Net"), "money", currency=actor.currency, phone="figure"),
        ],
        lines=[
            Row(
                row.number,
                {
                    "number": Link(row.number, papers.order_url(row.number)),
                    "date": row.ordered_on,
                    "reference": row.reference,
                    "state": papers.status(row.state),
                    "net": Money(row.net, exponent(actor.currency)),
                },
            )
            for row in orders(actor, customer=code, limit=LATEST).rows
        ],
    )


def _invoices(actor: Actor, code: str) -> Document | None:
    try:
        found = invoices(actor, party=code, limit=LATEST)
    except NotAllowed:
        return None
    tones = {"open": "info", "overdue": "bad", "paid": "good", "credited": "quiet"}
    return Document(
        columns=[
            Column("number", gettext("Invoice"), "link", phone="title"),
            Column("date", gettext("Date"), "date", phone="meta"),
            Column("due_on", gettext("Due"), "date", phone="meta"),
            Column("state", gettext("State"), "status"),
            Column("gross", gettext("Total"), "money", currency=actor.currency, phone="figure"),
            Column("open", gettext("Open"), "money", currency=actor.currency),
        ],
        lines=[
            Row(
                row.number,
                {
                    "number": Link(row.number, f"/finance/invoices/{row.number}"),
                    "date": row.date,
                    "due_on": row.due_on,
                    "state": Status(row.status, str(INVOICE_STATES[row.status]), tones[row.status]),  # type: ignore[arg-type]
                    "gross": Money(row.gross, exponent(actor.currency)),
                    "open": Money(row.open, exponent(actor.currency)) if row.open else None,
                },
            )
            for row in found.rows
        ],
    )


def _steps(actor: Actor, code: str, limit: int | None) -> list[Act | None]:
    here = papers.customer_url(code)
    return [
        act_for(
            actor,
            "sales.take_order",
            {"order.customer": code},
            label=_("Take an order"),
            icon="shopping-cart",
            key="o",
        ),
        act_for(
            actor,
            "finance.receive_payment",
            label=_("Book a payment"),
            icon="cash",
            party=code,
            back=here,
        ),
        act_for(
            actor,
            "sales.set_credit_limit",
            label=_("Set the credit limit"),
            icon="wallet",
            customer=code,
            limit=limit,
            back=here,
        ),
        act_for(
            actor,
            "sales.alter_customer",
            {"change.code": code},
            label=_("Change"),
            icon="pencil",
            back=here,
        ),
    ]


CUSTOMER = RecordView(
    key="sales.customers",
    title=_("Customer"),
    kind="kernel.party",
    path="<path:code>",
    find=customer,
    show=show,
    template="sales/customer.html",
)


@page_of("kernel.party", title=_("Customer"))
def customer_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of parties that are customers, by their keys."""
    found = customer_codes(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, papers.customer_url(code)) for key, (code, name) in found.items()}


@searcher("sales.customer", title=_("Customers"), permission="sales.read_customers", icon="users")
def find_customers(actor: Actor, words: str, most: int) -> list[Found]:
    """Customers by the beginning of their number or a part of their name."""
    page = customers(actor, search=words.strip(), limit=most)
    return [Found(row.name, papers.customer_url(row.code), row.code) for row in page.rows]
