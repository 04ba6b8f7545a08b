"""What is wrong with a purchase invoice: the rules it breaks, and where it differs from its order."""

from django.utils.translation import gettext

from kantoor.departments.finance.queries.payables.invoice_card import PurchaseCard
from kantoor.departments.finance.web.payables.urls import order_url
from kantoor.kernel.money import exponent
from kantoor.kernel.ui.cells import Link, Money, Status
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document


def findings(card: PurchaseCard) -> Document:
    """The rules that it breaks."""
    return Document(
        columns=[
            Column("rule", gettext("Rule"), phone="meta"),
            Column("message", gettext("What is wrong"), phone="title"),
            Column("where", gettext("Where"), phone="meta"),
            Column("state", gettext("Weight"), "status"),
        ],
        lines=[
            Row(
                str(n),
                {
                    "rule": each.rule,
                    "message": each.message,
                    "where": each.where,
                    "state": Status("fatal", gettext("Not valid"), "bad")
                    if each.fatal
                    else Status("warning", gettext("Warning"), "wait"),
                },
            )
            for n, each in enumerate(card.findings)
        ],
    )


def differences(card: PurchaseCard) -> Document:
    """Its lines beside the orders they are of."""
    places = exponent(card.invoice.currency)
    return Document(
        columns=[
            Column("text", gettext("Line"), phone="title"),
            Column("order", gettext("Order"), "link", phone="meta"),
            Column("ordered", gettext("Ordered"), "number"),
            Column("received", gettext("Received"), "number"),
            Column("invoiced", gettext("Invoiced"), "number"),
            Column(
                "price",
                gettext("Price apart"),
                "money",
                currency=card.invoice.currency,
                phone="figure",
            ),
            Column("state", gettext("State"), "status"),
        ],
        lines=[
            Row(
                str(each.n),
                {
                    "text": each.text,
                    "order": Link(f"{each.order}#{each.order_line}", order_url(each.order)),
                    "ordered": each.ordered,
                    "received": each.received,
                    "invoiced": each.invoiced,
                    "price": Money(each.price_apart, places) if each.price_apart else None,
                    "state": Status("fits", gettext("Fits"), "good")
                    if each.within
                    else Status("differs", gettext("Differs"), "bad"),
                },
            )
            for each in card.differences
        ],
    )
