"""Values of figures as people write and read them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel.figures import Kind, Value
from kantoor.management.values import in_unit, scaled, shown, written


@pytest.mark.parametrize(
    ("kind", "value", "english", "dutch"),
    [
        ("money", 123450, "€1,234.50", "€\u00a01.234,50"),
        ("percent", Fraction(1, 22), "4.5%", "4,5\u00a0%"),
        ("percent", Fraction(1, 2000), "0.1%", "0,1\u00a0%"),
        ("number", 12345, "12,345", "12.345"),
        ("duration", 90, "2 min", "2 min"),
        ("duration", 5400, "1.5 hours", "1,5 uur"),
        ("days", Fraction(121, 4), "30.3 days", "30,3 dagen"),
        ("money", None, "–", "–"),
    ],
)
def test_a_value_reads_as_its_kind(kind: Kind, value: Value, english: str, dutch: str) -> None:
    with override("en"):
        assert shown(kind, value, "EUR") == english
    with override("nl"):
        assert shown(kind, value, "EUR") == dutch


@given(
    st.sampled_from(["money", "number", "percent", "duration", "days"]),
    st.decimals(-10_000_000, 10_000_000, places=2),
)
def test_what_was_written_is_what_is_offered_to_change(kind: Kind, value: Decimal) -> None:
    assert in_unit(kind, written(kind, value, "EUR"), "EUR") == value


def test_half_a_cent_goes_up_and_below_nought_away_from_it() -> None:
    assert scaled("money", Fraction(5, 2), "EUR") == 3
    assert scaled("money", Fraction(-5, 2), "EUR") == -3
    assert scaled("number", Fraction(1, 3), "EUR") == 0
