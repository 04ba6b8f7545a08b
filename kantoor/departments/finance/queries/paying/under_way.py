"""The open items that a payment run is about to pay."""

from collections.abc import Iterable
from typing import NamedTuple

from kantoor.departments.finance.models.payments import APPROVED, PROPOSED
from kantoor.kernel.store.lookup import fetch


def lines_under_way(company_id: int, but: int | None = None) -> frozenset[int]:
    """The lines in runs that are proposed or approved, but for one run."""
    rows = fetch(
        "SELECT item.line_id FROM finance_payment_item item"  # noqa: S608
        " JOIN finance_payment_order ord ON ord.id = item.order_id"
        " JOIN finance_payment_run run ON run.id = ord.run_id"
        f" WHERE run.company_id = %s AND run.state IN ('{PROPOSED}', '{APPROVED}')"
        " AND run.id <> %s",
        [company_id, but or 0],
    )
    return frozenset(row[0] for row in rows)


class Sent(NamedTuple):
    """An order that was sent to the bank, for the statement line that shows it.

    `line_id` is its open item on `account_id`, the account of payments under way: what the line
    settles. `amount` has the sign of the ledger: below zero for a transfer.
    """

    order_id: int
    end_to_end: str
    message_id: str
    party_id: int | None
    line_id: int
    account_id: int
    amount: int
    open: int
    state: str


_SENT = (
    "SELECT ord.id, ord.end_to_end, run.message_id, ord.party_id, item.line_id, item.account_id,"
    " item.amount, item.open, ord.state FROM finance_payment_order ord"
    " JOIN finance_payment_run run ON run.id = ord.run_id"
    " JOIN finance_open_item item ON item.line_id = ord.transit_id"
    " WHERE ord.company_id = %s"
)


def sent_by_end_to_end(company_id: int, references: Iterable[str]) -> dict[str, Sent]:
    """The orders that were sent under these end-to-end references, in a few statements."""
    found: dict[str, Sent] = {}
    wanted = sorted(set(references))
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        slots = ", ".join(["%s"] * len(some))
        rows = fetch(f"{_SENT} AND ord.end_to_end IN ({slots})", [company_id, *some])
        found.update((row[1], Sent(*row)) for row in rows)
    return found


def sent_in_batch(company_id: int, reference: str) -> list[Sent]:
    """The orders of a file that the bank books as one amount, by message or payment information.

    Of direct debits the bank books each sequence type by itself (`DD-000003-…-FRST`).
    """
    sql = f"{_SENT} AND (run.message_id = %s OR run.message_id || '-' || ord.sequence = %s)"
    rows = fetch(f"{sql} ORDER BY ord.n", [company_id, reference, reference])
    return [Sent(*row) for row in rows]
