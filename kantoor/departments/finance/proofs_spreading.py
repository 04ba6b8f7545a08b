"""Prove the numbers of spreads, their runs and accruals, and what they posted against the ledger."""

from collections.abc import Iterator

from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.store.stream import stream


@counted("finance.spread/")
def spread_series() -> Iterator[Used]:
    """The numbers of spreads by company."""
    yield from _series("finance_spread", "finance.spread")


@counted("finance.spread_run/")
def spread_run_series() -> Iterator[Used]:
    """The numbers of runs of spreads by company."""
    yield from _series("finance_spread_run", "finance.spread_run")


@counted("finance.accrual/")
def accrual_series() -> Iterator[Used]:
    """The numbers of accruals by company."""
    yield from _series("finance_accrual", "finance.accrual")


def _series(table: str, name: str) -> Iterator[Used]:
    rows = stream(
        "SELECT company_id, MIN(CAST(SUBSTR(number, 2) AS integer)),"  # noqa: S608
        f" MAX(CAST(SUBSTR(number, 2) AS integer)), COUNT(*) FROM {table} GROUP BY company_id"
    )
    for company, first, last, count in rows:
        yield f"{name}/{company}", first, last, count
