"""Proof that the series of devices have no gaps."""

from collections.abc import Iterable

from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.store.lookup import fetch

SERIES = {
    "device": "ict_device",
    "handover": "ict_handover",
    "licence": "ict_licence",
    "stock_take": "ict_stock_take",
}


@counted("ict.devices")
def numbers_in_use() -> Iterable[Used]:
    """Each series of devices as its rows show it, for `verify`."""
    for name, table in SERIES.items():
        rows = fetch(
            "SELECT company_id, min(number), max(number), count(*)"  # noqa: S608
            f" FROM {table} GROUP BY company_id ORDER BY company_id"
        )
        for company_id, first, last, count in rows:
            yield f"ict.{name}/{company_id}", first, last, count
