from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel.ui import formats
from kantoor.kernel.ui.fields import AmountField
from kantoor.kernel.ui.reading import Unreadable, read_amount, read_date


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1234", "1234"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1 234 567,8", "1234567.8"),
        ("-12", "-12"),
        ("−12,5", "-12.5"),
        ("€ 899,64", "899.64"),
        ("0,005", "0.005"),
    ],
)
def test_an_amount_is_read_in_either_notation(typed: str, read: str) -> None:
    with override("nl"):
        assert read_amount(typed) == Decimal(read)


def test_one_separator_before_three_digits_groups_as_the_reader_does() -> None:
    with override("nl"):
        assert read_amount("1.234") == 1234
        assert read_amount("1,234") == Decimal("1.234")
    with override("en"):
        assert read_amount("1,234") == 1234
        assert read_amount("1.234") == Decimal("1.234")


@pytest.mark.parametrize("typed", ["", "abc", "1.2.3", "1,23,4", "12-", "1e5", "0x10", "٣"])
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with override("en"), pytest.raises(Unreadable, match="is no amount"):
        read_amount(typed)


@given(
    st.integers(-(2**63) + 1, 2**63 - 1), st.sampled_from([0, 2, 3]), st.sampled_from(["en", "nl"])
)
def test_a_shown_amount_reads_back_as_itself(minor: int, exponent: int, language: str) -> None:
    with override(language):
        shown = formats.amount(minor, exponent)
        assert AmountField(exponent=exponent).clean(shown) == minor


@pytest.mark.parametrize(
    "typed", ["2011-03-31", "31-3-2011", "31/03/2011", "31.3.2011", " 31 3 2011 "]
)
def test_a_day_is_read_in_any_usual_notation(typed: str) -> None:
    assert read_date(typed) == date(2011, 3, 31)


@pytest.mark.parametrize("typed", ["31-2-2011", "2011-13-01", "yesterday", "31-3-11"])
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    with override("en"), pytest.raises(Unreadable, match="is no date"):
        read_date(typed)
