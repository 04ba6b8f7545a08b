"""Prove payment runs: numbers without gaps, orders that are what their items and entries say."""

from collections.abc import Iterator

from kantoor.departments.finance.sealed import source_of
from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.stream import stream

_ORDERS = (
    "SELECT ord.id FROM finance_payment_order ord LEFT JOIN"
    " (SELECT order_id, SUM(amount) AS amount, SUM(discount) AS discount"
    "  FROM finance_payment_item GROUP BY order_id) items ON items.order_id = ord.id"
    " WHERE ord.sealed_by = '' AND (items.amount IS NULL OR items.amount <> ord.amount"
    " OR items.discount <> ord.discount)"
    " ORDER BY ord.id"
)
_RUNS = (
    "SELECT run.id FROM finance_payment_run run LEFT JOIN"
    " (SELECT run_id, COUNT(*) AS count, SUM(amount) AS amount"
    "  FROM finance_payment_order GROUP BY run_id) orders ON orders.run_id = run.id"
    " WHERE orders.count IS NULL OR orders.count <> run.order_count"
    " OR orders.amount <> run.amount ORDER BY run.id"
)
_APPROVALS = (
    "SELECT run.id FROM finance_payment_run run WHERE run.state = 'made'"
    " AND (SELECT COUNT(DISTINCT given.by_id) FROM finance_payment_approval given"
    "  WHERE given.run_id = run.id) < 2 ORDER BY run.id"
)
_LINES = (
    "SELECT ord.id FROM finance_payment_order ord"
    " JOIN finance_payment_run run ON run.id = ord.run_id"
    " LEFT JOIN finance_line line ON line.id = ord.transit_id"
    " WHERE run.state = 'made' AND (line.id IS NULL OR line.entry_id <> run.entry_id"
    " OR line.party_id <> ord.party_id"
    " OR line.amount <> CASE WHEN run.kind = 'debit' THEN ord.amount ELSE -ord.amount END)"
    " ORDER BY ord.id"
)

_SEALED = (
    "SELECT ord.id, ord.company_id, ord.sealed_by, ord.amount, run.number"
    " FROM finance_payment_order ord JOIN finance_payment_run run ON run.id = ord.run_id"
    " WHERE ord.sealed_by <> '' ORDER BY ord.id"
)


@prover("finance_payment_order")
def payments() -> Iterator[Fault]:
    """Runs are the sum of their orders, orders of their items, and booked as they were sent."""
    for sql, table, what in (
        (_ORDERS, "finance_payment_order", "is not the sum of its items"),
        (_LINES, "finance_payment_order", "is not what the ledger has under way"),
        (_RUNS, "finance_payment_run", "is not the sum of its orders"),
        (_APPROVALS, "finance_payment_run", "was made without two people's approval"),
    ):
        for (key,) in stream(sql):
            yield Fault("derived", f"{table} row {key}", what)
    for key, company, name, amount, number in stream(_SEALED):
        source = source_of(name)
        content = source.read(company, number) if source else None
        if content and sum(each.amount for each in content.transfers) != amount:
            yield Fault(
                "derived", f"finance_payment_order row {key}", "is not the sum of its content"
            )


@counted("finance.payment_run/")
def payment_run_series() -> Iterator[Used]:
    """The numbers of runs by company and kind, as the runs have them."""
    rows = stream(
        "SELECT company_id, kind, MIN(sequence), MAX(sequence), COUNT(*)"
        " FROM finance_payment_run GROUP BY company_id, kind"
    )
    for company, kind, first, last, count in rows:
        yield f"finance.payment_run/{company}/{kind}", first, last, count
