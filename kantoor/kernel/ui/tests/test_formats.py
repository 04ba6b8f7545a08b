from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from kantoor.kernel.ui import formats


@pytest.mark.parametrize(
    ("minor", "exponent", "english", "dutch"),
    [
        (0, 2, "0.00", "0,00"),
        (5, 2, "0.05", "0,05"),
        (-123_450, 2, "−1,234.50", "−1.234,50"),
        (1_000_000, 0, "1,000,000", "1.000.000"),
        (-1, 3, "−0.001", "−0,001"),
        (9_223_372_036_854_775_807, 2, "92,233,720,368,547,758.07", "92.233.720.368.547.758,07"),
    ],
)  # fmt: skip
def test_an_amount_reads_as_the_reader_writes_it(
    minor: int, exponent: int, english: str, dutch: str
) -> None:
    with override("en"):
        assert formats.amount(minor, exponent) == english
    with override("nl"):
        assert formats.amount(minor, exponent) == dutch


def test_an_amount_that_stands_alone_has_its_currency() -> None:
    with override("en"):
        assert formats.money(-40_000, 2, "EUR") == "−€400.00"
        assert formats.money(1, 0, "JPY") in ("¥1", "JP¥1")
    with override("nl"):
        assert formats.money(89_964, 2, "EUR") == "€\u00a0899,64"


def test_a_key_figure_is_rounded_half_up() -> None:
    with override("en"):
        assert formats.money_round(250, 2, "EUR") == "€3"
        assert formats.money_round(-250, 2, "EUR") == "−€3"


def test_a_number_keeps_the_decimals_it_carries() -> None:
    with override("nl"):
        assert formats.number(Decimal("1234.500")) == "1.234,500"
        assert formats.number(Decimal("-0.25")) == "−0,25"
        assert formats.number(11_670) == "11.670"


def test_dates_are_short_and_in_words() -> None:
    with override("en"):
        assert formats.day(date(2011, 3, 3)) == "3 Mar 2011"
    with override("nl"):
        assert formats.day(date(2011, 3, 3)) == "3 mrt 2011"
        assert formats.day_in_full(date(2011, 3, 3)) == "donderdag 3 maart 2011"


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=24), "24 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=7), "23 Jun 2011"),
        (timedelta(hours=-1), "30 Jun 2011"),
    ],
)
def test_only_this_week_is_told_as_time_ago(passed: timedelta, words: str) -> None:
    now = datetime(2011, 6, 30, 12, 0, tzinfo=UTC)
    with override("en"):
        assert formats.since(now - passed, now=now) == words


def test_a_file_has_a_size_one_would_say() -> None:
    with override("en"):
        assert [formats.size(n) for n in (9, 9_120, 48_211, 3_000_000)] == [
            "9 B", "9.1 kB", "48 kB", "3.0 MB",
        ]  # fmt: skip


def test_a_span_says_its_day_twice_only_where_it_ends_on_another() -> None:
    begins = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
    with timezone.override("Europe/Amsterdam"):
        with override("en"):
            assert (
                formats.span(begins, begins + timedelta(hours=3)) == "Wed 9 Dec 2026 10:30 – 13:30"
            )
            assert formats.span(begins, None) == "Wed 9 Dec 2026 10:30"
        with override("nl"):
            late = formats.span(begins, begins + timedelta(hours=14))
            assert late == "wo 9 dec 2026 10:30 – do 10 dec 2026 00:30"
