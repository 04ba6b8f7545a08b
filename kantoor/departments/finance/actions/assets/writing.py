"""Write what happens to assets: movements and values, for many at once.

Only finance's own actions call this, inside their transaction.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kantoor.departments.finance.models import AssetMovement
from kantoor.departments.finance.queries.assets.standing import Standing
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.raw import run

ROWS_AT_ONCE = 200


Day = date
"""The type of the fields that are called `date`."""


class Movement(NamedTuple):
    """A movement of an asset, as `AssetMovement` has it."""

    asset_id: int
    date: date
    kind: str
    cost: int = 0
    accumulated: int = 0
    reserve: int = 0
    until: Day | None = None
    terms_id: int | None = None
    event_id: int | None = None
    run_id: int | None = None
    entry_id: int | None = None


def write_movements(company_id: int, movements: Sequence[Movement]) -> None:
    """Insert movements that change something; those of nothing are left out."""
    wanted = [each for each in movements if each.cost or each.accumulated or each.reserve]
    if not wanted:
        return
    first = take_ids(AssetMovement, len(wanted))
    insert_rows(
        AssetMovement,
        [
            (key, company_id, each.asset_id, each.date.isoformat(), each.kind, each.cost,
             each.accumulated, each.reserve, each.until.isoformat() if each.until else None,
             each.terms_id, each.event_id, each.run_id, each.entry_id)
            for key, each in enumerate(wanted, first)
        ],
    )  # fmt: skip


def write_values(company_id: int, standings: Sequence[Standing]) -> None:
    """Keep where assets stand beside their movements."""
    rows = [
        (each.asset_id, company_id, each.terms_id, each.cost, each.accumulated, each.reserve,
         each.depreciated, each.until.isoformat() if each.until else None,
         each.disposed_on.isoformat() if each.disposed_on else None)
        for each in standings
    ]  # fmt: skip
    names = ("terms_id", "cost", "accumulated", "reserve", "depreciated", "until", "disposed_on")
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        slots = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(some))
        run(
            f"INSERT INTO finance_asset_value (asset_id, company_id, {', '.join(names)})"  # noqa: S608
            f" VALUES {slots} ON CONFLICT (asset_id) DO UPDATE SET "
            + ", ".join(f"{name} = excluded.{name}" for name in names),
            [value for row in some for value in row],
        )
