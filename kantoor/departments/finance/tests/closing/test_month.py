"""How a month stands: ready when nothing is open in it, closed when it was closed."""

from datetime import date

import pytest

from kantoor.departments.finance.actions.closing import close_period, close_periods, reopen_period
from kantoor.departments.finance.queries.closing.month import month_standing
from kantoor.departments.finance.tests.payables.buying import (
    bought,
    enter,
    post,
    purchase,
    supplier,
)
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.errors import NotFound

MARCH = date(2026, 3, 15)
EARLIER = ("2026-01", "2026-02")


def test_a_month_is_ready_when_its_invoices_are_booked_and_earlier_ones_closed(
    books: Books,
) -> None:
    supplier(books)
    (entered,) = enter(books, purchase("F-1"))
    with pytest.raises(NotFound):
        month_standing(books.anne, on=MARCH)
    (booked,) = enter(books, purchase("F-2", bought(20_000)))
    post(books, booked.number)
    standing = month_standing(books.anne, on=MARCH)
    assert (standing.period, standing.ends_on) == ("2026-03", date(2026, 3, 31))
    assert (standing.purchases, standing.earlier_periods, standing.ready) == (1, 2, False)
    post(books, entered.number)
    close_periods(books.anne, periods=EARLIER, how="hard")
    standing = month_standing(books.anne, on=MARCH)
    assert (standing.ready, standing.closed) == (True, False)
    close_period(books.anne, period="2026-03", how="soft")
    standing = month_standing(books.anne, on=MARCH)
    assert (standing.state, standing.closed) == ("soft", True)
    reopen_period(books.anne, period="2026-03", why="One was forgotten")
    assert not month_standing(books.anne, on=MARCH).closed
