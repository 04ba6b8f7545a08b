"""Items of a foreign currency settle in it, and the difference of exchange is posted."""

from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.actions.receivables import undo_settlement
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.errors import MissingRate, NotReversible, TooMuch
from kantoor.departments.finance.models import Entry, OpenItem, Settlement
from kantoor.departments.finance.tests.billing import assert_tied
from kantoor.departments.finance.tests.currency.foreign import (
    differences,
    left,
    owed,
    paid,
    rate,
    settled,
)
from kantoor.departments.finance.tests.people import Books, add_parties, begin_books

companies = count()


@pytest.fixture
def dollars(books: Books) -> Books:
    """Books with a customer, A."""
    add_parties(books, ["A"])
    return books


def test_what_is_paid_at_a_better_rate_leaves_a_gain(dollars: Books) -> None:
    invoice, payment = (
        owed(dollars, "2011-03-01", 1000, 900),
        paid(dollars, "2011-03-20", 1000, 950),
    )
    assert settled(dollars, invoice, payment).amount == 1000
    assert left(dollars, invoice) == left(dollars, payment) == (0, 0)
    assert differences(dollars) == -50
    assert not OpenItem.objects.exclude(open=0, currency_open=0).exists()
    assert_tied(dollars)


def test_what_is_paid_at_a_worse_rate_leaves_a_loss(dollars: Books) -> None:
    invoice, payment = (
        owed(dollars, "2011-03-01", 1000, 900),
        paid(dollars, "2011-03-20", 1000, 850),
    )
    settled(dollars, invoice, payment)
    assert left(dollars, invoice) == left(dollars, payment) == (0, 0)
    assert differences(dollars) == 50
    assert_tied(dollars)


def test_a_part_takes_its_part_of_the_euros(dollars: Books) -> None:
    invoice, payment = owed(dollars, "2011-03-01", 1000, 900), paid(dollars, "2011-03-20", 400, 380)
    settled(dollars, invoice, payment)
    assert left(dollars, invoice) == (540, 600)
    assert differences(dollars) == -20
    assert_tied(dollars)


def test_at_one_rate_there_is_no_difference(dollars: Books) -> None:
    invoice, payment = (
        owed(dollars, "2011-03-01", 1000, 900),
        paid(dollars, "2011-03-20", 1000, 900),
    )
    settled(dollars, invoice, payment)
    assert Entry.objects.count() == 2
    assert Settlement.objects.get().entry_id is None


def test_more_than_is_open_in_dollars_is_refused(dollars: Books) -> None:
    invoice, payment = owed(dollars, "2011-03-01", 1000, 900), paid(dollars, "2011-03-20", 400, 380)
    with pytest.raises(TooMuch):
        settled(dollars, invoice, payment, 401)
    assert Entry.objects.count() == 2


def test_euros_settle_dollars_at_the_rate_of_the_day(dollars: Books) -> None:
    rate(dollars, "2011-03-20", "1.25")
    invoice = owed(dollars, "2011-03-01", 1000, 900)
    payment = paid(dollars, "2011-03-20", 850, 850, currency="EUR")
    settled(dollars, invoice, payment)
    # 1000 dollars are 800 euros that day: paid with 50 left, at a loss of 100.
    assert (left(dollars, invoice), left(dollars, payment)) == ((0, 0), (-50, -50))
    assert differences(dollars) == 100
    assert_tied(dollars)


def test_two_currencies_need_a_rate(dollars: Books) -> None:
    invoice = owed(dollars, "2011-03-01", 1000, 900)
    payment = paid(dollars, "2011-03-20", 850, 850, currency="EUR")
    with pytest.raises(MissingRate) as refused:
        settled(dollars, invoice, payment)
    assert "USD" in str(refused.value)
    assert "2011-03-20" in str(refused.value)


def test_undoing_takes_the_difference_back(dollars: Books) -> None:
    invoice, payment = (
        owed(dollars, "2011-03-01", 1000, 900),
        paid(dollars, "2011-03-20", 1000, 950),
    )
    settled(dollars, invoice, payment)
    undo_settlement(
        dollars.anne, debit=invoice, credit=payment, why="Another customer", date=date(2011, 4, 1)
    )
    assert (left(dollars, invoice), left(dollars, payment)) == ((900, 1000), (-950, -1000))
    assert differences(dollars) == 0
    assert_tied(dollars)
    settled(dollars, invoice, payment)
    assert differences(dollars) == -50
    assert_tied(dollars)


def test_a_reversed_payment_takes_its_difference_along(dollars: Books) -> None:
    invoice, payment = (
        owed(dollars, "2011-03-01", 1000, 900),
        paid(dollars, "2011-03-20", 1000, 950),
    )
    settled(dollars, invoice, payment)
    reverse_entry(dollars.anne, entry=payment, why="Bounced")
    assert (left(dollars, invoice), left(dollars, payment)) == ((900, 1000), (0, 0))
    assert differences(dollars) == 0
    assert_tied(dollars)


def test_a_difference_is_not_reversed_by_itself(dollars: Books) -> None:
    invoice, payment = (
        owed(dollars, "2011-03-01", 1000, 900),
        paid(dollars, "2011-03-20", 1000, 950),
    )
    settled(dollars, invoice, payment)
    with pytest.raises(NotReversible):
        reverse_entry(dollars.anne, entry="MEM/2011/3", why="It looks odd")


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(1, 10_000),
    st.integers(1, 10_000),
    st.lists(st.tuples(st.integers(1, 6_000), st.integers(1, 9_000)), min_size=1, max_size=5),
)
def test_any_parts_at_any_rates_close_an_item_in_both_currencies(
    said: int, euros: int, payments: list[tuple[int, int]]
) -> None:
    books = begin_books(f"Company {next(companies)}")
    add_parties(books, ["A"])
    invoice = owed(books, "2011-03-01", said, euros)
    for part, worth in payments:
        if left(books, invoice)[1]:
            settled(books, invoice, paid(books, "2011-03-20", part, worth))
    open_, currency_open = left(books, invoice)
    assert currency_open == max(said - sum(part for part, _worth in payments), 0)
    assert currency_open or not open_
    assert_tied(books)
