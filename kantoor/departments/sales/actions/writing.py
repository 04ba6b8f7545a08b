"""Write checked orders, quotations and returns: numbers and rows, for many at once.

Only sales' own actions call this, inside their transaction.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from kantoor.departments.sales.actions.assortment import Sold
from kantoor.departments.sales.actions.invoicing import credit_returns_of, invoice_orders_of
from kantoor.departments.sales.actions.states import note_states
from kantoor.departments.sales.drafts import Ready
from kantoor.departments.sales.events import OrderPlaced, OrdersTaken, ReturnsTaken
from kantoor.departments.sales.models import (
    Order,
    OrderLine,
    Quotation,
    QuotationLine,
    Return,
    ReturnLine,
)
from kantoor.departments.sales.models.lines import DocumentLine
from kantoor.departments.sales.models.orders import COMPLETED, PLACED, SALE, order_number
from kantoor.departments.sales.models.quotations import OFFERED
from kantoor.departments.sales.models.returns import CREDITED, TAKEN, return_number
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows

Articles = Mapping[str, Sold]


def write_orders(actor: Actor, articles: Articles, orders: Sequence[Ready]) -> range:
    """Number and write orders in their order; those that are settled are invoiced at once.

    Gives the keys of their rows.
    """
    company = actor.company_id
    first = take_ids(Order, len(orders))
    number = take_numbers(f"sales.order/{company}", len(orders))
    invoices = invoice_orders_of(actor, first, orders)
    insert_rows(
        Order,
        [
            (key, company, key - first + number, each.kind, each.buyer.party_id, each.source,
             each.reference, each.event, each.on, each.country, each.net,
             COMPLETED if each.settled else PLACED, each.on if each.settled else None,
             invoices.get(key), each.text)
            for key, each in enumerate(orders, first)
        ],
    )  # fmt: skip
    write_lines(OrderLine, articles, first, orders)
    done = [f"sales.order/{key}" for key, each in enumerate(orders, first) if each.settled]
    note_states(actor, COMPLETED, done)
    keys, last = range(first, first + len(orders)), number + len(orders) - 1
    publish(OrdersTaken(company, keys, order_number(number), order_number(last)))
    for placed, each in enumerate(orders, number):
        if each.kind == SALE and not each.settled:
            publish(OrderPlaced(company, order_number(placed), each.net, each.source))
    return keys


def write_returns(actor: Actor, articles: Articles, returns: Sequence[Ready]) -> range:
    """Number and write returns in their order; those that are settled are credited at once."""
    company = actor.company_id
    first = take_ids(Return, len(returns))
    number = take_numbers(f"sales.return/{company}", len(returns))
    notes = credit_returns_of(actor, first, returns)
    insert_rows(
        Return,
        [
            (key, company, key - first + number, each.buyer.party_id, each.order_id, each.source,
             each.reference, each.event, each.on, each.country, each.net,
             CREDITED if each.settled else TAKEN, notes.get(key), each.text)
            for key, each in enumerate(returns, first)
        ],
    )  # fmt: skip
    write_lines(ReturnLine, articles, first, returns)
    done = [f"sales.return/{key}" for key, each in enumerate(returns, first) if each.settled]
    note_states(actor, CREDITED, done)
    keys, last = range(first, first + len(returns)), number + len(returns) - 1
    publish(ReturnsTaken(company, keys, return_number(number), return_number(last)))
    return keys


def write_quotations(
    actor: Actor, articles: Articles, quotations: Sequence[Ready], until: Sequence[str]
) -> range:
    """Number and write quotations, each good until a day."""
    company = actor.company_id
    first = take_ids(Quotation, len(quotations))
    number = take_numbers(f"sales.quotation/{company}", len(quotations))
    insert_rows(
        Quotation,
        [
            (key, company, key - first + number, each.buyer.party_id, each.on, day, each.country,
             each.net, OFFERED, None, each.reference, each.text)
            for key, (each, day) in enumerate(zip(quotations, until, strict=True), first)
        ],
    )  # fmt: skip
    write_lines(QuotationLine, articles, first, quotations)
    return range(first, first + len(quotations))


def write_lines(
    model: type[DocumentLine], articles: Articles, first: int, documents: Sequence[Ready]
) -> None:
    """Write the lines of documents whose keys begin at `first`."""
    key = take_ids(model, sum([len(each.lines) for each in documents]))
    ids = {code: article.id for code, article in articles.items()}
    names = {code: article.name for code, article in articles.items()}
    rows: list[tuple[Any, ...]] = []
    for document, each in enumerate(documents, first):
        # This runs for every line of a bulk: one tuple each and nothing else.
        rows += [
            (
                key + n,
                ids[code],
                "" if text == names[code] else text,
                quantity,
                price,
                net,
                document,
            )
            for n, (code, text, quantity, price, net) in enumerate(each.lines)
        ]
        key += len(each.lines)
    insert_rows(model, rows)
