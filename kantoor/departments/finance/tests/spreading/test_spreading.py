"""Costs and income spread over time, and accruals: each period gets its part, and it all ties."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.actions.spreading.accruals import (
    accrue,
    accrue_one,
    reverse_accrual,
)
from kantoor.departments.finance.actions.spreading.runs import post_spreads, reverse_spreads
from kantoor.departments.finance.actions.spreading.spreads import (
    change_spread,
    spread,
    spread_one,
)
from kantoor.departments.finance.drafts_spreading import AccrualDraft, PartDraft, SpreadDraft
from kantoor.departments.finance.errors import NotReversible, SpreadState, TooMuch, UnknownSpread
from kantoor.departments.finance.queries.spreading.balances import deferred_balances
from kantoor.departments.finance.queries.spreading.due import spreads_due
from kantoor.departments.finance.queries.spreading.register import (
    accruals,
    spread_card,
    spread_runs,
    spreads,
)
from kantoor.departments.finance.tests.assets.garage import balance
from kantoor.departments.finance.tests.people import BANK, SALES, Books, begin_books, entry
from kantoor.departments.finance.web.spreading.balances import make
from kantoor.departments.finance.web.spreading.pages import make_due, show
from kantoor.kernel.errors import InvalidInput, Refusals
from kantoor.kernel.pages.report_view import Span

INSURANCE, PREPAID, DEFERRED, ACCRUED = "42080", "14101", "17250", "17201"
companies = count()
YEAR = {"starts_on": date(2011, 1, 1), "ends_on": date(2011, 12, 31)}
MARCH = Span(date(2011, 1, 1), date(2011, 3, 31))


@pytest.fixture
def cost(books: Books) -> str:
    """An account for costs."""
    from kantoor.departments.finance.models import Account

    found = Account.objects.filter(company_id=books.company_id, group="other_operating", role="")
    return found.order_by("code").values_list("code", flat=True)[0]


def paid(books: Books, cost: str, amount: int = 120_000, on: str = "2011-01-05") -> str:
    """A bill paid from the bank; gives the number of the entry."""
    return books.post(entry(on, (cost, amount), (BANK, -amount), text="Insurance")).first


def year(books: Books, number: str, **more: Any) -> str:
    given: dict[str, Any] = {"kind": "prepaid", **YEAR, "entry": number, **more}
    return spread_one(books.anne, **given).numbers[0]


def post(books: Books, *days: str) -> list[str]:
    return [post_spreads(books.anne, on=date.fromisoformat(day)).number for day in days]


def left(books: Books, number: str) -> int:
    return spread_card(books.anne, number=number).spread.left


def test_a_bill_for_a_year_costs_each_month_its_part(books: Books, cost: str) -> None:
    number = year(books, paid(books, cost))
    assert (balance(books, cost), balance(books, PREPAID)) == (0, 120_000)
    assert spreads_due(books.anne, on=date(2011, 1, 10)).rows[0].amount == 10_000
    assert post(books, "2011-01-31", "2011-01-15", "2011-03-31") == ["V00001", "", "V00002"]
    assert (balance(books, cost), left(books, number)) == (30_000, 90_000)
    post(books, "2011-12-31")
    assert (balance(books, cost), balance(books, PREPAID)) == (120_000, 0)
    assert spreads(books.anne, state="done")[0].number == number


def test_income_is_deferred_by_day(books: Books) -> None:
    sold = books.post(entry("2011-01-16", (BANK, 36_500), (SALES, -36_500))).first
    spread_one(
        books.anne, kind="deferred_income", entry=sold, line=2, step="day",
        starts_on=date(2011, 1, 16), ends_on=date(2012, 1, 15),
    )  # fmt: skip
    assert (balance(books, SALES), balance(books, DEFERRED)) == (0, -36_500)
    post(books, "2011-01-31")
    assert balance(books, SALES) == -1_600


def test_parts_by_hand_add_up_or_are_refused(books: Books, cost: str) -> None:
    number = paid(books, cost, 100)
    parts = [
        PartDraft(date=date(2011, 2, 1), amount=30),
        PartDraft(date=date(2011, 4, 1), amount=70),
    ]
    with pytest.raises(InvalidInput):
        year(books, number, step="custom", parts=parts[:1])
    year(books, number, step="custom", parts=parts)
    post(books, "2011-03-31")
    assert balance(books, cost) == 30
    post(books, "2011-04-30")
    assert balance(books, cost) == 100


def test_what_stands_on_the_balance_sheet_already_is_not_moved(books: Books, cost: str) -> None:
    number = paid(books, PREPAID)
    year(books, number, result_account=cost)
    assert balance(books, PREPAID) == 120_000
    post(books, "2011-06-30")
    assert (balance(books, PREPAID), balance(books, cost)) == (60_000, 60_000)


def test_a_line_is_not_spread_for_more_than_it_is(books: Books, cost: str) -> None:
    number = paid(books, cost)
    year(books, number, amount=70_000)
    with pytest.raises(TooMuch):
        year(books, number, amount=50_001)
    year(books, number)
    with pytest.raises(TooMuch):
        year(books, number)
    with pytest.raises(InvalidInput):
        year(books, number, kind="deferred_income")
    with pytest.raises(Refusals):
        spread(
            books.anne,
            spreads=[
                SpreadDraft(
                    kind="prepaid", starts_on=date(2011, 1, 1), ends_on=date(2011, 2, 1), amount=n
                )
                for n in (0, 10)
            ],
        )


def test_a_change_spreads_what_is_left_and_keeps_what_is_posted(books: Books, cost: str) -> None:
    number = year(books, paid(books, cost))
    post(books, "2011-03-31")
    change_spread(books.anne, spread=number, ends_on=date(2011, 6, 30), why="cancelled")
    assert spreads_due(books.anne, on=date(2011, 4, 30)).rows[0].amount == 30_000
    post(books, "2011-04-30")
    change_spread(books.anne, spread=number, ends_on=date(2011, 4, 30), why="ends at once")
    post(books, "2011-05-31")
    assert left(books, number) == 0
    with pytest.raises(SpreadState):
        change_spread(books.anne, spread=number, ends_on=date(2011, 6, 30), why="again")
    with pytest.raises(UnknownSpread):
        change_spread(books.anne, spread="S9", ends_on=date(2011, 6, 30), why="again")


def test_a_run_is_taken_back_and_posted_anew(books: Books, cost: str) -> None:
    number = year(books, paid(books, cost))
    first, second = post(books, "2011-01-31", "2011-02-28")
    with pytest.raises(SpreadState):
        reverse_spreads(books.anne, run=first, why="wrong")
    reverse_spreads(books.anne, run=second, why="wrong")
    assert (left(books, number), balance(books, cost)) == (110_000, 10_000)
    with pytest.raises(SpreadState):
        reverse_spreads(books.anne, run=second, why="wrong")
    assert post(books, "2011-02-28") == ["V00004"]
    assert left(books, number) == 100_000
    assert spread_runs(books.anne).count == 4


def test_an_accrual_is_reversed_by_itself_on_the_next_day(books: Books, cost: str) -> None:
    made = accrue_one(
        books.anne, date=date(2011, 1, 31), amount=5_000, result_account=cost, text="Energy"
    )
    assert (made.numbers, made.reversed) == (["R00001"], 1)
    assert (balance(books, cost), balance(books, ACCRUED)) == (0, 0)
    found = {
        each.account: each for each in deferred_balances(books.anne, on=date(2011, 1, 31)).accounts
    }
    assert (found[ACCRUED].ledger, found[ACCRUED].difference) == (-5_000, 0)
    assert accruals(books.anne).rows[0].reversed_on == date(2011, 2, 1)


def test_an_accrual_waits_for_its_invoice(books: Books, cost: str) -> None:
    draft = AccrualDraft(
        date=date(2011, 1, 31), amount=5_000, result_account=cost, text="Lawyer",
        until_invoiced=True,
    )  # fmt: skip
    [number] = accrue(books.anne, accruals=[draft]).numbers
    assert [row.number for row in accruals(books.anne, state="waiting").rows] == [number]
    reverse_accrual(books.anne, accrual=number, on=date(2011, 3, 5))
    assert accruals(books.anne, state="waiting").rows == []
    assert balance(books, cost) == 0
    with pytest.raises(SpreadState):
        reverse_accrual(books.anne, accrual=number, on=date(2011, 3, 5))
    with pytest.raises(InvalidInput):
        accrue_one(books.anne, date=date(2011, 1, 31), amount=0, result_account=cost, text="x")


def test_the_balances_are_explained_and_what_is_not_is_shown(books: Books, cost: str) -> None:
    number = year(books, paid(books, cost))
    post(books, "2011-03-31")
    [found] = deferred_balances(books.anne, on=date(2011, 2, 28)).accounts
    assert (found.ledger, found.explained, found.difference) == (120_000, 120_000, 0)
    books.post(entry("2011-03-01", (PREPAID, 7), (BANK, -7)))
    [found] = deferred_balances(books.anne, on=date(2011, 3, 31)).accounts
    assert (found.explained, found.difference) == (90_000, 7)
    report = make(books.anne, MARCH)
    assert report.verdict is not None
    assert not report.verdict.good
    assert make_due(books.anne, Span(MARCH.start, date(2011, 4, 30))).main_action is not None
    assert show(books.anne, spread_card(books.anne, number=number)).steps[0] is not None


def test_entries_of_spreads_are_not_reversed_behind_their_back(books: Books, cost: str) -> None:
    year(books, paid(books, cost))
    posted = post_spreads(books.anne, on=date(2011, 1, 31))
    with pytest.raises(NotReversible):
        reverse_entry(books.anne, entry=posted.entry, why="wrong")


def test_the_statements_of_a_run_do_not_grow(books: Books, cost: str) -> None:
    def statements(day: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            post(books, day)
        return len(seen)

    year(books, paid(books, cost))
    few = statements("2011-01-31")
    for _ in range(12):
        year(books, paid(books, cost, on="2011-02-01"))
    assert statements("2011-02-28") <= few


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    amount=st.integers(1, 10**9),
    begins=st.dates(date(2011, 1, 1), date(2011, 12, 31)),
    length=st.integers(0, 500),
    step=st.sampled_from(["month", "day"]),
    cut=st.integers(0, 400),
)
def test_whatever_is_changed_all_of_it_arrives(
    amount: int, begins: date, length: int, step: str, cut: int, db: None
) -> None:
    from kantoor.departments.finance.models import Account

    books = begin_books(f"Spreader {next(companies)}")
    account = Account.objects.filter(company_id=books.company_id, group="other_operating", role="")
    cost = account.order_by("code").values_list("code", flat=True)[0]
    ends = begins + timedelta(days=length)
    number = year(books, paid(books, cost, amount), starts_on=begins, ends_on=ends, step=step)
    middle = begins + timedelta(days=cut)
    post_spreads(books.anne, on=middle)
    if left(books, number):
        change_spread(
            books.anne, spread=number, ends_on=middle + timedelta(days=cut), why="changed"
        )
    post_spreads(books.anne, on=date(2014, 12, 31))
    assert (left(books, number), balance(books, cost), balance(books, PREPAID)) == (0, amount, 0)
