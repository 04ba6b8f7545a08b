"""Write the rows of checked entries: numbers, lines, entries, balances and open items.

Only `ledger.py` and `settling.py` call this: it closes nothing that an entry reverses.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.open_items import Due, open_items
from kantoor.departments.finance.actions.periods import Calendar, Place
from kantoor.departments.finance.drafts import ReadyEntry
from kantoor.departments.finance.errors import AmountOutOfRange
from kantoor.departments.finance.models import Entry, Line
from kantoor.departments.finance.queries.roles import control_accounts
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import LARGEST
from kantoor.kernel.numbering.numbers import numbers_of
from kantoor.kernel.store.asking import Question, ask_together
from kantoor.kernel.store.ids import ids_of
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.pipeline import with_the_next, write_often
from kantoor.kernel.store.raw import run

CHUNK = 5_000
"""Entries written at a time, so that memory does not grow with their number."""
MODEST = 2**36
"""Less than this is written without looking whether the books still add up within 64 bits."""


class Written(NamedTuple):
    """Entries that were written: the keys of their rows, their numbers and where they lie."""

    keys: range
    numbers: Sequence[int]
    places: Sequence[Place]


def write_rows(
    actor: Actor,
    entries: Sequence[ReadyEntry],
    due_on: Sequence[Due] = (),
    calendar: Calendar | None = None,
    controls: frozenset[int] | None = None,
) -> Written:
    """Number and write entries in their order; see `write_entries`."""
    calendar = calendar or Calendar(actor)
    _refuse_overflow(actor.company_id, entries)
    places = [calendar.place(entry.date, entry.place) for entry in entries]
    count = sum([len(entry[6]) for entry in entries])
    numbers, (first, line_id) = ask_together(
        _numbers(entries, places), ids_of((Entry, len(entries)), (Line, count))
    )
    if controls is None:
        controls = control_accounts(actor.company_id)
    due = dict(enumerate(due_on, first))
    for start in range(0, len(entries), CHUNK):
        chunk = slice(start, start + CHUNK)
        firsts = (first + start, line_id)
        lines = _write(actor.company_id, firsts, entries[chunk], places[chunk], numbers[chunk])
        line_id += len(lines)
        open_items(actor.company_id, controls, lines, due)
    return Written(range(first, first + len(entries)), numbers, places)


def _refuse_overflow(company_id: int, entries: Sequence[ReadyEntry]) -> None:
    """Keep the sum of all debits of a company within 64 bits, and so every sum in its reports."""
    fresh = sum([line[1] for entry in entries for line in entry[6] if line[1] > 0])
    # 2**27 postings that stay below MODEST would be needed to overflow unseen.
    if fresh < MODEST:
        return
    held = run(
        "SELECT CAST(COALESCE(SUM(debit), 0) AS bigint) FROM finance_balance WHERE account_id IN"
        " (SELECT id FROM finance_account WHERE company_id = %s)",
        [company_id],
    )
    if held[0][0] + fresh > LARGEST:
        message = _("With this the books would add up beyond 64 bits; check the amount.")
        raise AmountOutOfRange(message, field="amount", line=entries[0][7])


def _numbers(entries: Sequence[ReadyEntry], places: Sequence[Place]) -> Question[list[int]]:
    """Each entry's number in its journal and fiscal year, without gaps."""
    series = [
        f"finance.entry/{entry[0]}/{place[1]}" for entry, place in zip(entries, places, strict=True)
    ]
    counts = Counter(series)
    taken = numbers_of(counts)

    def read(rows: list[tuple[Any, ...]]) -> list[int]:
        firsts = taken.read(rows)
        following = {key: iter(range(firsts[key], firsts[key] + counts[key])) for key in counts}
        return [next(following[each]) for each in series]

    return Question(taken.sql, taken.params, read)


def _write(
    company_id: int,
    firsts: tuple[int, int],
    entries: Sequence[ReadyEntry],
    places: Sequence[Place],
    numbers: Sequence[int],
) -> list[tuple[Any, ...]]:
    entry_rows = []
    line_rows: list[tuple[Any, ...]] = []
    moved: dict[tuple[int, int, int], list[int]] = {}
    first, line_id = firsts
    for entry_id, entry, (period_id, year_id, _year), number in zip(
        range(first, first + len(entries)), entries, places, numbers, strict=True
    ):
        journal_id, on, text, reference, origin, reverses_id, lines, _place = entry
        entry_rows.append(
            (entry_id, company_id, journal_id, year_id, period_id, number, on,
             text, reference, origin, reverses_id, len(lines))
        )  # fmt: skip
        for account_id, amount, currency, currency_amount, party_id, dimensions, said in lines:
            line_rows.append(
                (line_id, entry_id, account_id, on, amount, currency, currency_amount,
                 party_id, dimensions, said)
            )  # fmt: skip
            line_id += 1
            key = (account_id, period_id, dimensions)
            if key not in moved:
                moved[key] = [0, 0]
            if amount > 0:
                moved[key][0] += amount
            else:
                moved[key][1] -= amount
    # The entry comes last: it seals its lines, and the database proves that they balance.
    with with_the_next(len(line_rows)):
        insert_rows(Line, line_rows)
        insert_rows(Entry, entry_rows)
        add_to_balances(moved)
    return line_rows


def add_to_balances(moved: dict[tuple[int, int, int], list[int]]) -> None:
    """Add debits and credits by account, period and dimension set to the balances."""
    rows = [(*key, *sums) for key, sums in sorted(moved.items())]
    rows_at_once = 200
    iterator = iter(rows)
    while some := list(islice(iterator, rows_at_once)):
        slots = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
        write_often(
            "INSERT INTO finance_balance"  # noqa: S608
            " (account_id, period_id, dimension_set_id, debit, credit)"
            f" VALUES {slots} ON CONFLICT (account_id, period_id, dimension_set_id)"
            " DO UPDATE SET debit = finance_balance.debit + excluded.debit,"
            " credit = finance_balance.credit + excluded.credit",
            [value for row in some for value in row],
        )
