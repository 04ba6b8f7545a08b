"""Month-end: what is held and owed in dollars is brought to the day's rate, and back the day after."""

from datetime import date

import pytest

from kantoor.departments.finance.actions.currency.revaluation import revalue
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.errors import AlreadyReversed, MissingRate
from kantoor.departments.finance.queries.balance_sheet import balance_sheet
from kantoor.departments.finance.queries.currency.exposure import currency_exposure
from kantoor.departments.finance.queries.receivables import receivables_by_age
from kantoor.departments.finance.tests.billing import assert_tied
from kantoor.departments.finance.tests.currency.foreign import (
    differences,
    left,
    owed,
    paid,
    rate,
    settled,
)
from kantoor.departments.finance.tests.people import Books, add_parties

DAY = date(2011, 3, 31)


@pytest.fixture
def dollars(books: Books) -> Books:
    """A thousand dollars owed by A, booked at 900 euros, of which 400 were paid for 380."""
    add_parties(books, ["A"])
    invoice, payment = owed(books, "2011-03-01", 1000, 900), paid(books, "2011-03-20", 400, 380)
    settled(books, invoice, payment)
    return books


def amounts_on(books: Books, on: date) -> tuple[int, int]:
    """What customers owe at the end of a day, by item and in the account."""
    ages = receivables_by_age(books.anne, on=on)
    return ages.total.total, ages.account


def test_open_items_and_money_come_to_the_rate_and_go_back(dollars: Books) -> None:
    rate(dollars, "2011-03-31", "1.25")
    done = revalue(dollars.anne, on=DAY)
    # 600 dollars owed are 480, not 540; 400 in the bank are 320, not 380.
    assert (done.positions, done.gain, done.loss) == (2, 0, 120)
    assert amounts_on(dollars, DAY) == (480, 480)
    assert amounts_on(dollars, date(2011, 4, 1)) == (540, 540)
    assert balance_sheet(dollars.anne, on=DAY).assets == 800
    assert_tied(dollars)
    assert differences(dollars) == -20


def test_twice_on_a_day_changes_nothing_and_a_new_rate_only_what_differs(dollars: Books) -> None:
    rate(dollars, "2011-03-31", "1.25")
    assert revalue(dollars.anne, on=DAY).entry == "MEM/2011/4"
    again = revalue(dollars.anne, on=DAY)
    assert (again.entry, again.gain, again.loss) == ("", 0, 0)
    rate(dollars, "2011-03-31", "1.2")
    other = revalue(dollars.anne, on=DAY)
    assert (other.gain, other.loss) == (33, 0)
    assert amounts_on(dollars, DAY) == (500, 500)
    assert_tied(dollars)


def test_what_is_paid_later_is_realised_from_what_was_booked(dollars: Books) -> None:
    rate(dollars, "2011-03-31", "1.25")
    revalue(dollars.anne, on=DAY)
    settled(dollars, "MEM/2011/1", paid(dollars, "2011-04-20", 600, 600))
    assert left(dollars, "MEM/2011/1") == (0, 0)
    assert differences(dollars) == -80
    assert_tied(dollars)


def test_nothing_is_revalued_without_a_rate(dollars: Books) -> None:
    with pytest.raises(MissingRate):
        revalue(dollars.anne, on=DAY)
    found = currency_exposure(dollars.anne, on=DAY)
    assert [(each.said, each.booked, each.worth) for each in found] == [
        (400, 380, None),
        (600, 540, None),
    ]


def test_the_exposure_says_what_a_revaluation_would_post(dollars: Books) -> None:
    rate(dollars, "2011-03-31", "1.25")
    found = currency_exposure(dollars.anne, on=DAY)
    assert [(each.worth, each.difference, each.rate) for each in found] == [
        (320, -60, "1.25"),
        (480, -60, "1.25"),
    ]


def test_a_revaluation_is_not_reversed_twice(dollars: Books) -> None:
    rate(dollars, "2011-03-31", "1.25")
    with pytest.raises(AlreadyReversed):
        reverse_entry(dollars.anne, entry=revalue(dollars.anne, on=DAY).entry, why="Too early")
