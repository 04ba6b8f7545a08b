"""Write what happens to assets: entries, movements and values, for many at once.

Only finance's own actions call this, inside their transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from kantoor.departments.finance.actions.checking import LONGEST_TEXT
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.models import AssetMovement
from kantoor.departments.finance.queries.assets.standing import Standing
from kantoor.departments.finance.queries.roles import journal_of_kind
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.raw import run

ROWS_AT_ONCE = 200


Day = date
"""The type of the fields that are called `date`."""


class Leg(NamedTuple):
    """An amount on an account for a dimension set; debit positive."""

    account_id: int
    amount: int
    dimension_set_id: int = 0
    party_id: int | None = None


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


class Booking(NamedTuple):
    """An entry to be: what moves, on which day, and what it is of."""

    date: date
    text: str
    origin: str
    legs: Sequence[Leg]
    reference: str = ""


def book(actor: Actor, bookings: Sequence[Booking], calendar: Calendar) -> list[int | None]:
    """Post entries in the general journal; gives their keys, None where nothing moves."""
    journal = journal_of_kind(actor.company_id, "general")
    ready, places = [], []
    for place, each in enumerate(bookings):
        lines = added_up(each.legs, actor.currency, each.text)
        if not lines:
            continue
        places.append(place)
        ready.append(
            ReadyEntry(
                journal, each.date.isoformat(), each.text[:LONGEST_TEXT], each.reference,
                each.origin, None, lines,
            )
        )  # fmt: skip
    keys: list[int | None] = [None] * len(bookings)
    if ready:
        for entry in ready:
            calendar.place(entry.date)
        written = write_entries(actor, ready, calendar=calendar).keys
        for place, key in zip(places, written, strict=True):
            keys[place] = key
    return keys


def added_up(legs: Iterable[Leg], currency: str, text: str) -> list[ReadyLine]:
    """The lines of an entry: legs on the same account and dimensions are one line.

    Legs that even out leave no line; an entry whose two sides are one account has none at all.
    """
    sums: dict[tuple[int, int, int | None], int] = {}
    for leg in legs:
        key = (leg.account_id, leg.dimension_set_id, leg.party_id)
        sums[key] = sums.get(key, 0) + leg.amount
    return [
        ReadyLine(account, amount, currency, amount, party, dimensions, text[:LONGEST_TEXT])
        for (account, dimensions, party), amount in sums.items()
        if amount
    ]


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
