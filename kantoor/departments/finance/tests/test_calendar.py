"""Fiscal years and their periods: opened, closed, reopened."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.finance.actions.closing import (
    close_period,
    close_periods,
    reopen_period,
)
from kantoor.departments.finance.actions.fiscal_years import open_year, spans_of
from kantoor.departments.finance.models import Period
from kantoor.departments.finance.queries.calendar import (
    fiscal_years,
    last_booked,
    periods,
    year_start,
)
from kantoor.departments.finance.tests.people import Books, employ, sale
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.errors import Conflict, DomainError, InvalidInput, NotFound, Refusals


def day(text: str) -> date:
    return date.fromisoformat(text)


def opened(books: Books, start: str, end: str, **more: str) -> list[tuple[str, str, str]]:
    open_year(books.anne, start=day(start), end=day(end), **more)  # type: ignore[arg-type]
    return [(row.period, str(row.starts_on), str(row.ends_on)) for row in periods(books.anne)]


def test_a_broken_year_in_quarters(books: Books) -> None:
    assert opened(books, "2010-07-01", "2011-06-30", periods="quarter") == [
        ("2010-11-01", "2010-07-01", "2010-09-30"),
        ("2010-11-02", "2010-10-01", "2010-12-31"),
        ("2010-11-03", "2011-01-01", "2011-03-31"),
        ("2010-11-04", "2011-04-01", "2011-06-30"),
    ]


def test_a_first_year_that_begins_late_has_a_shorter_first_period(books: Books) -> None:
    rows = opened(books, "2011-10-17", "2011-12-31", code="FIRST")
    assert rows == [
        ("FIRST-01", "2011-10-17", "2011-10-31"),
        ("FIRST-02", "2011-11-01", "2011-11-30"),
        ("FIRST-03", "2011-12-01", "2011-12-31"),
    ]


def test_the_british_tax_year_has_months_of_its_own(books: Books) -> None:
    rows = opened(books, "2011-04-06", "2012-04-05")
    assert len(rows) == 12
    assert rows[0] == ("2011-12-01", "2011-04-06", "2011-05-05")


def test_a_long_first_year(books: Books) -> None:
    assert len(opened(books, "2010-11-15", "2011-12-31")) == 14


@given(
    start=st.dates(day("1950-01-01"), day("2150-01-01")),
    days=st.integers(1, 700),
    months=st.sampled_from([1, 3]),
)
def test_periods_fill_the_year_without_gap_or_overlap(start: date, days: int, months: int) -> None:
    end = start + timedelta(days=days)
    spans = list(spans_of(start, end, months))
    assert (spans[0][0], spans[-1][1]) == (start, end)
    for (_, last), (first, _) in pairwise(spans):
        assert first - last == timedelta(days=1)
    assert all(first <= last for first, last in spans)


@pytest.mark.parametrize(
    ("start", "end", "code", "error"),
    [
        ("2011-01-01", "2010-12-31", "", InvalidInput),
        ("2011-01-01", "2011-01-01", "", InvalidInput),
        ("2011-01-01", "2013-01-01", "", InvalidInput),
        ("1811-01-01", "1811-12-31", "", InvalidInput),
        ("2011-01-01", "2011-12-31", "20/11", InvalidInput),
        ("2011-12-31", "2012-12-30", "", Conflict),
        ("2012-01-01", "2012-12-31", "2011", Conflict),
    ],
)
def test_a_year_that_cannot_be(
    books: Books, start: str, end: str, code: str, error: type[DomainError]
) -> None:
    open_year(books.anne, start=day("2011-01-01"), end=day("2011-12-31"))
    with pytest.raises(error):
        open_year(books.anne, start=day(start), end=day(end), code=code)


def test_the_start_of_the_year_of_a_day(books: Books) -> None:
    assert year_start(books.company_id, day("2011-05-05")) == day("2011-01-01")
    open_year(books.anne, start=day("2010-07-01"), end=day("2011-06-30"))
    for on, start in [
        ("2010-06-30", "2010-01-01"),
        ("2010-07-01", "2010-07-01"),
        ("2011-06-30", "2010-07-01"),
        ("2011-07-01", "2011-07-01"),
        ("2012-03-01", "2012-01-01"),
    ]:
        assert year_start(books.company_id, day(on)) == day(start)


def test_the_last_day_that_was_booked_on(books: Books) -> None:
    assert last_booked(books.company_id) is None
    books.post(sale("2011-03-01", 1), sale("2010-12-31", 1))
    assert last_booked(books.company_id) == day("2011-03-01")
    assert [row.code for row in fiscal_years(books.anne)] == ["2010", "2011"]


# --- closing


def states(books: Books) -> dict[str, str]:
    return {row.period: row.state for row in periods(books.anne, year="2011")}


def test_periods_are_closed_together_or_not_at_all(books: Books) -> None:
    books.post(sale("2011-03-01", 1))
    close_periods(books.anne, periods=["2011-01", "2011-02"], how="hard")
    with pytest.raises(Refusals):
        close_periods(books.anne, periods=["2011-03", "2011-01", "2011-02"], how="soft")
    with pytest.raises(NotFound):
        close_periods(books.anne, periods=["2011-03", "2012-01"], how="soft")
    assert states(books)["2011-03"] == "open"
    assert states(books)["2011-01"] == "hard"


def test_a_soft_close_can_become_a_hard_one(books: Books) -> None:
    books.post(sale("2011-03-01", 1))
    close_period(books.anne, period="2011-03", how="soft")
    with pytest.raises(Conflict):
        close_period(books.anne, period="2011-03", how="soft")
    assert close_period(books.anne, period="2011-03", how="hard").state == "hard"


def test_a_softly_closed_period_is_reopened_with_a_reason(books: Books) -> None:
    books.post(sale("2011-03-01", 1))
    with pytest.raises(Conflict):
        reopen_period(books.anne, period="2011-03", why="An invoice came late")
    close_period(books.anne, period="2011-03", how="soft")
    with pytest.raises(InvalidInput):
        reopen_period(books.anne, period="2011-03", why=" ")
    reopen_period(books.anne, period="2011-03", why="An invoice came late")
    assert states(books)["2011-03"] == "open"
    assert Period.objects.get(number=3).remark == "An invoice came late"


def test_a_hard_close_is_undone_by_two(books: Books) -> None:
    books.post(sale("2011-03-01", 1))
    close_period(books.anne, period="2011-03", how="hard")
    bob = employ(books, "Bob", {"finance.*": None})
    with pytest.raises(NeedsSecondPair) as waiting:
        reopen_period(bob, period="2011-03", why="The auditor asks")
    assert states(books)["2011-03"] == "hard"
    approve_request(books.anne, approval_id=waiting.value.approval_id)
    assert states(books)["2011-03"] == "open"


def test_a_period_of_another_company_is_not_there(books: Books, other_books: Books) -> None:
    other_books.post(sale("2011-03-01", 1))
    for change in (
        lambda: close_period(books.anne, period="2011-03", how="soft"),
        lambda: reopen_period(books.anne, period="2011-03", why="x"),
    ):
        with pytest.raises(NotFound):
            change()  # type: ignore[no-untyped-call]
