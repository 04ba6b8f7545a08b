"""Orders as pages: the register, and one order with its lines, its states and its invoice."""

from collections.abc import Mapping, Sequence

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.queries.numbers_of import order_numbers
from kantoor.departments.sales.queries.orders import OrderShown, order, orders
from kantoor.departments.sales.web import papers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact

KINDS = {"sale": _("Sale"), "stock_correction": _("Stock correction")}

ORDERS = ListView(
    key="sales.orders",
    title=_("Orders"),
    query=orders,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(
            key="customer",
            title=_("Customer"),
            kind="party",
            value="customer_name",
            url=lambda row: papers.customer_url(row.customer),
            phone="title",
        ),
        Col(key="ordered_on", title=_("Ordered"), kind="date", sort=True, phone="meta"),
        Col(key="country", title=_("Country"), default=False),
        Col(key="source", title=_("Source"), default=False),
        Col(key="reference", title=_("Reference")),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind], default=False),
        Col(key="state", title=_("State"), kind="status", states=papers.STATES),
        Col(key="net", title=_("Net"), kind="money", sort=True, sum=True, phone="figure"),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={
                "open": _("To be dealt with"),
                "standing": _("All but cancelled"),
                **papers.choices(
                    "placed", "confirmed", "delivered", "invoiced", "completed", "cancelled"
                ),
            },
        ),
        Narrow(key="date", title=_("Ordered"), kind="date_range", to=("since", "until")),
        Narrow(key="kind", title=_("Kind"), choices=KINDS),
        Narrow(key="customer", title=_("Customer"), kind="text", hint=_("The customer's code.")),
        Narrow(key="source", title=_("Source"), kind="text"),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("To be dealt with"), {"state": "open"}),
        Tab(_("To confirm"), {"state": "placed"}),
    ],
    sort="-number",
    row_key="number",
    row_url=lambda row: papers.order_url(row.number),
    bulk=[
        Bulk(action="sales.confirm_orders", parameter="numbers", icon="check"),
        Bulk(action="sales.deliver_orders", parameter="numbers", icon="truck-delivery"),
        Bulk(action="sales.invoice_orders", parameter="numbers", icon="file-invoice"),
        Bulk(action="sales.cancel_orders", parameter="numbers", icon="ban", tone="danger"),
    ],
    new="sales.take_order",
    search_hint=_("Number, reference or customer's code"),
    empty=Empty(
        _("No orders yet"),
        _("They come in from your web shop, or you take them here."),
        icon="shopping-cart",
    ),
)


def show(actor: Actor, shown: OrderShown) -> Thing:
    """An order as its paper, with what can be done next."""
    row = shown.order
    return Thing(
        title=row.number,
        row=row.id,
        state=papers.status(row.state),
        document=papers.paper(
            actor,
            shown.lines,
            customer=(row.customer, row.customer_name),
            facts=_facts(shown),
            net=row.net,
            text=shown.text,
        ),
        relations=[
            *papers.invoice_relation(actor, shown.invoice, gettext("Invoice")),
            *papers.states_relation(shown.states, papers.order_url(row.number)),
        ],
        steps=_steps(actor, shown),
        breadcrumb=[Link(gettext("Orders"), ORDERS.url)],
    )


def _facts(shown: OrderShown) -> list[Fact]:
    row = shown.order
    found: list[tuple[str, Cell]] = [
        (gettext("Ordered"), row.ordered_on),
        (gettext("Delivered"), shown.delivered_on),
        (gettext("Country"), row.country),
        (gettext("Source"), row.source),
        (gettext("Reference"), row.reference),
        (gettext("Kind"), force_str(KINDS[row.kind]) if row.kind != "sale" else ""),
    ]
    return [Fact(label, value) for label, value in found if value]


def _steps(actor: Actor, shown: OrderShown) -> list[Act | None]:
    """What an order in this state can become; the first is what it waits for."""
    row = shown.order
    here = papers.order_url(row.number)

    def step(verb: str, label: object, icon: str, key: str = "") -> Act | None:
        return act_for(
            actor,
            f"sales.{verb}",
            label=label,
            icon=icon,
            key=key,
            at_once=True,
            back=here,
            number=row.number,
        )

    if row.kind != "sale":
        return []
    confirm = step("confirm_order", _("Confirm"), "check", "c")
    deliver = step("deliver_order", _("Delivered today"), "truck-delivery", "d")
    invoice = step("invoice_order", _("Invoice"), "file-invoice", "i")
    cancel = step("cancel_order", _("Cancel the order"), "ban")
    back = act_for(
        actor,
        "sales.take_return",
        {"taken.customer": row.customer, "taken.order": row.number},
        label=_("Take a return"),
        icon="truck-return",
    )
    steps: dict[str, list[Act | None]] = {
        "placed": [confirm, cancel],
        "confirmed": [deliver, invoice, cancel],
        "delivered": [invoice, back],
        "invoiced": [deliver, back],
        "completed": [back],
    }
    return steps.get(row.state, [])


ORDER = RecordView(
    key="sales.orders",
    title=_("Order"),
    kind="sales.order",
    path="<str:number>",
    find=order,
    show=show,
)


@page_of("sales.order", title=_("Order"))
def order_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of orders by their keys."""
    found = order_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, papers.order_url(number)) for key, number in found.items()}


@searcher("sales.order", title=_("Orders"), permission="sales.read_orders", icon="shopping-cart")
def find_orders(actor: Actor, words: str, most: int) -> list[Found]:
    """Orders by their number, their reference, or the customer's code."""
    page = orders(actor, search=words.strip(), limit=most)
    return [Found(row.number, papers.order_url(row.number), row.customer_name) for row in page.rows]
