"""How far a key result is, and what one calls that: the rule alone."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.management.progress import expected, mean, progress, state

YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("start", "target", "now", "part"),
    [
        (0, 100, 25, Fraction(1, 4)),
        (60, 30, 45, Fraction(1, 2)),
        (60, 30, 70, Fraction(0)),
        (0, 100, 130, Fraction(1)),
        (-10, 10, 0, Fraction(1, 2)),
        (5, 5, 5, Fraction(1)),
        (5, 5, 4, Fraction(0)),
        (0, 3, None, None),
    ],
)
def test_progress_is_the_part_of_the_way_that_was_gone(
    start: int, target: int, now: int | None, part: Fraction | None
) -> None:
    assert progress(Fraction(start), Fraction(target), now) == part


@given(st.integers(-99, 99), st.integers(-99, 99), st.integers(-200, 200))
def test_progress_lies_between_nothing_and_all(start: int, target: int, now: int) -> None:
    found = progress(Fraction(start), Fraction(target), now)
    assert found is not None
    assert 0 <= found <= 1
    assert progress(Fraction(start), Fraction(target), target) == 1


def test_expected_is_the_part_of_the_days_that_went_by() -> None:
    assert expected(*YEAR, date(2025, 12, 31)) == 0
    assert expected(*YEAR, date(2026, 7, 2)) == Fraction(183, 365)
    assert expected(*YEAR, date(2026, 12, 31)) == 1
    assert expected(*YEAR, date(2028, 1, 1)) == 1


@pytest.mark.parametrize(
    ("done", "wanted", "called"),
    [
        (Fraction(1), Fraction(1), "reached"),
        (Fraction(999, 1000), Fraction(1), "on_track"),
        (Fraction(40, 100), Fraction(50, 100), "on_track"),
        (Fraction(39, 100), Fraction(50, 100), "at_risk"),
        (Fraction(20, 100), Fraction(50, 100), "at_risk"),
        (Fraction(19, 100), Fraction(50, 100), "off"),
        (None, Fraction(1, 2), "unknown"),
    ],
)
def test_ten_and_thirty_points_behind_are_the_borders(
    done: Fraction | None, wanted: Fraction, called: str
) -> None:
    assert state(done, wanted) == called


def test_the_mean_is_exact_and_of_nothing_is_none() -> None:
    assert mean([Fraction(1, 3), Fraction(1, 3), Fraction(1, 2)]) == Fraction(7, 18)
    assert mean([]) is None
