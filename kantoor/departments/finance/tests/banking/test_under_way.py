"""What a payment run sent is recognised when the bank books it: by order, or all of it at once."""

import pytest

from kantoor.departments.finance.actions.banking.automatic import book_certain
from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.models import PaymentOrder, PaymentRun
from kantoor.departments.finance.queries.banking.candidates import parties_by_iban
from kantoor.departments.finance.tests.banking.papers import Row, camt
from kantoor.departments.finance.tests.paying.treasury import IBANS, Treasury, today
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.record.verify.system import verify


@pytest.fixture
def treasury(books: Books) -> Treasury:
    """A company that has sent two transfers in one file."""
    made = Treasury(books)
    for code, iban, amount in (("S1", IBANS[0], 12_100), ("S2", IBANS[1], 7_050)):
        made.supplier(code, iban)
        made.owe(code, amount, f"{code}-2026")
    made.send(made.propose().number)
    return made


def take(treasury: Treasury, *rows: Row) -> None:
    """Take in a statement of today."""
    day = today().isoformat()
    content = camt(100_000, *rows, start=day, end=day)
    import_statement(treasury.books.anne, name="today", content=content)


def under_way(treasury: Treasury) -> int:
    return sum(treasury.open_of(code, "payments_in_transit") for code in ("S1", "S2"))


def test_each_transfer_is_known_by_its_end_to_end_reference(treasury: Treasury) -> None:
    day = today().isoformat()
    rows = [
        Row(day, -each.amount, "paid", each.name, each.iban, end_to_end=each.end_to_end)
        for each in PaymentOrder.objects.order_by("n")
    ]
    take(treasury, *rows)
    done = book_certain(treasury.books.anne)
    assert (done.lines, done.settled, under_way(treasury)) == (2, 19_150, 0)
    assert verify().faults == []


def test_a_whole_file_that_the_bank_booked_at_once_is_known_by_its_message(
    treasury: Treasury,
) -> None:
    run = PaymentRun.objects.get()
    take(treasury, Row(today().isoformat(), -19_150, "batch", end_to_end=run.message_id))
    done = book_certain(treasury.books.anne)
    assert (done.lines, done.settled, under_way(treasury)) == (1, 19_150, 0)
    assert verify().faults == []


def test_a_verified_iban_says_whose_it_is(treasury: Treasury) -> None:
    found = parties_by_iban(treasury.books.company_id, {IBANS[0]})
    assert list(found) == [IBANS[0]]
    assert len(set(found[IBANS[0]])) == 1
