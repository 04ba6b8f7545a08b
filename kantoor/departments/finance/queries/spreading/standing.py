"""Where spreads stand: the plan that holds, and what was posted by it; read for many at once."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from kantoor.departments.finance.schedules.slots import Slot, through
from kantoor.departments.finance.schedules.spreading import custom, spread
from kantoor.kernel.store.lookup import fetch, rows_by_key


class Standing(NamedTuple):
    """A spread with its plan; `left` is what is still on the balance sheet."""

    spread_id: int
    number: str
    kind: str
    text: str
    amount: int
    balance_account_id: int
    result_account_id: int
    dimension_set_id: int
    plan_id: int
    starts_on: date
    ends_on: date
    step: str
    planned: int
    posted: int
    """By this plan."""
    posted_in_all: int
    until: date | None
    """The day of the last posting that holds."""
    parts: tuple[tuple[date, int], ...] = ()

    @property
    def left(self) -> int:
        """What is still to go to the result."""
        return self.amount - self.posted_in_all

    @property
    def slots(self) -> list[Slot]:
        """The plan, month by month or part by part."""
        if self.step == "custom":
            return custom(self.parts)
        return spread(self.planned, self.starts_on, self.ends_on, self.step)  # type: ignore[arg-type]

    def due(self, on: date) -> int:
        """What falls due through a day and is not posted yet."""
        if self.until and on <= self.until:
            return 0
        step = "day" if self.step == "day" else "month"
        return through(self.slots, on, step) - self.posted  # type: ignore[arg-type]


_COLUMNS = (
    "SELECT spread.id, spread.number, spread.kind, spread.text, spread.amount,"
    " spread.balance_account_id, spread.result_account_id, spread.dimension_set_id, plan.id,"
    " CAST(plan.starts_on AS text), CAST(plan.ends_on AS text), plan.step, plan.amount,"
    " COALESCE(mine.amount, 0), COALESCE(every.amount, 0), CAST(every.until AS text)"
    " FROM finance_spread spread JOIN finance_spread_plan plan ON plan.id ="
    " (SELECT MAX(id) FROM finance_spread_plan WHERE spread_id = spread.id)"
    " LEFT JOIN (SELECT plan_id, CAST(SUM(amount) AS bigint) AS amount"
    "  FROM finance_spread_posting GROUP BY plan_id) mine ON mine.plan_id = plan.id"
    " LEFT JOIN (SELECT posting.spread_id, CAST(SUM(posting.amount) AS bigint) AS amount,"
    "  MAX(CASE WHEN run.reverses_id IS NULL AND undo.id IS NULL THEN posting.date END) AS until"
    "  FROM finance_spread_posting posting JOIN finance_spread_run run ON run.id = posting.run_id"
    "  LEFT JOIN finance_spread_run undo ON undo.reverses_id = run.id"
    "  GROUP BY posting.spread_id) every ON every.spread_id = spread.id"
    " WHERE spread.company_id = %s"
)
_PARTS = (
    "SELECT part.plan_id, CAST(part.date AS text), part.amount FROM finance_spread_part part"
    " JOIN finance_spread_plan plan ON plan.id = part.plan_id"
    " JOIN finance_spread spread ON spread.id = plan.spread_id"
    " WHERE spread.company_id = %s ORDER BY part.id"
)


def standings(company_id: int, *, open_only: bool = False) -> list[Standing]:
    """All spreads of a company in order of number, in two statements."""
    only = " AND spread.amount <> COALESCE(every.amount, 0)" if open_only else ""
    rows = fetch(f"{_COLUMNS}{only} ORDER BY spread.number", [company_id])
    return _standings(rows, company_id)


def standings_of(company_id: int, numbers: Sequence[str]) -> dict[str, Standing]:
    """Spreads by their numbers; unknown ones are left out."""
    found = rows_by_key(
        f"{_COLUMNS} AND spread.number IN ({{}})",
        [company_id],
        [number for number in numbers if "\0" not in number],
    )
    made = _standings(((key, *rest) for key, rest in found.items()), company_id)
    return {each.number: each for each in made}


def _standings(rows: Iterable[tuple[Any, ...]], company_id: int) -> list[Standing]:
    listed = list(rows)
    parts: dict[int, list[tuple[date, int]]] = {}
    if any(row[11] == "custom" for row in listed):
        for plan_id, on, amount in fetch(_PARTS, [company_id]):
            parts.setdefault(plan_id, []).append((date.fromisoformat(on), amount))
    return [_standing(row, parts.get(row[8], [])) for row in listed]


def _standing(row: tuple[Any, ...], parts: list[tuple[date, int]]) -> Standing:
    (key, number, kind, text, amount, balance, result, dimensions, plan, starts, ends, step,
     planned, posted, in_all, until) = row  # fmt: skip
    return Standing(
        key, number, kind, text, amount, balance, result, dimensions, plan,
        date.fromisoformat(starts), date.fromisoformat(ends), step, planned, posted, in_all,
        date.fromisoformat(until) if until else None, tuple(parts),
    )  # fmt: skip
