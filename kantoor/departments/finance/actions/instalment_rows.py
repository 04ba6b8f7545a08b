"""Write what belongs to invoices paid in parts, and to those that deduct what was paid before."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from kantoor.departments.finance.models import Deduction, Instalment
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows


class Part(NamedTuple):
    """An instalment: when it is due, and what it is in the invoice's and the company's currency."""

    due_on: str
    amount: int
    own_amount: int


class Deducted(NamedTuple):
    """What line `n` takes off for a line of a prepayment invoice, and where its revenue goes.

    `net` and `own_net` are without the sign of the line.
    """

    n: int
    prepaid_id: int
    net: int
    own_net: int
    sales_account: int


def write_instalments(
    actor: Actor, first: int, invoices: Sequence[Sequence[Part]], entries: Sequence[int | None]
) -> None:
    """Keep the instalments of invoices, whose keys begin with `first`, with their open items."""
    found = [
        (key, parts, entry)
        for key, (parts, entry) in enumerate(zip(invoices, entries, strict=True), first)
        if parts
    ]
    if not found:
        return
    items = items_of_entries(actor.company_id, [entry for _key, _parts, entry in found if entry])
    rows: list[tuple[Any, ...]] = []
    for key, parts, entry in found:
        assert entry is not None
        for n, (part, line) in enumerate(zip(parts, items[entry], strict=True), 1):
            rows.append((actor.company_id, key, n, part.due_on, part.amount, line))
    first_id = take_ids(Instalment, len(rows))
    insert_rows(Instalment, [(n, *row) for n, row in enumerate(rows, first_id)])


def write_deductions(
    actor: Actor, line_id: int, invoices: Sequence[tuple[int, Sequence[Deducted], int]]
) -> None:
    """Keep what invoices deduct: of each its number of lines, its deductions, and its sign.

    `line_id` is the key of the first line of the first.
    """
    rows: list[tuple[Any, ...]] = []
    for count, deducted, sign in invoices:
        rows += [
            (actor.company_id, line_id + each.n - 1, each.prepaid_id, sign * each.net,
             sign * each.own_net)
            for each in deducted
        ]  # fmt: skip
        line_id += count
    if rows:
        first = take_ids(Deduction, len(rows))
        insert_rows(Deduction, [(n, *row) for n, row in enumerate(rows, first)])
