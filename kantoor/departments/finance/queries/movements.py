"""What accounts moved between dates: the one place where reports get their sums from.

Whole periods are added up from the balances that are kept beside the lines, so the time does not
grow with the number of lines; lines are read only for the days of periods that a span cuts.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.store.lookup import fetch


class Span(NamedTuple):
    """Days from `start` to `end`, both included; None is without that bound."""

    start: date | None
    end: date | None

    def holds(self, other: "Span") -> bool:
        """Whether all days of the other (which has both bounds) are in this one."""
        assert other.start and other.end
        begins = self.start is None or self.start <= other.start
        return begins and (self.end is None or other.end <= self.end)

    def cut(self, other: "Span") -> "Span | None":
        """The days that both have, if any; the other has both bounds."""
        assert other.start and other.end
        start = max(self.start or other.start, other.start)
        end = min(self.end or other.end, other.end)
        return Span(start, end) if start <= end else None


class Moved(NamedTuple):
    """Debit and credit in minor units, both without sign."""

    debit: int
    credit: int

    @property
    def net(self) -> int:
        """Debit minus credit."""
        return self.debit - self.credit


NOTHING = Moved(0, 0)


def movements(
    company_id: int, spans: Sequence[Span], dimension: str = ""
) -> dict[int, list[Moved]]:
    """What each account of the company moved in each of the spans, by the account's key.

    Three statements at most, whatever the spans. `dimension` keeps to lines that carry a value
    (`cost_centre=100`).
    """
    found: dict[int, list[Moved]] = {}
    if not spans:
        return found
    periods = [Span(*map(date.fromisoformat, row)) for row in fetch(_PERIODS, [company_id])]
    cuts = [list(_cuts(span, periods)) for span in spans]
    _add(found, _of_balances(company_id, spans, dimension))
    if any(cuts):
        _add(found, _of_lines(company_id, cuts, dimension))
    return found


def check_dimension(dimension: str) -> str:
    """The text when it is empty or names a value (`cost_centre=100`); raises InvalidInput."""
    code, is_, value = dimension.partition("=")
    if (dimension and not (code and is_ and value)) or "\0" in dimension:
        message = _("Name a dimension with its value, such as cost_centre=100.")
        raise InvalidInput(message, field="dimension")
    return dimension


_PERIODS = (
    "SELECT CAST(starts_on AS text), CAST(ends_on AS text) FROM finance_period"
    " WHERE company_id = %s ORDER BY starts_on"
)

Rows = list[tuple[int, ...]]


def _cuts(span: Span, periods: Sequence[Span]) -> Iterator[Span]:
    """The days of the span in periods that it does not hold whole: two pieces at most."""
    for period in periods:
        if not span.holds(period) and (piece := span.cut(period)) is not None:
            yield piece


def _of_balances(company_id: int, spans: Sequence[Span], dimension: str) -> Rows:
    columns, params = [], []
    for span in spans:
        condition, bounds = _within(span, "period.starts_on", "period.ends_on")
        for side in ("debit", "credit"):
            columns.append(
                f"CAST(SUM(CASE WHEN {condition} THEN balance.{side} ELSE 0 END) AS bigint)"
            )
            params.extend(bounds)
    only, carried = carrying("balance.dimension_set_id", company_id, dimension)
    return fetch(
        f"SELECT balance.account_id, {', '.join(columns)}"  # noqa: S608
        " FROM finance_account account"
        " JOIN finance_balance balance ON balance.account_id = account.id"
        " JOIN finance_period period ON period.id = balance.period_id"
        f" WHERE account.company_id = %s{only} GROUP BY balance.account_id",
        [*params, company_id, *carried],
    )


def _of_lines(company_id: int, cuts: Sequence[Sequence[Span]], dimension: str) -> Rows:
    columns, params = [], []
    for pieces in cuts:
        within = [_within(piece, "cut.date", "cut.date") for piece in pieces]
        condition = " OR ".join(f"({each})" for each, _ in within) or "1 = 0"
        bounds = [bound for _, each in within for bound in each]
        for sign in (">", "<"):
            columns.append(
                f"CAST(SUM(CASE WHEN ({condition}) AND cut.amount {sign} 0"
                " THEN ABS(cut.amount) ELSE 0 END) AS bigint)"
            )
            params.extend(bounds)
    # One SELECT for each run of days: with OR between them SQLite would not seek by date.
    parts, days = [], []
    only, carried = carrying("line.dimension_set_id", company_id, dimension)
    for start, end in _merged([piece for pieces in cuts for piece in pieces]):
        parts.append(
            "SELECT line.account_id, line.date, line.amount FROM finance_account account"  # noqa: S608
            " JOIN finance_line line ON line.account_id = account.id"
            f" WHERE account.company_id = %s AND line.date >= %s AND line.date <= %s{only}"
        )
        days.extend([company_id, str(start), str(end), *carried])
    return fetch(
        f"SELECT cut.account_id, {', '.join(columns)}"  # noqa: S608
        f" FROM ({' UNION ALL '.join(parts)}) cut GROUP BY cut.account_id",
        [*params, *days],
    )


def _merged(pieces: Sequence[Span]) -> list[tuple[date, date]]:
    """The days of all pieces as runs that have no day in common, so that no line counts twice."""
    runs: list[tuple[date, date]] = []
    for start, end in sorted((piece.start, piece.end) for piece in pieces):
        assert start and end
        if runs and start <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], end)
        else:
            runs.append((start, end))
    return runs


def _within(span: Span, first: str, last: str) -> tuple[str, list[str]]:
    conditions, bounds = [], []
    if span.start is not None:
        conditions.append(f"{first} >= %s")
        bounds.append(span.start.isoformat())
    if span.end is not None:
        conditions.append(f"{last} <= %s")
        bounds.append(span.end.isoformat())
    return " AND ".join(conditions) or "1 = 1", bounds


def carrying(column: str, company_id: int, dimension: str) -> tuple[str, list[object]]:
    """A further condition (` AND …`, with its parameters) for lines that carry a value."""
    if not dimension:
        return "", []
    # Not LIKE: on SQLite it takes capitals and small letters for the same.
    inside = "instr" if connection.vendor == "sqlite" else "strpos"
    sql = (
        f" AND {column} IN (SELECT id FROM finance_dimension_set"  # noqa: S608
        f" WHERE company_id = %s AND {inside}('|' || key || '|', %s) > 0)"
    )
    return sql, [company_id, f"|{dimension}|"]


def _add(found: dict[int, list[Moved]], rows: Rows) -> None:
    for account_id, *sums in rows:
        moved = [Moved(*pair) for pair in zip(sums[::2], sums[1::2], strict=True)]
        before = found.get(account_id)
        found[account_id] = [
            Moved(a.debit + b.debit, a.credit + b.credit)
            for a, b in zip(before or [NOTHING] * len(moved), moved, strict=True)
        ]
