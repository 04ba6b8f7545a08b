"""Settle open items with each other in their own currency, and undo that.

Settling takes the same amount of the company's currency off both items, so it changes nothing in
their sum. Items of one foreign currency that were booked at different rates differ there: the
difference is posted to the account of exchange differences, and the item that this opens is
settled along. Only finance's own actions call this, in their transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger_rows import write_rows
from kantoor.departments.finance.actions.open_items import Item, items_of_lines, set_open
from kantoor.departments.finance.actions.opposite import opposite_lines
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.shares import Left, Shares, shares, uses_rate
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.errors import NothingToSettle
from kantoor.departments.finance.models import Settlement
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.departments.finance.queries.settlements import LiveSettlement, with_differences
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows

ORIGIN = "finance.settlement/"
"""How the origin of an entry begins that posts a difference of exchange."""


class Settling(NamedTuple):
    """To settle a debit with a credit item by so much (None: what both have open).

    `amount` is in the debit item's currency. Where the credit item is in another, it is reckoned
    at the rate of the day, or `credit_amount` says what it takes off there.
    """

    debit: int
    credit: int
    amount: int | None = None
    date: str = ""
    """The later of the items' dates when empty."""
    why: str = ""
    place: int | None = None
    credit_amount: int | None = None


class _Pair(NamedTuple):
    """A settlement to be written, with the difference in the company's currency: gain above zero."""

    debit: Item
    credit: Item
    shares: Shares
    date: str
    why: str
    place: int | None
    difference: int


def write_settlements(
    actor: Actor, wanted: Sequence[Settling], calendar: Calendar | None = None
) -> list[int]:
    """Settle items with each other, in order; gives what each took off its debit item.

    Raises TooMuch or NothingToSettle with the place, MissingRate for items of two currencies
    without a rate of the day. One without amount that finds nothing open settles nothing.
    """
    if not wanted:
        return []
    company_id, own = actor.company_id, actor.currency
    items = items_of_lines(company_id, [key for each in wanted for key in each[:2]])
    rates = _rates(actor, wanted, items)
    before = {key: Left(item.open, item.currency_open) for key, item in items.items()}
    left = dict(before)
    pairs: list[_Pair] = []
    amounts = []
    for each in wanted:
        debit, credit = items[each.debit], items[each.credit]
        _fit(debit, credit, each.place)
        on = _date(debit, credit, each)
        asked = (each.amount, each.credit_amount, each.place)
        took = shares(own, (debit, credit), (left[each.debit], left[each.credit]), asked, rates, on)
        amounts.append(took.debit)
        if not took.debit and not took.credit:
            continue
        left[each.debit] = left[each.debit].less(took.debit_own, took.debit_said)
        left[each.credit] = left[each.credit].less(-took.credit_own, -took.credit_said)
        difference = took.credit_own - took.debit_own
        pairs.append(_Pair(debit, credit, took, on, each.why, each.place, difference))
    _write(actor, pairs, calendar)
    set_open({key: both for key, both in left.items() if both != before[key]})
    return amounts


def undo_settlements(
    actor: Actor,
    settlements: Sequence[LiveSettlement],
    on: str,
    why: str,
    calendar: Calendar | None = None,
) -> None:
    """Undo settlements by their like below zero, and reverse the differences they posted.

    On that day, or on the day they settled if that is later.
    """
    company_id = actor.company_id
    found = with_differences(company_id, settlements)
    items = items_of_lines(company_id, [key for each in found for key in each[1:3]])
    left = {key: Left(item.open, item.currency_open) for key, item in items.items()}
    first = take_ids(Settlement, len(found))
    rows = []
    for key, each in enumerate(found, first):
        debit, credit = each.debit_id, each.credit_id
        left[debit] = left[debit].less(-each.amount, -each.debit_amount)
        left[credit] = left[credit].less(each.amount, each.credit_amount)
        day = max(on, each.date)
        rows.append((key, company_id, debit, credit, -each.amount, day, each.id, why,
                     -each.debit_amount, -each.credit_amount, each.entry_id))  # fmt: skip
    insert_rows(Settlement, rows)
    set_open(left)
    if days := {each.entry_id: max(on, each.date) for each in found if each.entry_id}:
        _reverse_differences(actor, days, calendar or Calendar(actor))


def _rates(actor: Actor, wanted: Sequence[Settling], items: dict[int, Item]) -> Rates:
    """The rates for pairs of items in two currencies, of the day that they settle."""
    asked = []
    for each in wanted:
        debit, credit = items[each.debit], items[each.credit]
        if uses_rate(actor.currency, debit, credit) and each.credit_amount is None:
            on = each.date or max(debit.date, credit.date)
            asked += [(item.currency, on) for item in (debit, credit)]
    return Rates(actor, asked)


