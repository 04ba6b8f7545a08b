"""Allocation keys: shared costs distributed to the cent, once, and taken back."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.actions.allocations.keys import (
    add_allocation_key,
    retire_allocation_key,
    set_allocation_shares,
)
from kantoor.departments.finance.actions.allocations.runs import (
    post_allocations,
    reverse_allocation,
)
from kantoor.departments.finance.actions.dimensions import add_dimension_values
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_books import ValueDraft
from kantoor.departments.finance.drafts_budgets import ShareDraft
from kantoor.departments.finance.errors import (
    BudgetState,
    NothingToAllocate,
    NotReversible,
    UnknownBudget,
)
from kantoor.departments.finance.queries.allocations.due import allocation_due
from kantoor.departments.finance.queries.allocations.register import (
    allocation_keys,
    allocation_runs,
)
from kantoor.departments.finance.queries.profit_and_loss import profit_and_loss
from kantoor.departments.finance.tests.people import BANK, PURCHASES, SALES, Books, begin_books
from kantoor.departments.finance.web.allocations.pages import make_due
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.pages.report_view import Span

FIRST, JANUARY = date(2011, 1, 1), date(2011, 1, 31)
companies = count()


def centres(books: Books, *codes: str) -> None:
    values = [ValueDraft(code=code, name=f"Centre {code}") for code in codes]
    add_dimension_values(books.anne, dimension="cost_centre", values=values)


def spent(books: Books, amount: int, centre: str = "", account: str = PURCHASES) -> None:
    dimensions = {"cost_centre": centre} if centre else {}
    lines = [
        LineDraft(account=account, amount=amount, dimensions=dimensions),
        LineDraft(account=BANK, amount=-amount),
    ]
    books.post(EntryDraft(date=date(2011, 1, 5), lines=lines))


def key(books: Books, shares: dict[str, str], **more: Any) -> str:
    asked: dict[str, Any] = {
        "code": "RENT", "name": "Rent", "first_account": PURCHASES, "last_account": PURCHASES,
        "basis": "percentage", **more,
    }  # fmt: skip
    drafts = [ShareDraft(value=value, weight=Decimal(weight)) for value, weight in shares.items()]
    return add_allocation_key(books.anne, shares=drafts, **asked)


def of(books: Books, centre: str) -> int:
    """The costs of a cost centre."""
    dimension = f"cost_centre={centre}"
    return -profit_and_loss(books.anne, start=FIRST, end=JANUARY, dimension=dimension).result


@pytest.fixture
def house(books: Books) -> Books:
    centres(books, "100", "200", "300")
    return books


def test_costs_are_distributed_once_to_the_cent(house: Books) -> None:
    key(house, {"100": "33.33", "200": "33.33", "300": "33.34"})
    spent(house, 100)
    assert sum(row.amount for row in allocation_due(house.anne, on=JANUARY).rows) == 100
    done = post_allocations(house.anne, on=JANUARY)
    assert (done.runs, done.amount) == (["K00001"], 100)
    assert [of(house, centre) for centre in ("100", "200", "300")] == [33, 33, 34]
    assert post_allocations(house.anne, on=JANUARY).runs == []
    spent(house, 50)
    assert post_allocations(house.anne, on=JANUARY).amount == 50
    assert allocation_runs(house.anne).count == 2


def test_a_cost_centre_is_distributed_by_heads(house: Books) -> None:
    key(house, {"200": "3", "300": "1"}, basis="figures", source="100")
    spent(house, 1_000, "100")
    spent(house, 10)
    post_allocations(house.anne, on=JANUARY)
    assert [of(house, centre) for centre in ("100", "200", "300")] == [0, 750, 250]
    shares = [ShareDraft(value="300", weight=Decimal(1))]
    set_allocation_shares(house.anne, key="RENT", shares=shares)
    spent(house, 8, "100")
    post_allocations(house.anne, on=JANUARY)
    assert of(house, "300") == 258


def test_balances_weigh_by_what_was_sold(house: Books) -> None:
    key(house, {"100": "0", "200": "0"}, basis="balances", first_basis=SALES, last_basis=SALES)
    spent(house, 90)
    with pytest.raises(NothingToAllocate):
        post_allocations(house.anne, on=JANUARY)
    assert allocation_due(house.anne, on=JANUARY).faults
    assert make_due(house.anne, Span(FIRST, JANUARY)).verdict is not None
    spent(house, -200, "100", SALES)
    spent(house, -400, "200", SALES)
    post_allocations(house.anne, on=JANUARY)
    assert [of(house, centre) for centre in ("100", "200")] == [-200 + 30, -400 + 60]


def test_what_was_distributed_is_taken_back_and_done_anew(house: Books) -> None:
    key(house, {"100": "50", "200": "50"})
    spent(house, 101)
    done = post_allocations(house.anne, on=JANUARY)
    with pytest.raises(NotReversible):
        reverse_entry(house.anne, entry=done.entries[0], why="wrong")
    assert reverse_allocation(house.anne, run="K00001", why="wrong").amount == -101
    assert of(house, "100") == 0
    with pytest.raises(BudgetState):
        reverse_allocation(house.anne, run="K00001", why="again")
    assert post_allocations(house.anne, on=JANUARY).amount == 101


def test_keys_that_cannot_be_are_refused(house: Books) -> None:
    cases: list[tuple[dict[str, str], dict[str, str]]] = [
        ({"100": "60", "200": "50"}, {}),
        ({"100": "0"}, {"basis": "figures"}),
        ({"100": "-1", "200": "101"}, {}),
        ({"100": "100"}, {"source": "100"}),
        ({"100": "100"}, {"first_basis": SALES, "last_basis": SALES}),
        ({"100": "100"}, {"first_account": SALES}),
        ({}, {}),
    ]
    for shares, more in cases:
        with pytest.raises(InvalidInput):
            key(house, shares, **more)
    key(house, {"100": "100"})
    retire_allocation_key(house.anne, key="RENT")
    assert not allocation_keys(house.anne)[0].active
    with pytest.raises(UnknownBudget):
        post_allocations(house.anne, on=JANUARY, keys=["RENT"])


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    amounts=st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=4),
    weights=st.lists(st.integers(0, 1_000), min_size=2, max_size=4).filter(any),
)
def test_whatever_is_distributed_adds_up(amounts: list[int], weights: list[int]) -> None:
    books = begin_books(f"Sharer {next(companies)}")
    codes = [str(n) for n in range(len(weights))]
    centres(books, *codes)
    key(books, dict(zip(codes, map(str, weights), strict=True)), basis="figures")
    for amount in amounts:
        spent(books, amount)
    post_allocations(books.anne, on=JANUARY)
    assert sum(of(books, code) for code in codes) == sum(amounts)
    assert profit_and_loss(books.anne, start=FIRST, end=JANUARY).result == -sum(amounts)
