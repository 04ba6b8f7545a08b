"""Reversal: the only way to undo what was posted."""

from datetime import date
from typing import Any

import pytest

from kantoor.departments.finance.actions.accounts import retire_account
from kantoor.departments.finance.actions.closing import close_period, close_periods
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.reversal import reverse_entries, reverse_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft, ReadyEntry, ReadyLine
from kantoor.departments.finance.errors import AlreadyReversed, ClosedPeriod, NotReversible
from kantoor.departments.finance.models import Account, Balance, Entry, Journal
from kantoor.departments.finance.queries.entries import entry as entry_card
from kantoor.departments.finance.tests.people import BANK, SALES, SHARES, Books, entry, sale
from kantoor.kernel.actions.runner import NeedsSecondPair, action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotFound, Refusals

WHY = "Booked twice"


def test_a_reversal_has_the_opposite_lines_and_names_what_it_undoes(books: Books) -> None:
    books.post(
        EntryDraft(
            date=date(2011, 3, 1),
            reference="R1",
            lines=[
                LineDraft(
                    account=BANK, amount=92, currency="USD", currency_amount=100, text="paid"
                ),
                LineDraft(account=SALES, amount=-92),
            ],
        )
    )
    posted = reverse_entry(books.anne, entry="MEM/2011/1", why=WHY)
    assert (posted.entries, posted.lines, posted.first) == (1, 2, "MEM/2011/2")
    card = entry_card(books.anne, number="MEM/2011/2")
    assert (card.entry.reverses, card.entry.date, card.entry.reference) == (
        "MEM/2011/1",
        date(2011, 3, 1),
        "R1",
    )
    assert card.entry.text == "Reversal of MEM/2011/1: Booked twice"
    paid, sold = card.lines
    assert (paid.amount, paid.currency, paid.currency_amount, paid.text) == (
        -92,
        "USD",
        -100,
        "paid",
    )
    assert sold.amount == 92
    assert entry_card(books.anne, number="MEM/2011/1").entry.reversed_by == "MEM/2011/2"
    assert {(row.debit, row.credit) for row in Balance.objects.all()} == {(92, 92)}


def test_many_are_reversed_in_one_go(books: Books) -> None:
    books.post(*[sale("2011-03-01", n, journal="BNK" if n % 2 else "") for n in range(1, 41)])
    numbers = [f"MEM/2011/{n}" for n in range(1, 21)] + [f"BNK/2011/{n}" for n in range(1, 21)]
    posted = reverse_entries(books.anne, entries=numbers, why=WHY)
    assert (posted.entries, posted.first, posted.last) == (40, "MEM/2011/21", "BNK/2011/40")
    assert all(row.debit == row.credit for row in Balance.objects.all())


def test_a_reversal_goes_to_the_next_open_period(books: Books) -> None:
    books.post(sale("2011-03-15", 1), sale("2011-12-31", 2))
    close_periods(books.anne, periods=["2011-03", "2011-04"], how="hard")
    reverse_entry(books.anne, entry="MEM/2011/1", why=WHY)
    assert entry_card(books.anne, number="MEM/2011/3").entry.date == date(2011, 5, 1)
    close_period(books.anne, period="2011-12", how="hard")
    reverse_entry(books.anne, entry="MEM/2011/2", why=WHY)
    assert entry_card(books.anne, number="MEM/2012/1").entry.date == date(2012, 1, 1)


def test_a_reversal_is_dated_as_asked(books: Books) -> None:
    books.post(sale("2011-03-15", 1))
    with pytest.raises(InvalidInput):
        reverse_entry(books.anne, entry="MEM/2011/1", why=WHY, on=date(2011, 3, 14))
    close_periods(books.anne, periods=["2011-04"], how="hard")
    with pytest.raises(ClosedPeriod):
        reverse_entry(books.anne, entry="MEM/2011/1", why=WHY, on=date(2011, 4, 1))
    reverse_entry(books.anne, entry="MEM/2011/1", why=WHY, on=date(2011, 6, 7))
    assert entry_card(books.anne, number="MEM/2011/2").entry.date == date(2011, 6, 7)


def test_what_a_retired_account_holds_can_still_be_undone(books: Books) -> None:
    books.post(
        entry("2011-01-01", ("10202", 5), (SHARES, -5)),
        entry("2011-01-01", (BANK, 5), ("10202", -5)),
    )
    retire_account(books.anne, code="10202")
    reverse_entry(books.anne, entry="MEM/2011/2", why=WHY)


@action(permission="tests.write", title="Book an invoice", hidden=True)
def book_invoice(actor: Actor, /) -> None:
    """An entry that says it comes from an invoice."""
    accounts = dict(Account.objects.values_list("code", "id"))
    lines = [
        ReadyLine(accounts[code], amount, "EUR", amount, None, 0, "")
        for code, amount in ((BANK, 5), (SALES, -5))
    ]
    journal = Journal.objects.get(code="VRK").pk
    write_entries(
        actor,
        [ReadyEntry(journal, "2011-03-01", "", "", "finance.invoice/1", None, lines)],
    )


@pytest.mark.parametrize(
    ("numbers", "error"),
    [
        ([], InvalidInput),
        (["MEM/2011/9"], NotFound),
        (["MEM/2011/01"], NotFound),
        (["nonsense"], NotFound),
        (["MEM/2011/99999999999999999999"], NotFound),
        (["MEM/2011/3", "MEM/2011/3"], InvalidInput),
        (["MEM/2011/2"], NotReversible),
        (["MEM/2011/1"], AlreadyReversed),
        (["VRK/2011/1"], NotReversible),
    ],
)
def test_what_cannot_be_reversed(
    books: Books, numbers: list[str], error: type[DomainError]
) -> None:
    books.post(sale("2011-03-01", 1))
    reverse_entry(books.anne, entry="MEM/2011/1", why=WHY)
    books.post(sale("2011-03-01", 1))
    book_invoice(books.anne)
    before = Entry.objects.count()
    with pytest.raises(error) as refused:
        reverse_entries(books.anne, entries=numbers, why=WHY)
    assert type(refused.value) is error
    assert Entry.objects.count() == before


def test_every_entry_that_cannot_be_reversed_is_named(books: Books) -> None:
    books.post(sale("2011-03-01", 1))
    with pytest.raises(Refusals) as refused:
        reverse_entries(books.anne, entries=["A/1/1", "MEM/2011/1", "B/1/1"], why=WHY)
    assert [each.place.line for each in refused.value.errors] == [1, 3]


def test_a_reversal_says_why(books: Books) -> None:
    books.post(sale("2011-03-01", 1))
    with pytest.raises(InvalidInput):
        reverse_entry(books.anne, entry="MEM/2011/1", why="  ")


def test_an_entry_of_another_company_is_not_there(books: Books, other_books: Books) -> None:
    other_books.post(sale("2011-03-01", 1))
    with pytest.raises(NotFound):
        reverse_entry(books.anne, entry="MEM/2011/1", why=WHY)


def test_reversing_above_the_limit_waits_for_a_second_person(books: Books) -> None:
    books.post(sale("2011-03-01", 1000), sale("2011-03-01", 1001))
    limits: dict[str, Any] = {"limits": {"finance.reverse_entry": 1000}}
    bob = books.bob("finance.reverse_entry", **limits)
    reverse_entry(bob, entry="MEM/2011/1", why=WHY)
    with pytest.raises(NeedsSecondPair):
        reverse_entries(bob, entries=["MEM/2011/2"], why=WHY)