def _write(actor: Actor, pairs: Sequence[_Pair], calendar: Calendar | None) -> None:
    """The rows of settlements; first the entries of their differences, which open items too."""
    if not pairs:
        return
    differing = [pair for pair in pairs if pair.difference]
    first = take_ids(Settlement, len(pairs) + len(differing))
    if not differing:
        plain = [_row(key, actor, pair, pair.date, None) for key, pair in enumerate(pairs, first)]
        insert_rows(Settlement, plain)
        return
    calendar = calendar or Calendar(actor)
    dates = [calendar.open_from(pair.date) if pair.difference else pair.date for pair in pairs]
    posted = _post_differences(actor, pairs, dates, first, calendar)
    rows: list[tuple[Any, ...]] = []
    further: list[tuple[Any, ...]] = []
    for key, pair, on in zip(range(first, first + len(pairs)), pairs, dates, strict=True):
        entry, line = posted.get(key, (None, 0))
        rows.append(_row(key, actor, pair, on, entry))
        if gain := pair.difference:
            sides = (line, pair.credit.line_id) if gain > 0 else (pair.debit.line_id, line)
            key = first + len(pairs) + len(further)
            further.append((key, actor.company_id, *sides, abs(gain), on, None, pair.why, 0, 0, entry))  # fmt: skip
    insert_rows(Settlement, rows + further)
    set_open({line: (0, 0) for _entry, line in posted.values()})


def _row(key: int, actor: Actor, pair: _Pair, on: str, entry: int | None) -> tuple[Any, ...]:
    took = pair.shares
    amount = min(took.debit_own, took.credit_own)
    return (key, actor.company_id, pair.debit.line_id, pair.credit.line_id, amount, on, None,
            pair.why, took.debit_said, took.credit_said, entry)  # fmt: skip


def _post_differences(
    actor: Actor, pairs: Sequence[_Pair], dates: Sequence[str], first: int, calendar: Calendar
) -> dict[int, tuple[int, int]]:
    """Post the difference of each pair that has one: its entry and item, by settlement."""
    own = actor.currency
    account = account_with_role(accounts_by_role(actor.company_id), "exchange_difference")
    journal = journal_of_kind(actor.company_id, "general")
    ready = {}
    for key, pair, on in zip(range(first, first + len(pairs)), pairs, dates, strict=True):
        if not (gain := pair.difference):
            continue
        item = pair.debit if pair.debit.currency != own else pair.credit
        text = str(_("Exchange difference {currency}").format(currency=item.currency))
        lines = [
            ReadyLine(item.account_id, gain, item.currency, 0, item.party_id, 0, ""),
            ReadyLine(account, -gain, own, -gain, None, 0, ""),
        ]
        ready[key] = ReadyEntry(journal, on, text, "", f"{ORIGIN}{key}", None, lines, pair.place)
    written = write_rows(actor, list(ready.values()), (), calendar).keys
    lines_of = items_of_entries(actor.company_id, written)
    return {key: (entry, lines_of[entry][0]) for key, entry in zip(ready, written, strict=True)}


def _reverse_differences(actor: Actor, days: Mapping[int, str], calendar: Calendar) -> None:
    """Reverse entries of differences whose settlements are undone, and close both items."""
    entries = sorted(days)
    numbers, lines = entry_numbers(entries), opposite_lines(entries)
    journal = journal_of_kind(actor.company_id, "general")
    ready = [
        ReadyEntry(
            journal, calendar.open_from(days[key]), str(_("Reversal of {number}").format(number=numbers[key])), "",
            ORIGIN + "undone", key, lines[key],
        )
        for key in entries
    ]  # fmt: skip
    written = write_rows(actor, ready, (), calendar).keys
    found = items_of_entries(actor.company_id, [*entries, *written])
    close_pairs(
        actor,
        [
            (found[key][0], found[after][0], None)
            for key, after in zip(entries, written, strict=True)
        ],
        calendar,
    )


def close_pairs(
    actor: Actor, pairs: Iterable[tuple[int, int, int | None]], calendar: Calendar
) -> None:
    """Settle lines with the lines that reverse them, as far as both are open."""
    listed = list(pairs)
    items = items_of_lines(actor.company_id, [before for before, _after, _place in listed])
    wanted = [
        Settling(*((before, after) if items[before].amount > 0 else (after, before)), place=place)
        for before, after, place in listed
    ]
    write_settlements(actor, wanted, calendar)


def _fit(debit: Item, credit: Item, place: int | None) -> None:
    if debit.account_id != credit.account_id or debit.party_id != credit.party_id:
        message = _("These two are not of the same party.")
        raise NothingToSettle(message, field="credit", line=place)
    if debit.amount < 0 or credit.amount > 0:
        message = _("Settle what is owed with what is in the party's favour, not two of a kind.")
        raise NothingToSettle(message, field="credit", line=place)


def _date(debit: Item, credit: Item, wanted: Settling) -> str:
    earliest = max(debit.date, credit.date)
    if wanted.date and wanted.date < earliest:
        message = _("It can't be settled before {date}, when both were there.")
        raise NothingToSettle(message.format(date=earliest), field="date", line=wanted.place)
    return wanted.date or earliest
