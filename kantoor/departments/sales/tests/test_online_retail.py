"""Half a year of a real web shop, to the penny, against the answer key and a count of our own."""

import csv
import gzip
import io
import json
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from kantoor.departments.sales.tests.people import Shop
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.raw import on_postgres, run
from kantoor.kernel.tests.shared import shared_file

PENNY = Decimal("0.01")


def _pennies(row: dict[str, str]) -> int:
    amount = Decimal(row["Quantity"]) * Decimal(row["UnitPrice"])
    return int(amount.quantize(PENNY, ROUND_HALF_UP) * 100)


def _net_by_country(path: Path) -> dict[str, int]:
    """Read by the standard library alone, row by row."""
    sums: dict[str, int] = defaultdict(int)
    with gzip.open(path) as packed, io.TextIOWrapper(packed, "utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sums[row["Country"]] += _pennies(row)
    return sums


def test_the_whole_file_is_booked_to_the_penny_once(shop: Shop, tmp_path: Path) -> None:
    given = shared_file("online-retail", "online_retail.csv.gz")
    key = json.loads(shared_file("online-retail", "_expected.json").read_text())
    file = tmp_path / given.name
    file.write_bytes(given.read_bytes())
    expected = _net_by_country(file)

    result = shop.intake(file)

    assert result.received == key["rows"]
    assert result.accepted + result.duplicates + result.rejected == result.received
    stated = sum(reason.amount for reason in result.reasons)
    assert shop.invoiced() + stated == sum(expected.values()) == 400_008_200
    assert abs(Decimal(sum(expected.values())) / 100 - Decimal(key["sum_quantity_x_unitprice"])) < 1
    assert fetch("SELECT sum(amount) FROM finance_line") == [(0,)]
    back = fetch("SELECT count(*) FROM sales_return WHERE reference LIKE 'C%%'")
    assert back == [(key["credit_invoices_C"],)]
    france = "SELECT sum(CASE kind WHEN 'invoice' THEN net ELSE -net END) FROM finance_invoice"
    assert fetch(f"{france} WHERE country = 'FR'") == [(expected["France"],)]

    again = shop.intake(file)
    assert (again.accepted, again.duplicates) == (0, result.accepted)
    assert again.rejected == result.rejected
    if on_postgres():
        # The end of the test checks a million references, by plans of when tables were empty: a
        # quarter of an hour, and with these figures ten seconds.
        run("ANALYZE")


@pytest.mark.sqlite_only
def test_the_month_that_comes_with_kantoor_is_taken_in_whole(shop: Shop, tmp_path: Path) -> None:
    given = Path(__file__).parents[1] / "demo" / "online_retail_2010-12.csv.gz"
    file = tmp_path / given.name
    file.write_bytes(given.read_bytes())
    result = shop.intake(file)
    assert (result.received, result.rejected) == (42_481, 0)
    assert shop.invoiced() == sum(_net_by_country(file).values())
