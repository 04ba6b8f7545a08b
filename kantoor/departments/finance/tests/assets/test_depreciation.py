"""Depreciation by all methods: it always adds up, and book values are exact."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.finance.schedules.depreciation import (
    Convention,
    Method,
    Terms,
    by_year,
    depreciated,
    last_day,
    schedule,
)
from kantoor.departments.finance.schedules.shares import apportion
from kantoor.departments.finance.schedules.slots import divide
from kantoor.departments.finance.schedules.spreading import spread

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
CONVENTIONS = ("month", "day", "full_year", "half_year")


def terms(
    method: Method = "straight",
    convention: Convention = "month",
    *,
    base: int = 1_200_000,
    residual: int = 0,
    begins: date = date(2011, 8, 20),
    months: int = 60,
    first_month: int = 1,
    **more: int,
) -> Terms:
    ends = last_day(convention, begins, months, first_month)
    return Terms(method, base, residual, begins, ends, convention, first_month=first_month, **more)  # type: ignore[arg-type]


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    base = draw(st.integers(1, 10**12))
    return terms(
        draw(st.sampled_from(["straight", "declining"])),
        draw(st.sampled_from(CONVENTIONS)),
        base=base,
        residual=draw(st.integers(0, base)),
        begins=draw(days),
        months=draw(st.integers(1, 480)),
        first_month=draw(st.integers(1, 12)),
        rate=draw(st.integers(1, 100)) * 1_000_000,
        switch=draw(st.booleans()),
    )


@given(any_terms())
def test_a_schedule_adds_up_to_cost_less_residual(wanted: Terms) -> None:
    slots = schedule(wanted)
    assert sum(slot.amount for slot in slots) == wanted.to_depreciate
    assert all(slot.amount >= 0 for slot in slots)
    assert slots[0].ends_on >= wanted.starts_on
    assert slots[-1].ends_on == wanted.ends_on
    assert all(a.ends_on + timedelta(days=1) == b.starts_on for a, b in itertools.pairwise(slots))


@given(any_terms(), days, days)
def test_depreciation_never_goes_back_nor_too_far(wanted: Terms, one: date, other: date) -> None:
    early, late = sorted([one, other])
    assert 0 <= depreciated(wanted, early) <= depreciated(wanted, late) <= wanted.to_depreciate
    assert depreciated(wanted, wanted.ends_on) == wanted.to_depreciate
    assert depreciated(wanted, wanted.starts_on.replace(day=1) - timedelta(days=1)) == 0


@given(any_terms(), days)
def test_what_is_forecast_by_year_is_what_is_left(wanted: Terms, after: date) -> None:
    left = wanted.to_depreciate - depreciated(wanted, after)
    assert sum(by_year(wanted, after).values()) == left


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_parts_add_up_whatever_the_weights(total: int, weights: list[int]) -> None:
    assert sum(divide(total, weights)) == total
    shares = apportion(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * whole - total * weight) < whole


@given(
    st.integers(-(10**12), 10**12), days, st.integers(0, 2000), st.sampled_from(["month", "day"])
)
def test_what_is_spread_adds_up(total: int, begins: date, length: int, step: str) -> None:
    found = spread(total, begins, begins + timedelta(days=length), step)  # type: ignore[arg-type]
    assert sum(slot.amount for slot in found) == total


def test_a_straight_line_counts_the_month_of_use_and_leaves_the_odd_cents_to_the_last() -> None:
    slots = schedule(terms(base=100_000, months=36))
    assert [slots[0].starts_on, slots[0].ends_on] == [date(2011, 8, 1), date(2011, 8, 31)]
    assert {slot.amount for slot in slots[:-1]} == {2_777}
    assert slots[-1].amount == 2_777 + 28
    assert slots[-1].ends_on == date(2014, 7, 31)


def test_by_day_the_first_month_counts_from_the_day() -> None:
    wanted = terms("straight", "day", base=36_500, months=12, begins=date(2011, 8, 20))
    assert wanted.ends_on == date(2012, 8, 19)
    assert schedule(wanted)[0].days == 12
    assert depreciated(wanted, date(2011, 8, 20)) == 36_500 * 12 // 366 // 12
    assert depreciated(wanted, date(2011, 8, 31)) == 36_500 * 12 // 366


@pytest.mark.parametrize(
    ("convention", "years"),
    [
        ("month", {2011: 100_000, 2012: 240_000, 2016: 140_000}),
        ("full_year", {2011: 240_000, 2012: 240_000, 2015: 240_000}),
        ("half_year", {2011: 120_000, 2012: 240_000, 2016: 120_000}),
    ],
)
def test_the_first_year_counts_as_agreed(convention: Convention, years: dict[int, int]) -> None:
    found = by_year(terms("straight", convention), date(2011, 1, 1))
    assert {year: found[year] for year in years} == years
    assert sum(found.values()) == 1_200_000


def test_a_declining_balance_takes_its_percentage_of_what_is_left() -> None:
    wanted = terms("declining", base=1_000_000, begins=date(2011, 1, 1), months=60, rate=40_000_000)
    found = by_year(wanted, date(2010, 12, 31))
    assert found == {2011: 400_000, 2012: 240_000, 2013: 144_000, 2014: 86_400, 2015: 129_600}


def test_a_declining_balance_switches_to_the_straight_line_when_that_is_more() -> None:
    wanted = terms(
        "declining", base=1_000_000, begins=date(2011, 1, 1), months=60, rate=40_000_000,
        switch=True,
    )  # fmt: skip
    found = by_year(wanted, date(2010, 12, 31))
    assert found == {2011: 400_000, 2012: 240_000, 2013: 144_000, 2014: 108_000, 2015: 108_000}


def test_units_of_production_count_and_not_time() -> None:
    wanted = terms("units", base=900_000, residual=100_000, units=200_000_000_000)
    assert depreciated(wanted, date(2050, 1, 1), 50_000_000_000) == 200_000
    assert depreciated(wanted, date(2011, 8, 21), 10**12) == 800_000
    assert schedule(wanted) == []
