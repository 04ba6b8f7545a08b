"""Reminders: step by step, with what the law allows on top, and nobody who is held."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kantoor.departments.finance.actions.collecting.levels import (
    hold_reminders,
    release_reminders,
    set_reminder_levels,
)
from kantoor.departments.finance.actions.collecting.reminders import make_reminders
from kantoor.departments.finance.drafts_collecting import LevelDraft
from kantoor.departments.finance.models import OpenItem
from kantoor.departments.finance.print.letters import reminder_pdf, statement_pdf
from kantoor.departments.finance.proofs_collecting import reminder_series, reminders
from kantoor.departments.finance.queries.collecting.reminders import (
    due_reminders,
    reminder,
    reminder_holds,
    reminder_levels,
)
from kantoor.departments.finance.queries.collecting.reminders import (
    reminders as register,
)
from kantoor.departments.finance.queries.collecting.statement import statement_of_account
from kantoor.departments.finance.reference.late import collection_costs, statutory_interest
from kantoor.departments.finance.tests.billing import assert_tied, customer, invoice, pay
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound


def today() -> date:
    return timezone.localdate()


def overdue(books: Books, code: str, days: int, price: str = "1000") -> str:
    """An invoice that was due so many days ago."""
    on = (today() - timedelta(days=days + 14)).isoformat()
    return invoice(books, code, price, on=on, due_days=14).number


def remind(books: Books, days_ago: int = 0, **more: Any) -> list[str]:
    sent = make_reminders(books.anne, on=today() - timedelta(days=days_ago), **more)
    found = register(books.anne, sort="-number", limit=max(sent.reminders, 1)).rows
    return [row.number for row in reversed(found[: sent.reminders])]


@pytest.fixture
def lending(books: Books) -> Books:
    customer(books, "K1")
    customer(books, "P1", person=True)
    return books


def test_a_customer_is_asked_step_by_step(lending: Books) -> None:
    number = overdue(lending, "K1", 60)
    assert remind(lending, 60 - 6) == []
    (first,) = remind(lending, 60 - 7)
    assert remind(lending, 60 - 7) == []
    assert remind(lending, 60 - 20) == []
    (second,) = remind(lending, 60 - 21)
    (third,) = remind(lending, 60 - 40)
    assert remind(lending) == []
    cards = [reminder(lending.anne, number=each) for each in (first, second, third)]
    assert [each.row.title for each in cards] == [
        "Payment reminder", "Second reminder", "Final notice",
    ]  # fmt: skip
    assert [each.items[0].document for each in cards] == [number] * 3
    assert [each.row.charged for each in cards[:2]] == [0, 0]
    assert cards[1].announced == cards[2].costs == collection_costs(121_000)
    assert cards[1].row.pay_by == today() - timedelta(days=60 - 21 - 16)
    assert list(reminders()) == []
    assert [each[1:] for each in reminder_series()] == [(1, 3, 3)]


def test_what_a_letter_claims_is_booked_and_open(lending: Books) -> None:
    for code, kind in (("K1", "trade"), ("P1", "other")):
        overdue(lending, code, 60)
        for days in (53, 39):
            remind(lending, days, parties=[code])
        (number,) = remind(lending, 20, parties=[code])
        card = reminder(lending.anne, number=number)
        due = today() - timedelta(days=60)
        until = today() - timedelta(days=20)
        assert card.interest == statutory_interest(121_000, due, until, kind)  # type: ignore[arg-type]
        assert card.costs == collection_costs(121_000)
        items = OpenItem.objects.filter(party__code=code, entry__reference=number)
        assert [each.open for each in items] == [card.interest + card.costs]
        assert [each.due_on for each in items] == [card.row.pay_by]
    assert_tied(lending)


def test_who_is_held_or_has_as_much_in_favour_is_left_alone(lending: Books) -> None:
    number = overdue(lending, "K1", 30)
    overdue(lending, "P1", 30)
    hold_reminders(lending.anne, party="K1", invoice=number, why="complaint")
    pay(lending, 121_000, on=today().isoformat(), party="P1")
    overdue(lending, "P1", 30)
    pay(lending, 200_000, on=today().isoformat(), party="P1")
    assert due_reminders(lending.anne) == []
    with pytest.raises(Conflict):
        hold_reminders(lending.anne, party="K1", invoice=number, why="complaint")
    assert [(row.party, row.invoice) for row in reminder_holds(lending.anne)] == [("K1", number)]
    release_reminders(lending.anne, party="K1", invoice=number)
    assert [row.party for row in due_reminders(lending.anne)] == ["K1"]
    hold_reminders(lending.anne, party="K1", why="asked", until=today() - timedelta(days=1))
    assert len(remind(lending)) == 1
    with pytest.raises(NotFound):
        release_reminders(lending.anne, party="P1")


def test_the_steps_can_be_set_but_costs_are_announced_first(lending: Books) -> None:
    step = LevelDraft(days=10, name_en="Reminder", name_nl="Herinnering", fee=1_000)
    set_reminder_levels(lending.anne, levels=[step])
    overdue(lending, "K1", 10)
    (number,) = remind(lending)
    card = reminder(lending.anne, number=number)
    assert (card.fee, card.row.charged, card.row.level) == (1_000, 1_000, 1)
    assert [row.days for row in reminder_levels(lending.anne)] == [10]
    claims = LevelDraft(days=20, name_en="Last", name_nl="Laatste", costs="claimed")
    for levels in ([step, claims], [claims, step], [], [step, step]):
        with pytest.raises(InvalidInput):
            set_reminder_levels(lending.anne, levels=levels)


def test_a_reminder_is_not_dated_in_the_future(lending: Books) -> None:
    with pytest.raises(InvalidInput):
        make_reminders(lending.anne, on=today() + timedelta(days=1))


def test_letters_are_pdf_in_the_language_of_the_customer(lending: Books) -> None:
    overdue(lending, "K1", 30)
    (number,) = remind(lending)
    assert reminder_pdf(lending.anne, number).startswith(b"%PDF")
    assert statement_pdf(lending.anne, "K1").startswith(b"%PDF")
    with pytest.raises(NotFound):
        statement_pdf(lending.anne, "X9")


def test_a_statement_of_account_begins_and_ends_with_the_ledger(lending: Books) -> None:
    overdue(lending, "K1", 400, "100")
    second = overdue(lending, "K1", 30, "200")
    pay(lending, 12_100, on=(today() - timedelta(days=5)).isoformat(), party="K1")
    found = statement_of_account(lending.anne, party="K1", start=today() - timedelta(days=100))
    assert (found.opening, found.closing, found.overdue) == (12_100, 24_200, 24_200)
    assert [(row.debit, row.credit, row.balance) for row in found.rows] == [
        (24_200, 0, 36_300),
        (0, 12_100, 24_200),
    ]
    assert (found.rows[0].document, found.rows[0].open) == (second, 24_200)


@pytest.mark.parametrize("many", [2, 20])
def test_many_letters_take_the_same_statements(
    books: Books, many: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(many):
        customer(books, f"K{n}")
        overdue(books, f"K{n}", 30)
    with django_assert_max_num_queries(45):
        assert make_reminders(books.anne).reminders == many
