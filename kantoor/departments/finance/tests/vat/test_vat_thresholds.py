"""The thresholds of VAT are watched: small businesses and sales to consumers in the EU."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.actions.vat.regimes import set_vat_regime
from kantoor.departments.finance.queries.vat.thresholds import ThresholdRow, vat_thresholds
from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.people import BANK, SALES, VAT, Books, begin_books
from kantoor.departments.finance.tests.vat.quarter import bill, taxed
from kantoor.kernel.errors import InvalidInput


def watched(books: Books, year: int = 2024) -> dict[str, ThresholdRow]:
    return {each.key: each for each in vat_thresholds(books.anne, year=year)}


def test_distance_sales_are_near_then_above_on_the_day_they_cross(books: Books) -> None:
    customer(books, "FRC", "FR")
    customer(books, "FRB", "FR", "FR40303265045")
    bill(books, "FRC", "2024-02-01", "7999.99")
    bill(books, "FRB", "2024-02-01", "50000")
    found = watched(books)["distance_sales"]
    assert (found.limit, found.turnover, found.state) == (10_000_00, 7_999_99, "below")
    assert (found.percentage, found.advice) == (Decimal("80.0"), "")
    bill(books, "FRC", "2024-03-01", "0.01")
    assert watched(books)["distance_sales"].state == "near"
    bill(books, "FRC", "2024-04-01", "2000")
    assert watched(books)["distance_sales"].state == "near"
    bill(books, "FRC", "2024-05-01", "0.01")
    found = watched(books)["distance_sales"]
    assert (found.state, found.crossed_on) == ("above", date(2024, 5, 1))
    assert "customer's country" in found.advice
    # The year behind it rests on what this one was.
    after = watched(books, 2025)["distance_sales"]
    assert (after.turnover, after.last_year, after.state) == (0, 10_000_01, "above")
    assert watched(books, 2026)["distance_sales"].state == "below"


def test_sales_taxed_at_their_destination_count_and_nothing_is_amiss(books: Books) -> None:
    customer(books, "DEC", "DE")
    set_vat_regime(books.anne, starts_on=date(2024, 1, 1), rhythm="quarter", distance="destination")
    bill(books, "DEC", "2024-02-01", "20000")
    found = watched(books)["distance_sales"]
    assert (found.turnover, found.state, found.applies, found.advice) == (
        20_000_00, "above", False, "",
    )  # fmt: skip


def test_a_small_business_is_warned_before_and_told_beyond(books: Books) -> None:
    customer(books, "NL1")
    set_vat_regime(books.anne, starts_on=date(2024, 1, 1), rhythm="quarter", small=True)
    bill(books, "NL1", "2024-02-01", "16000")
    bill(books, "NL1", "2024-02-02", "1000", "E")
    found = watched(books)["small_business"]
    assert (found.limit, found.turnover, found.state, found.applies) == (
        20_000_00, 16_000_00, "near", True,
    )  # fmt: skip
    books.post(
        taxed(
            "2024-06-01", (BANK, 6_050_00, ""), (SALES, -5_000_00, "S21"), (VAT, -1_050_00, "S21")
        )
    )
    found = watched(books)["small_business"]
    assert (found.state, found.crossed_on) == ("above", date(2024, 6, 1))
    bill(books, "NL1", "2024-07-01", "1500", credit=True)
    found = watched(books)["small_business"]
    assert (found.state, found.crossed_on) == ("near", date(2024, 6, 1))


def test_thresholds_are_those_of_the_country_and_the_year(books: Books, other_books: Books) -> None:
    customer(other_books, "NL1")
    bill(other_books, "NL1", "2024-02-01", "30000")
    assert watched(books)["small_business"].turnover == 0
    assert set(watched(books, 2019)) == set()
    assert set(watched(books, 2020)) == {"small_business"}
    belgian = begin_books("Bakkerij", country="BE", chart="be")
    assert watched(belgian)["small_business"].limit == 25_000_00
    polish = begin_books("Sklep", country="PL", currency="PLN", chart="plain")
    assert watched(polish) == {}
    with pytest.raises(InvalidInput):
        watched(books, 12)


def test_it_takes_as_many_statements_however_much_was_sold(books: Books) -> None:
    customer(books, "NL1")
    counts = []
    for month in (1, 2):
        for day in range(1, 2 + month):
            bill(books, "NL1", f"2024-0{month}-{day:02}", "10")
        with CaptureQueriesContext(connection) as seen:
            watched(books)
        counts.append(len(seen))
    assert counts[0] == counts[1]
