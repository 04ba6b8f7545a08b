"""Numbers of files: exact or refused, and amounts rounded as EN 16931 says, against Decimal."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kantoor.kernel.intake.numbers import (
    line_amount,
    number_parser,
    parse_price,
    parse_quantity,
    whole_code,
)
from kantoor.kernel.intake.problems import Refused

LARGEST = 2**63 - 1

millionths = st.integers(-LARGEST, LARGEST)
modest = st.integers(-(10**13), 10**13)


def written(value_e6: int, decimals: int = 6) -> str:
    return f"{Decimal(value_e6).scaleb(-6):.{decimals}f}"


@given(millionths)
def test_a_number_reads_back_exactly(value: int) -> None:
    assert parse_price(written(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15))
@example(Decimal("-0"))
@example(Decimal("0.0000010"))
def test_reading_agrees_with_decimal_or_refuses(number: Decimal) -> None:
    text = f"{number:f}"
    exact = number.scaleb(6) == int(number.scaleb(6))
    fits = abs(number.scaleb(6)) <= LARGEST and len(text) <= 64
    if exact and fits:
        assert parse_quantity(text) == number.scaleb(6)
    else:
        with pytest.raises(Refused):
            parse_quantity(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6", 6_000_000),
        ("+6", 6_000_000),
        ("-6", -6_000_000),
        (" 2.55 ", 2_550_000),
        ("0.001", 1_000),
        ("-0", 0),
        (".5", 500_000),
        ("-.5", -500_000),
        ("007", 7_000_000),
        ("1.50000000", 1_500_000),
        ("9223372036854.775807", LARGEST),
        ("-9223372036854.775807", -LARGEST),
    ],
)
def test_ways_of_writing_that_are_understood(text: str, value: int) -> None:
    assert parse_price(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number.missing"),
        ("   ", "number.missing"),
        ("1e3", "number.exponent"),
        ("1.5E-7", "number.exponent"),
        ("0.0000001", "number.decimals"),
        ("0.30000000000000004", "number.decimals"),
        ("9223372036854.775808", "number.too_large"),
        ("-9223372036854.775808", "number.too_large"),
        ("9" * 64, "number.too_large"),
        ("9" * 65, "number.too_long"),
        ("1" + " " * 100, "number.too_long"),
        ("5.", "number.unreadable"),
        (".", "number.unreadable"),
        ("-", "number.unreadable"),
        ("--5", "number.unreadable"),
        ("+-5", "number.unreadable"),
        ("- 5", "number.unreadable"),
        ("5-", "number.unreadable"),
        ("−5", "number.unreadable"),
        ("1_000", "number.unreadable"),
        ("1,000", "number.unreadable"),
        ("1.2.3", "number.unreadable"),
        ("1 000", "number.unreadable"),
        ("٣", "number.unreadable"),
        ("²", "number.unreadable"),
        ("0x10", "number.unreadable"),
        ("nan", "number.unreadable"),
        ("inf", "number.unreadable"),
        ("£5", "number.unreadable"),
        ("5\0", "number.unreadable"),
        ("(5)", "number.unreadable"),
    ],
)
def test_what_is_no_exact_number_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_quantity(text)
    assert refusal.value.code == code
    assert str(refusal.value)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    try:
        value = number_parser(",", ".")(text)
    except Refused:
        return
    plain = text.strip().replace(".", "").replace(",", ".")
    assert Decimal(value).scaleb(-6) == Decimal(plain)


@given(modest)
def test_a_dutch_number_reads_back_exactly(value: int) -> None:
    whole, _point, fraction = written(value).partition(".")
    text = f"{int(whole):,}".replace(",", ".") + "," + fraction
    assume(not whole.startswith("-0"))
    assert number_parser(",", ".")(text) == value


@pytest.mark.parametrize(
    ("thousands", "text"),
    [
        (",", "1,234,567.89"),
        (" ", "1 234 567.89"),
        (" ", "1\u00a0234\u202f567.89"),
        ("'", "1'234'567.89"),
        (",", "1234567.89"),
    ],
)
def test_thousands_are_separated_where_the_mapping_says_so(thousands: str, text: str) -> None:
    assert number_parser(".", thousands)(text) == 1_234_567_890_000


@pytest.mark.parametrize("text", ["1,23", "12,34,567", ",123", "1234,567", "1,,234", "1.234,567"])
def test_separators_out_of_place_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        number_parser(".", ",")(text)


@given(modest, modest, st.integers(0, 4))
def test_an_amount_is_rounded_half_up_like_decimal(q: int, p: int, exponent: int) -> None:
    exact = Decimal(q).scaleb(-6) * Decimal(p).scaleb(-6)
    rounded = exact.quantize(Decimal(1).scaleb(-exponent), ROUND_HALF_UP).scaleb(exponent)
    assume(abs(rounded) <= LARGEST)
    assert line_amount(q, p, exponent) == rounded


@given(modest, modest)
def test_a_credit_takes_back_exactly_what_was_charged(q: int, p: int) -> None:
    try:
        charged = line_amount(q, p)
    except Refused:
        assume(False)
    assert line_amount(-q, p) == line_amount(q, -p) == -charged


@pytest.mark.parametrize(
    ("quantity", "price", "exponent", "amount"),
    [
        ("1", "0.005", 2, 1),
        ("-1", "0.005", 2, -1),
        ("1", "0.004999", 2, 0),
        ("3", "0.335", 2, 101),
        ("6", "2.55", 2, 1530),
        ("1", "0.5", 0, 1),
        ("1", "0.0005", 3, 1),
    ],
)
def test_amounts_by_hand(quantity: str, price: str, exponent: int, amount: int) -> None:
    assert line_amount(parse_quantity(quantity), parse_price(price), exponent) == amount


def test_an_amount_beyond_64_bits_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        line_amount(LARGEST, LARGEST)
    assert refusal.value.code == "amount.too_large"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("17850.0", "17850"),
        ("17850", "17850"),
        (" 17850.00 ", "17850"),
        ("", ""),
        ("85123A", "85123A"),
        ("C536379", "C536379"),
        ("1.5", "1.5"),
        ("a.0", "a.0"),
        (".0", ".0"),
        ("17850.", "17850."),
    ],
)
def test_a_code_that_a_spreadsheet_made_a_number_is_a_code_again(text: str, code: str) -> None:
    assert whole_code(text) == code
