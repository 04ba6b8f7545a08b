"""Interest and collection costs by Dutch law, to the cent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.finance.reference.late import (
    Kind,
    collection_costs,
    rates,
    statutory_interest,
)

REFINANCING = {
    "2013-07-01": "0.50", "2014-01-01": "0.25", "2014-07-01": "0.15", "2015-01-01": "0.05",
    "2016-07-01": "0.00", "2023-01-01": "2.50", "2023-07-01": "4.00", "2024-01-01": "4.50",
    "2024-07-01": "4.25", "2025-01-01": "3.15", "2025-07-01": "2.15",
}  # fmt: skip
"""The ECB's rate for main refinancing operations on the first day of a half-year."""


@pytest.mark.parametrize(
    ("debt", "costs"),
    [
        (0, 0),
        (1, 4_000),
        (26_666, 4_000),
        (26_667, 4_000),
        (26_670, 4_001),
        (250_000, 37_500),
        (500_000, 62_500),
        (1_000_000, 87_500),
        (20_000_000, 277_500),
        (100_000_000, 677_500),
        (2_000_000_000, 677_500),
    ],
)
def test_collection_costs_follow_the_steps_of_the_decree(debt: int, costs: int) -> None:
    assert collection_costs(debt) == costs


def test_trade_interest_is_the_rate_of_the_ecb_and_eight_points() -> None:
    known = {each.since.isoformat(): each.rate for each in rates("trade")}
    assert {day: known[day] for day in REFINANCING} == {
        day: Decimal(rate) + 8 for day, rate in REFINANCING.items()
    }


@pytest.mark.parametrize(
    ("until", "kind", "interest"),
    [
        (date(2023, 12, 31), "trade", 0),
        (date(2024, 1, 1), "trade", 34),
        (date(2024, 6, 30), "trade", 6_216),
        (date(2024, 12, 31), "trade", 12_374),
        (date(2024, 12, 31), "other", 7_000),
    ],
)
def test_interest_runs_from_the_day_after_it_was_due(
    until: date, kind: Kind, interest: int
) -> None:
    assert statutory_interest(100_000, date(2023, 12, 31), until, kind) == interest


def test_interest_bears_interest_after_every_year() -> None:
    first = statutory_interest(100_000_00, date(2017, 12, 31), date(2018, 12, 31), "trade")
    second = statutory_interest(100_000_00, date(2017, 12, 31), date(2019, 12, 31), "trade")
    assert (first, second) == (800_000, 1_664_000)


@given(
    st.integers(1, 10**12), st.dates(date(2009, 1, 1), date(2026, 1, 1)), st.integers(0, 2_000),
    st.integers(0, 2_000),
)  # fmt: skip
def test_interest_never_falls_with_time(amount: int, due: date, days: int, more: int) -> None:
    kinds: tuple[Kind, ...] = ("trade", "other")
    for kind in kinds:
        sooner = statutory_interest(amount, due, due + timedelta(days=days), kind)
        later = statutory_interest(amount, due, due + timedelta(days=days + more), kind)
        assert 0 <= sooner <= later


@given(st.integers(0, 10**12), st.integers(0, 10**9))
def test_costs_never_fall_with_the_debt_and_stay_within_their_bounds(debt: int, more: int) -> None:
    assert collection_costs(debt) <= collection_costs(debt + more) <= 677_500
    assert debt == 0 or collection_costs(debt) >= 4_000
