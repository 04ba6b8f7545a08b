"""Payments that the bank takes back (R-transactions): what they had paid is open again.

A direct debit that is returned, or a transfer that could not be credited, names the payment it
undoes by its end-to-end reference or by IBAN and amount. Its line is settled with the first
payment, and what that had settled is undone, so the invoice is to be paid again.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.bookings import write_bookings
from kantoor.departments.finance.actions.banking.ready import Books, ReadyBooking
from kantoor.departments.finance.actions.settling import (
    Settling,
    undo_settlements,
    write_settlements,
)
from kantoor.departments.finance.drafts import ReadyLine
from kantoor.departments.finance.drafts_banking import LeftOver, LineBooking, LinesBooked
from kantoor.departments.finance.models import StatementLine
from kantoor.departments.finance.queries.banking.matching import TRANSFERS
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.settlements import live_settlements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.store.lookup import rows_by_key


class Returned(NamedTuple):
    """A line that takes another back, and the entry that had booked that one."""

    line: StatementLine
    entry_id: int


def returned_of(actor: Actor, lines: Sequence[StatementLine]) -> dict[int, Returned]:
    """The lines that take back a booked one, where it is certain which."""
    back = [line for line in lines if line.returned]
    if not back:
        return {}
    by_reference = _earlier(actor, "end_to_end", {each.end_to_end for each in back})
    by_iban = _earlier(actor, "iban", {each.iban for each in back})
    found: dict[int, Returned] = {}
    used: set[int] = set()
    for line in back:
        for known, said in ((by_reference, line.end_to_end), (by_iban, line.iban)):
            fitting = [
                entry
                for bank, amount, on, entry in known.get(said, ())
                if bank == line.bank_account_id
                and amount == -line.amount
                and on <= line.booked_on.isoformat()
                and entry not in used
            ]
            if len(fitting) == 1:
                found[line.pk] = Returned(line, fitting[0])
                used.add(fitting[0])
                break
    return found


def _earlier(
    actor: Actor, column: str, values: set[str]
) -> dict[str, list[tuple[int, int, str, int]]]:
    """Booked lines by their reference or IBAN: bank account, amount, day, entry."""
    rows = rows_by_key(
        f"SELECT line.id, line.{column}, line.bank_account_id, line.amount,"  # noqa: S608
        " CAST(line.booked_on AS text), line.entry_id FROM finance_statement_line line"
        " JOIN finance_bank_account own ON own.id = line.bank_account_id"
        " WHERE own.company_id = %s AND line.entry_id IS NOT NULL AND line.returned = ''"
        f" AND line.{column} IN ({{}})",
        [actor.company_id],
        sorted(each for each in values if each),
    )
    found: dict[str, list[tuple[int, int, str, int]]] = {}
    for said, *rest in rows.values():
        bank, amount, on, entry = rest
        found.setdefault(said, []).append((bank, amount, on, entry))
    return found


def book_returns(
    actor: Actor, returns: dict[int, Returned]
) -> tuple[LinesBooked | None, list[LeftOver]]:
    """Book returned payments and open again what they had paid; gives those that could not be."""
    books = Books(actor, [LineBooking(line=key) for key in returns])
    first = items_of_entries(actor.company_id, [each.entry_id for each in returns.values()])
    parties = rows_by_key(
        "SELECT id, account_id, amount, party_id, currency, currency_amount FROM finance_line"
        " WHERE id IN ({})",
        [],
        [line for lines in first.values() for line in lines],
    )
    ready: list[ReadyBooking] = []
    payments: list[list[int]] = []
    left: list[LeftOver] = []
    for place, (key, each) in enumerate(returns.items(), 1):
        paid = first.get(each.entry_id, [])
        if not paid or sum(parties[line][4] for line in paid) != each.line.amount:
            left.append(LeftOver(key, str(_("What it takes back did not pay an open item."))))
            continue
        try:
            ready.append(_made(books, each, [parties[line] for line in paid], place))
            payments.append(paid)
        except DomainError as error:
            left.append(LeftOver(key, str(error.message)))
    if not ready:
        return None, left
    booked = write_bookings(actor, books, ready, "exact")
    entries = [each.line.entry_id or 0 for each in ready]
    fresh = items_of_entries(actor.company_id, entries)
    for made, paid in zip(ready, payments, strict=True):
        on = made.entry.date
        if standing := live_settlements(actor.company_id, paid, lock=True):
            undo_settlements(actor, standing, on, made.line.returned, books.calendar)
        pairs = zip(paid, fresh.get(made.line.entry_id or 0, ()), strict=True)
        settle = [
            Settling(*((after, before) if made.line.amount < 0 else (before, after)))
            for before, after in pairs
        ]
        write_settlements(actor, settle, books.calendar)
    return booked, left


def _made(books: Books, back: Returned, paid: Sequence[Sequence[Any]], place: int) -> ReadyBooking:
    """The entry of a return: the opposite of what the payment booked on control accounts."""
    line = books.line(back.line.pk, place)
    made = books.made(place, LineBooking(line=line.pk, account=TRANSFERS), line, ())
    lines = [
        ReadyLine(account, -amount, currency, -said, party, 0, "")
        for account, amount, party, currency, said in paid
    ]
    bank = made.entry.lines[0]
    whole = -sum(each.amount for each in lines)
    lines.insert(0, bank._replace(amount=whole))
    return made._replace(entry=made.entry._replace(lines=lines))
