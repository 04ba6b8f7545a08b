"""Keep the open items beside the ledger: opened with each line on a control account, settled.

Only finance's own actions call this, in the transaction that writes the lines.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import NothingToSettle, TooMuch
from kantoor.departments.finance.models import OpenItem, Settlement
from kantoor.kernel.store.bulk import write_rows
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.raw import run_many


class Item(NamedTuple):
    """An open item; `open` is above zero when it is owed to the company."""

    line_id: int
    account_id: int
    party_id: int | None
    date: str
    amount: int
    open: int


class Settling(NamedTuple):
    """To settle a debit with a credit item by so much (None: what both have open)."""

    debit: int
    credit: int
    amount: int | None = None
    date: str = ""
    """The later of the items' dates when empty."""
    why: str = ""
    place: int | None = None


def open_items(
    company_id: int,
    controls: Collection[int],
    line_rows: Iterable[tuple[Any, ...]],
    due_on: Mapping[int, str],
) -> None:
    """Open an item for each fresh ledger line on a control account.

    `line_rows` are rows of `finance_line`; `due_on` gives the due dates of entries that have one.
    """
    rows = [
        (row[0], company_id, row[2], row[1], row[7], row[3], due_on.get(row[1], row[3]),
         row[4], row[4])
        for row in line_rows
        if row[2] in controls
    ]  # fmt: skip
    if rows:
        # Derived: the record holds nothing of it, and its prover computes it anew.
        write_rows(OpenItem, rows)


def items_of_lines(company_id: int, line_ids: Iterable[int]) -> dict[int, Item]:
    """The items with these lines, locked until the commit."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    wanted = sorted(set(line_ids))
    found = rows_by_key(
        "SELECT line_id, account_id, party_id, CAST(date AS text), amount, open"  # noqa: S608
        " FROM finance_open_item"
        " WHERE company_id = %s AND line_id IN ({}) ORDER BY line_id" + lock,
        [company_id],
        wanted,
    )
    return {line_id: Item(line_id, *rest) for line_id, rest in found.items()}


def write_settlements(company_id: int, wanted: Sequence[Settling]) -> list[int]:
    """Settle items with each other, in order; gives the amounts.

    Raises TooMuch or NothingToSettle with the place. One without amount that finds nothing open
    settles nothing.
    """
    if not wanted:
        return []
    items = items_of_lines(company_id, [key for each in wanted for key in each[:2]])
    left = {key: item.open for key, item in items.items()}
    first = take_ids(Settlement, len(wanted))
    rows: list[tuple[Any, ...]] = []
    amounts = []
    for each in wanted:
        debit, credit = items[each.debit], items[each.credit]
        _fit(debit, credit, each.place)
        most = min(left[each.debit], -left[each.credit])
        amount = max(most, 0) if each.amount is None else each.amount
        if amount > most or amount < 0:
            message = _("Only {open} minor units are open on both sides.").format(open=max(most, 0))
            raise TooMuch(message, field="amount", line=each.place)
        amounts.append(amount)
        if not amount:
            continue
        left[each.debit] -= amount
        left[each.credit] += amount
        on = _date(debit, credit, each)
        rows.append(
            (first + len(rows), company_id, each.debit, each.credit, amount, on, None, each.why)
        )
    insert_rows(Settlement, rows)
    _set_open({key: amount for key, amount in left.items() if amount != items[key].open})
    return amounts


def undo_settlements(
    company_id: int, settlements: Sequence[tuple[int, int, int, int]], on: str, why: str
) -> None:
    """Undo settlements (key, debit line, credit line, amount) by their like below zero."""
    items = items_of_lines(company_id, [key for each in settlements for key in each[1:3]])
    left = {key: item.open for key, item in items.items()}
    first = take_ids(Settlement, len(settlements))
    rows = []
    for key, (undoes, debit, credit, amount) in enumerate(settlements, first):
        left[debit] += amount
        left[credit] -= amount
        rows.append((key, company_id, debit, credit, -amount, on, undoes, why))
    insert_rows(Settlement, rows)
    _set_open(left)


def _set_open(left: Mapping[int, int]) -> None:
    run_many(
        "UPDATE finance_open_item SET open = %s WHERE line_id = %s",
        [(amount, key) for key, amount in sorted(left.items())],
    )


def _fit(debit: Item, credit: Item, place: int | None) -> None:
    if debit.account_id != credit.account_id or debit.party_id != credit.party_id:
        message = _("These two are not of the same party.")
        raise NothingToSettle(message, field="credit", line=place)
    if debit.amount < 0 or credit.amount > 0:
        message = _("Settle what is owed with what is in the party's favour, not two of a kind.")
        raise NothingToSettle(message, field="credit", line=place)


def _date(debit: Item, credit: Item, wanted: Settling) -> str:
    earliest = max(debit.date, credit.date)
    if wanted.date and wanted.date < earliest:
        message = _("It can't be settled before {date}, when both were there.")
        raise NothingToSettle(message.format(date=earliest), field="date", line=wanted.place)
    return wanted.date or earliest
