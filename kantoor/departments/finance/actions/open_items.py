"""Keep the open items beside the ledger: one is opened with each line on a control account.

Only finance's own actions call this, in the transaction that writes the lines; how items settle
each other is in `settling.py`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kantoor.departments.finance.models import OpenItem
from kantoor.kernel.store.bulk import write_rows
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.pipeline import with_the_next
from kantoor.kernel.store.raw import on_postgres, run_many

Due = str | Iterator[str]
"""When the items of an entry are due: all on one day, or one after the other on these."""


class Item(NamedTuple):
    """An open item; `open` is above zero when it is owed to the company."""

    line_id: int
    account_id: int
    party_id: int | None
    date: str
    amount: int
    open: int
    currency: str
    currency_open: int


def open_items(
    company_id: int,
    controls: Collection[int],
    line_rows: Iterable[tuple[Any, ...]],
    due_on: Mapping[int, Due],
) -> None:
    """Open an item for each fresh ledger line on a control account.

    `line_rows` are rows of `finance_line`; `due_on` gives the due dates of entries that have one.
    """
    rows = [
        (row[0], company_id, row[2], row[1], row[7], row[3], _day(due_on.get(row[1], row[3])),
         row[4], row[4], row[5], row[6], row[6])
        for row in line_rows
        if row[2] in controls
    ]  # fmt: skip
    if rows:
        # Derived: the record holds nothing of it, and its prover computes it anew.
        with with_the_next(len(rows)):
            write_rows(OpenItem, rows)


def _day(due: Due) -> str:
    return due if isinstance(due, str) else next(due)


def items_of_lines(company_id: int, line_ids: Iterable[int]) -> dict[int, Item]:
    """The items with these lines, locked until the commit."""
    lock = " FOR UPDATE" if on_postgres() else ""
    wanted = sorted(set(line_ids))
    found = rows_by_key(
        "SELECT line_id, account_id, party_id, CAST(date AS text), amount, open,"  # noqa: S608
        " currency, currency_open FROM finance_open_item"
        " WHERE company_id = %s AND line_id IN ({}) ORDER BY line_id" + lock,
        [company_id],
        wanted,
    )
    return {line_id: Item(line_id, *rest) for line_id, rest in found.items()}


def set_open(left: Mapping[int, tuple[int, int]]) -> None:
    """Say what is left open of items: in the company's currency, and in their own."""
    run_many(
        "UPDATE finance_open_item SET open = %s, currency_open = %s WHERE line_id = %s",
        [(*both, key) for key, both in sorted(left.items())],
    )
