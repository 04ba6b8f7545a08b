"""Prove what fixed assets stand at anew from their events and movements, and these from the ledger."""

from collections.abc import Iterator
from typing import Any

from kantoor.departments.finance.queries.assets.live import VALUES
from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.stream import stream

_COLUMNS = (
    "asset_id", "company_id", "terms_id", "cost", "accumulated", "reserve", "depreciated",
    "until", "disposed_on",
)  # fmt: skip
# A sign before a column has the driver give what the cell really holds, whatever its type.
_KEPT = (
    "SELECT +asset_id, +company_id, +terms_id, +cost, +accumulated, +reserve, +depreciated,"
    " CAST(until AS text), CAST(disposed_on AS text) FROM finance_asset_value ORDER BY asset_id"
)
_STRAY = (
    "SELECT movement.id FROM finance_asset_movement movement"
    " LEFT JOIN finance_asset asset ON asset.id = movement.asset_id"
    " LEFT JOIN finance_asset_terms terms ON terms.id = movement.terms_id"
    " WHERE asset.id IS NULL OR asset.company_id <> movement.company_id"
    " OR (movement.terms_id IS NOT NULL"
    "  AND (terms.id IS NULL OR terms.asset_id <> movement.asset_id)) ORDER BY movement.id"
)
_RUNS = (
    "SELECT run.id, run.amount, run.asset_count, sums.amount, sums.count"
    " FROM finance_depreciation_run run LEFT JOIN (SELECT run_id, SUM(accumulated) AS amount,"
    " COUNT(*) AS count FROM finance_asset_movement WHERE run_id IS NOT NULL GROUP BY run_id) sums"
    " ON sums.run_id = run.id WHERE sums.count IS NULL OR sums.amount <> run.amount"
    " OR sums.count <> run.asset_count ORDER BY run.id"
)
# What movements say of an entry, and what its lines say on the accounts of the assets' categories.
_ENTRIES = (
    "SELECT moved.entry_id, moved.cost, moved.accumulated, lines.cost, lines.accumulated FROM"
    " (SELECT movement.entry_id, SUM(movement.cost) AS cost,"
    "   SUM(movement.accumulated) AS accumulated FROM finance_asset_movement movement"
    "  WHERE movement.entry_id IS NOT NULL GROUP BY movement.entry_id) moved"
    " JOIN (SELECT line.entry_id,"
    "   SUM(CASE WHEN line.account_id IN (SELECT cost_account_id FROM finance_asset_category)"
    "    THEN line.amount ELSE 0 END) AS cost,"
    "   SUM(CASE WHEN line.account_id IN"
    "    (SELECT accumulated_account_id FROM finance_asset_category)"
    "    THEN -line.amount ELSE 0 END) AS accumulated"
    "  FROM finance_line line WHERE line.entry_id IN"
    "   (SELECT entry_id FROM finance_asset_movement WHERE entry_id IS NOT NULL)"
    "  GROUP BY line.entry_id) lines ON lines.entry_id = moved.entry_id"
    " WHERE lines.cost <> moved.cost OR lines.accumulated <> moved.accumulated"
    " ORDER BY moved.entry_id"
)


@prover("finance_asset_value")
def assets() -> Iterator[Fault]:
    """Every value against events and movements, runs and entries against the movements they made."""
    yield from _values()
    for (key,) in stream(_STRAY):
        yield Fault("derived", f"finance_asset_movement row {key}", "is of no asset it could be of")
    for key, amount, count, moved, found in stream(_RUNS):
        what = f"says {amount} for {count} assets; its movements are {moved or 0} for {found or 0}"
        yield Fault("derived", f"finance_depreciation_run row {key}", what)
    for key, cost, lost, booked, accumulated in stream(_ENTRIES):
        what = f"books {booked} and {accumulated}; the assets moved by {cost} and {lost}"
        yield Fault("derived", f"finance_entry row {key}", what)


def _values() -> Iterator[Fault]:
    kept = {row[0]: row for row in stream(_KEPT)}
    for wanted in stream(f"{VALUES} ORDER BY asset.id"):
        found = kept.pop(wanted[0], None)
        where = f"finance_asset_value row {wanted[0]}"
        if found is None:
            yield Fault("derived", where, "is missing")
            continue
        yield from _cells(where, wanted, found)
    for key in kept:
        yield Fault("derived", f"finance_asset_value row {key}", "is of no asset")


def _cells(where: str, wanted: tuple[Any, ...], found: tuple[Any, ...]) -> Iterator[Fault]:
    for column, should, is_ in zip(_COLUMNS, wanted, found, strict=True):
        if should != is_:
            yield Fault("derived", f"{where} column {column}", f"is {is_}, and follows as {should}")


@counted("finance.asset/")
def asset_series() -> Iterator[Used]:
    """The numbers of assets by company, as the assets have them."""
    yield from _series("finance_asset", "finance.asset")


@counted("finance.depreciation_run/")
def run_series() -> Iterator[Used]:
    """The numbers of depreciation runs by company, as the runs have them."""
    yield from _series("finance_depreciation_run", "finance.depreciation_run")


def _series(table: str, name: str) -> Iterator[Used]:
    rows = stream(
        "SELECT company_id, MIN(CAST(SUBSTR(number, 2) AS integer)),"  # noqa: S608
        f" MAX(CAST(SUBSTR(number, 2) AS integer)), COUNT(*) FROM {table} GROUP BY company_id"
    )
    for company, first, last, count in rows:
        yield f"{name}/{company}", first, last, count
