"""Post entries of a document in the general journal: legs that move, added up to lines.

Only finance's own actions call this, inside their transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from kantoor.departments.finance.actions.checking import LONGEST_TEXT
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.queries.roles import journal_of_kind
from kantoor.kernel.actors.actor import Actor


class Leg(NamedTuple):
    """An amount on an account for a dimension set; debit positive."""

    account_id: int
    amount: int
    dimension_set_id: int = 0
    party_id: int | None = None


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
