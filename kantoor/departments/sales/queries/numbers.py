"""The numbers of orders, quotations and returns as people write them, and proof of their series."""

from collections.abc import Iterable

from django.db import models

from kantoor.departments.sales.models import Order, Quotation, Return
from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.store.lookup import fetch

PREFIXES: dict[type[models.Model], str] = {Order: "SO-", Quotation: "QU-", Return: "RT-"}
SERIES = {
    "order": "sales_order",
    "quotation": "sales_quotation",
    "return": "sales_return",
    "customer": "sales_customer",
}


def read_number(model: type[models.Model], text: str) -> int | None:
    """The number in `SO-000012` or `12`, or None when it is none of this kind."""
    digits = text.strip().upper().removeprefix(PREFIXES[model])
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


@counted("sales.")
def numbers_in_use() -> Iterable[Used]:
    """Each series of sales as its rows show it, for `verify`."""
    for name, table in SERIES.items():
        rows = fetch(
            "SELECT company_id, min(number), max(number), count(*)"  # noqa: S608
            f" FROM {table} WHERE number IS NOT NULL GROUP BY company_id ORDER BY company_id"
        )
        for company_id, first, last, count in rows:
            yield f"sales.{name}/{company_id}", first, last, count
