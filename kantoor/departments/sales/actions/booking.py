"""Book what the front office has sold or taken back already: orders, invoices, credit notes."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.actions.shop_articles import shop_articles
from kantoor.departments.sales.actions.shop_customers import Shopper, shop_buyers
from kantoor.departments.sales.actions.writing import write_orders, write_returns
from kantoor.departments.sales.drafts import Buyer, Ready, ReadyLine
from kantoor.departments.sales.errors import KnownAlready
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import rows_by_key

RETURN = "return"


class Sold(msgspec.Struct, gc=False, kw_only=True):
    """What the front office sold: an order with its invoice, or a return with its credit note.

    Quantities and `net` of a return are positive. `country` decides the tax; `day` is ISO text,
    `event` the event it came in by, `reference` its number at the front office `source`.
    """

    kind: Literal["sale", "stock_correction", "return"]
    shopper: Shopper
    source: str
    reference: str
    event: str
    day: str
    country: str
    lines: Sequence[ReadyLine]
    net: int


@action(permission="sales.take_orders", title=_("Book what was sold"), hidden=True)
def book_sales(actor: Actor, /, *, sales: Sequence[Sold]) -> list[str]:
    """Book sales in their order, with their invoices and credit notes; gives what each became.

    New customers and articles are made on the way. Raises KnownAlready for a reference that was
    booked before, and what finance refuses.
    """
    _refuse_known(actor, sales)
    buyers = shop_buyers(actor, [each.shopper for each in sales])
    articles = shop_articles(actor, [each.lines for each in sales])
    results: dict[int, str] = {}
    for table, write in (("order", write_orders), ("return", write_returns)):
        some = [each for each in sales if (each.kind == RETURN) == (table == "return")]
        if not some:
            continue
        keys = write(actor, articles, [_ready(each, buyers[each.shopper]) for each in some])
        results |= {id(each): f"sales.{table}/{key}" for each, key in zip(some, keys, strict=True)}
    return [results[id(each)] for each in sales]


def _ready(sold: Sold, buyer: Buyer) -> Ready:
    return Ready(
        buyer=buyer,
        on=sold.day,
        lines=sold.lines,
        net=sold.net,
        kind=sold.kind,
        country=sold.country,
        source=sold.source,
        reference=sold.reference,
        event=sold.event,
        settled=True,
    )


def _refuse_known(actor: Actor, sales: Iterable[Sold]) -> None:
    wanted: dict[tuple[str, str], list[str]] = {}
    for each in sales:
        table = "sales_return" if each.kind == RETURN else "sales_order"
        wanted.setdefault((table, each.source), []).append(each.reference)
    for (table, source), references in wanted.items():
        known = rows_by_key(
            f"SELECT reference, id FROM {table}"  # noqa: S608
            " WHERE company_id = %s AND source = %s AND reference IN ({})",
            [actor.company_id, source],
            references,
        )
        for reference in known:
            message = _("{reference} of {source} was taken before.")
            said = message.format(reference=reference, source=source)
            raise KnownAlready(said, field="reference")
