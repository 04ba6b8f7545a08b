"""Written orders and returns as finance needs them to invoice or credit them."""

from collections.abc import Sequence
from datetime import date

from kantoor.departments.sales.drafts import Buyer, Ready, ReadyLine
from kantoor.departments.sales.models import Order, Quotation, Return
from kantoor.departments.sales.models.lines import DocumentLine
from kantoor.kernel.store.lookup import fetch, rows_by_key


def ready_again(
    documents: Sequence[Order | Quotation | Return], lines: type[DocumentLine], column: str
) -> dict[int, Ready]:
    """Documents by key with their lines and customers; `column` of the lines names theirs."""
    buyers = _buyers({each.party_id for each in documents})
    found = _lines([each.pk for each in documents], lines._meta.db_table, column)
    return {
        each.pk: Ready(
            buyer=buyers[each.party_id],
            on=_day_of(each).isoformat(),
            lines=found[each.pk],
            net=each.net,
            country=each.country,
            reference=each.reference,
        )
        for each in documents
    }


def _day_of(document: Order | Quotation | Return) -> date:
    if isinstance(document, Order):
        return document.ordered_on
    return document.offered_on if isinstance(document, Quotation) else document.taken_on


def _buyers(party_ids: set[int]) -> dict[int, Buyer]:
    found = rows_by_key(
        "SELECT party.id, party.country, party.vat_number, customer.payment_days,"
        " customer.blocked FROM kernel_party party"
        " JOIN sales_customer customer ON customer.party_id = party.id"
        " WHERE party.id IN ({})",
        [],
        party_ids,
    )
    return {
        key: Buyer(key, country, vat_number, days, bool(blocked))
        for key, (country, vat_number, days, blocked) in found.items()
    }


def _lines(keys: Sequence[int], table: str, column: str) -> dict[int, list[ReadyLine]]:
    found: dict[int, list[ReadyLine]] = {key: [] for key in keys}
    some_at_once = 500
    for start in range(0, len(keys), some_at_once):
        some = keys[start : start + some_at_once]
        slots = ", ".join(["%s"] * len(some))
        rows = fetch(
            f"SELECT line.{column}, article.code, line.text, article.name, line.quantity,"  # noqa: S608
            f" line.unit_price, line.net FROM {table} line"
            f" JOIN sales_article article ON article.id = line.article_id"
            f" WHERE line.{column} IN ({slots}) ORDER BY line.id",
            some,
        )
        for key, code, text, name, quantity, price, net in rows:
            found[key].append((code, text or name, quantity, price, net))
    return found
