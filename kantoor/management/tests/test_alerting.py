"""When an alert is raised and back: the rule alone."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kantoor.management.alerting import Rule, Stand, step

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ABOVE = Rule("above", Fraction(100), Fraction(80), timedelta())
BELOW = Rule("below", Fraction(50), Fraction(60), timedelta())


def told(rule: Rule, values: list[int | None], every: timedelta = HOUR) -> list[str]:
    """What is told after each look."""
    stand, said = Stand("quiet", None), []
    for place, value in enumerate(values):
        stand = step(rule, stand, value, NOON + place * every)
        said.append(stand.told)
    return said


def test_a_crossing_is_told_once_and_so_is_the_way_back() -> None:
    assert told(ABOVE, [90, 101, 120, 101, 79, 70, 105]) == [
        "", "raised", "", "", "back", "", "raised",
    ]  # fmt: skip


def test_a_figure_about_the_threshold_does_not_flutter() -> None:
    assert told(ABOVE, [101, 99, 101, 99, 81, 101]) == ["raised", "", "", "", "", ""]


def test_exactly_at_the_threshold_nothing_is_raised_and_at_the_level_back_it_is_normal() -> None:
    assert told(ABOVE, [100, 101, 80]) == ["", "raised", "back"]
    assert told(BELOW, [50, 49, 60]) == ["", "raised", "back"]


def test_below_is_the_mirror_of_above() -> None:
    assert told(BELOW, [55, 49, 51, 59, 61, 40]) == ["", "raised", "", "", "back", "raised"]


def test_it_has_to_last_before_anybody_is_told() -> None:
    rule = Rule("above", Fraction(100), Fraction(100), timedelta(hours=2))
    assert told(rule, [101, 101, 101, 101]) == ["", "", "raised", ""]
    assert told(rule, [101, 99, 101, 101, 101]) == ["", "", "", "", "raised"]


def test_without_a_figure_an_alert_stays_where_it_is() -> None:
    assert told(ABOVE, [101, None, None, 70]) == ["raised", "", "", "back"]


@given(st.lists(st.integers(0, 200), max_size=60), st.integers(0, 100), st.integers(0, 5))
def test_what_is_told_goes_up_and_down_in_turn(values: list[int], back: int, last: int) -> None:
    rule = Rule("above", Fraction(100), Fraction(back), last * HOUR)
    said = [each for each in told(rule, list(values)) if each]
    assert said == ["raised", "back"] * (len(said) // 2) + ["raised"] * (len(said) % 2)
    assert ("raised" in said) <= any(value > 100 for value in values)


def test_what_is_normal_again_may_not_lie_beyond_the_threshold() -> None:
    assert ABOVE.in_order()
    assert BELOW.in_order()
    assert not Rule("above", Fraction(100), Fraction(101), timedelta()).in_order()
    assert not Rule("below", Fraction(50), Fraction(49), timedelta()).in_order()
