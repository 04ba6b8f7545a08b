"""Prove the ledger anew from its lines, for `kantoor verify`."""

from collections.abc import Iterable, Iterator
from typing import Any

from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.stream import stream

Sums = tuple[Any, Any]
Rows = Iterator[tuple[Any, ...]]

# A sign before a column has the driver give what the cell really holds, whatever its type.
_KEPT = (
    "SELECT +account_id, +period_id, +dimension_set_id, +debit, +credit FROM finance_balance"
    " ORDER BY account_id, period_id, dimension_set_id"
)
_LINES = (
    "SELECT +line.account_id, +entry.period_id, +line.dimension_set_id, +line.amount"
    " FROM finance_line line JOIN finance_entry entry ON entry.id = line.entry_id"
)
_ENTRIES = (
    "SELECT entry.id, entry.line_count, lines.count, lines.total,"
    " CASE WHEN lines.first <> entry.date OR lines.last <> entry.date THEN 1 ELSE 0 END,"
    " CASE WHEN entry.date < period.starts_on OR entry.date > period.ends_on"
    " OR entry.year_id <> period.year_id OR entry.company_id <> period.company_id"
    " OR entry.company_id <> journal.company_id OR period.id IS NULL OR journal.id IS NULL"
    " THEN 1 ELSE 0 END"
    " FROM finance_entry entry"
    " LEFT JOIN finance_period period ON period.id = entry.period_id"
    " LEFT JOIN finance_journal journal ON journal.id = entry.journal_id"
    " LEFT JOIN (SELECT entry_id, COUNT(*) AS count, SUM(amount) AS total, MIN(date) AS first,"
    " MAX(date) AS last FROM finance_line GROUP BY entry_id) lines ON lines.entry_id = entry.id"
    " WHERE lines.count IS NULL OR lines.count <> entry.line_count OR lines.total <> 0"
    " OR lines.first <> entry.date OR lines.last <> entry.date OR period.id IS NULL"
    " OR journal.id IS NULL OR entry.date < period.starts_on OR entry.date > period.ends_on"
    " OR entry.year_id <> period.year_id OR entry.company_id <> period.company_id"
    " OR entry.company_id <> journal.company_id ORDER BY entry.id"
)
_STRAY_SETS = (
    "SELECT DISTINCT balance.dimension_set_id FROM finance_balance balance"
    " LEFT JOIN finance_account account ON account.id = balance.account_id"
    " LEFT JOIN finance_dimension_set dims ON dims.id = balance.dimension_set_id"
    " WHERE balance.dimension_set_id <> 0"
    " AND (dims.id IS NULL OR dims.company_id <> account.company_id)"
)
_STRAY_ACCOUNTS = (
    "SELECT DISTINCT balance.account_id FROM finance_balance balance"
    " LEFT JOIN finance_account account ON account.id = balance.account_id"
    " LEFT JOIN finance_period period ON period.id = balance.period_id"
    " WHERE account.id IS NULL OR period.id IS NULL OR account.company_id <> period.company_id"
)


@prover("finance_balance")
def ledger() -> Iterator[Fault]:
    """Every cell of the balances against the sums of the lines, and every entry against its lines."""
    equal = True
    for fault in compared(iter(added_up(stream(_LINES))), stream(_KEPT)):
        equal = False
        yield fault
    yield from _entries()
    if not equal:
        return  # What follows is read from the balances, for the lines that they stand for.
    for (key,) in stream(_STRAY_SETS):
        yield Fault("derived", f"finance_dimension_set row {key}", "lines carry it; it isn't there")
    for (key,) in stream(_STRAY_ACCOUNTS):
        yield Fault(
            "derived", f"finance_account row {key}", "has lines in another company's period"
        )


def added_up(lines: Rows) -> list[tuple[Any, ...]]:
    """Debit and credit of lines by account, period and dimension set, in order of these.

    In Python, since the lines then come in the order they lie in, and no database has to sort
    them; what is held grows with the balances alone, and no sum overflows.
    """
    sums: dict[tuple[Any, ...], list[int]] = {}
    for account, period, dimensions, amount in lines:
        found = sums.get((account, period, dimensions))
        if found is None:
            found = sums[account, period, dimensions] = [0, 0]
        if type(amount) is not int:
            continue  # The row was changed by hand, which the record tells.
        if amount > 0:
            found[0] += amount
        else:
            found[1] -= amount
    return sorted(((*key, *both) for key, both in sums.items()), key=_rank)


def compared(added_up: Rows, kept: Rows) -> Iterator[Fault]:
    """Two runs of (account, period, dimension set, debit, credit), in order of their keys."""
    wanted, found = next(added_up, None), next(kept, None)
    while wanted is not None or found is not None:
        if found is None or (wanted is not None and _rank(wanted) < _rank(found)):
            assert wanted is not None
            yield Fault("derived", _where(wanted), "is missing")
            wanted = next(added_up, None)
        elif wanted is None or _rank(found) < _rank(wanted):
            yield Fault("derived", _where(found), "is there, but no line is behind it")
            found = next(kept, None)
        else:
            for column, should, is_ in zip(("debit", "credit"), wanted[3:], found[3:], strict=True):
                if should != is_:
                    what = f"is {is_}, the lines add up to {should}"
                    yield Fault("derived", f"{_where(found)} column {column}", what)
            wanted, found = next(added_up, None), next(kept, None)


def _where(row: Iterable[Any]) -> str:
    return "finance_balance row " + "/".join(str(cell) for cell in tuple(row)[:3])


def _rank(row: tuple[Any, ...]) -> list[tuple[int, Any]]:
    """The key as SQLite sorts it, where a cell can hold anything: nothing, numbers, text, bytes."""
    ranks = {type(None): 0, int: 1, float: 1, str: 2}
    return [(ranks.get(type(cell), 3), 0 if cell is None else cell) for cell in row[:3]]


def _entries() -> Iterator[Fault]:
    for key, says, count, total, other_day, stray in stream(_ENTRIES):
        where = f"finance_entry row {key}"
        if count != says:
            yield Fault("derived", where, f"has {count or 0} lines, and says {says}")
        if total:
            yield Fault("derived", where, f"does not balance: its lines add up to {total}")
        if other_day:
            yield Fault("derived", where, "has lines of another date")
        if stray:
            yield Fault("derived", where, "is not in the period, year or journal it belongs to")


@counted("finance.entry/")
def entry_series() -> Iterator[Used]:
    """The numbers of entries by journal and fiscal year, as the entries have them."""
    rows = stream(
        "SELECT journal_id, year_id, MIN(number), MAX(number), COUNT(*) FROM finance_entry"
        " GROUP BY journal_id, year_id"
    )
    for journal, year, first, last, count in rows:
        yield f"finance.entry/{journal}/{year}", first, last, count
