"""What the pages of orders, quotations and returns have in common: lines, history and addresses."""

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.queries.orders import InvoiceShown, LineRow, StateRow
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.columns import States
from kantoor.kernel.pages.references import link
from kantoor.kernel.ui.cells import Link, Money, Status
from kantoor.kernel.ui.formats import moment, number
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Addressee, Document, Fact, Related, Relation, Total

STATES: States = {
    "placed": (_("To confirm"), "wait"),
    "confirmed": (_("Confirmed"), "info"),
    "delivered": (_("Delivered"), "info"),
    "invoiced": (_("Invoiced"), "info"),
    "completed": (_("Completed"), "good"),
    "cancelled": (_("Cancelled"), "quiet"),
    "offered": (_("Offered"), "info"),
    "accepted": (_("Accepted"), "good"),
    "declined": (_("Declined"), "quiet"),
    "withdrawn": (_("Withdrawn"), "quiet"),
    "taken": (_("To credit"), "wait"),
    "credited": (_("Credited"), "good"),
}
"""What each state of an order, quotation or return is called, and how it asks for attention."""


def status(state: str) -> Status:
    """A state as word and shape."""
    word, tone = STATES[state]
    return Status(state, force_str(word), tone)


def choices(*states: str) -> dict[str, object]:
    """Some of the states, to narrow a list by."""
    return {state: STATES[state][0] for state in states}


def customer_url(code: str) -> str:
    """The page of a customer."""
    return f"/sales/customers/{quote(code)}"


def article_url(code: str) -> str:
    """The page of an article."""
    return f"/sales/articles/{quote(code)}"


def order_url(number_: str) -> str:
    """The page of an order."""
    return f"/sales/orders/{quote(number_)}"


def quotation_url(number_: str) -> str:
    """The page of a quotation."""
    return f"/sales/quotations/{quote(number_)}"


def return_url(number_: str) -> str:
    """The page of a return."""
    return f"/sales/returns/{quote(number_)}"


def alone(actor: Actor, minor: int, url: str = "") -> Money:
    """An amount that stands by itself and so names its currency."""
    return Money(minor, exponent(actor.currency), actor.currency, url)


def price(actor: Actor, value: Decimal) -> str:
    """A unit price with the decimals of the currency, or more where it has them."""
    places = max(exponent(actor.currency), -int(value.normalize().as_tuple().exponent))
    return number(round(value, places))


def paper(
    actor: Actor,
    lines: Sequence[LineRow],
    *,
    customer: tuple[str, str],
    facts: Sequence[Fact],
    net: int,
    text: str,
) -> Document:
    """Lines under the customer's name, with their sum; `customer` is code and name."""
    code, name = customer
    return Document(
        columns=[
            Column("text", gettext("Description"), phone="title"),
            Column("article", gettext("Article"), "link", phone="meta"),
            Column("quantity", gettext("Quantity"), "number"),
            Column("price", gettext("Unit price"), align="end"),
            Column("net", gettext("Net"), "money", currency=actor.currency, phone="figure"),
        ],
        lines=[_line(actor, place, line) for place, line in enumerate(lines)],
        parties=[
            Addressee(
                gettext("Customer"),
                name,
                [gettext("Number %(code)s") % {"code": code}] if code != name else (),
                customer_url(code),
            )
        ],
        facts=facts,
        totals=[Total(gettext("Net"), alone(actor, net), strong=True)],
        note=text,
    )


def _line(actor: Actor, place: int, line: LineRow) -> Row:
    return Row(
        str(place),
        {
            "text": line.text,
            "article": Link(line.article, article_url(line.article)),
            "quantity": line.quantity.normalize(),
            "price": price(actor, line.unit_price),
            "net": Money(line.net, exponent(actor.currency)),
        },
    )


def states_relation(states: Sequence[StateRow], url: str) -> list[Relation]:
    """The states that it came into, the latest first; nothing where it never moved."""
    if not states:
        return []
    items = [
        Related(
            Link(status(each.state).label, url),
            " · ".join(part for part in (moment(each.at), each.who) if part),
        )
        for each in reversed(states)
    ]
    return [Relation(gettext("States"), items)]


def invoice_relation(actor: Actor, invoice: InvoiceShown | None, title: str) -> list[Relation]:
    """The invoice or credit note that came of it, and what is still open."""
    if invoice is None:
        return []
    page = link(actor, f"finance.invoice/{invoice.id}")
    if page is None:
        return []
    detail = gettext("paid") if invoice.paid else ""
    if not invoice.paid:
        still = alone(actor, invoice.open)
        detail = gettext("%(amount)s open") % {"amount": _plain(still)}
    shown = Related(page, detail, Money(invoice.gross, exponent(actor.currency)))
    return [Relation(title, [shown])]


def _plain(value: Money) -> str:
    return number(Decimal(value.minor).scaleb(-value.exponent))
