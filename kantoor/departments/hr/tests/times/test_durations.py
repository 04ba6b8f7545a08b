"""Durations as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.hr.formats.durations import clock, minutes_of
from kantoor.kernel.errors import InvalidInput


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("", 0), ("1:30", 90), ("1.5", 90), ("1,5", 90), ("90m", 90), ("90 min", 90), ("1h30", 90),
        (" 8 ", 480), (".5", 30), ("8u", 480), ("0.33", 20), ("24:00", 1440),
    ],
)  # fmt: skip
def test_ways_to_write_a_duration(said: str, minutes: int) -> None:
    assert minutes_of(said) == minutes


@pytest.mark.parametrize("said", ["x", "1:60", "-1", "1e3", ".", "1:2:3", "٣", "9" * 50, "1.2.3"])
def test_what_is_no_duration_is_refused(said: str) -> None:
    with pytest.raises(InvalidInput):
        minutes_of(said)


@given(st.integers(0, 24 * 60))
def test_what_is_shown_is_read_again(minutes: int) -> None:
    assert minutes_of(clock(minutes)) == minutes
    assert minutes_of(f"{minutes}m") == minutes


@given(st.text(max_size=20))
def test_any_text_is_a_duration_or_refused(said: str) -> None:
    try:
        assert minutes_of(said) >= 0
    except InvalidInput:
        pass
