"""The Belgian VAT return: grids by hand-made figures, each the sum of its facts."""

from datetime import date

import msgspec
import pytest

from kantoor.departments.finance.actions.currency.rates import import_rates
from kantoor.departments.finance.drafts import EntryDraft
from kantoor.departments.finance.errors import NoVatReturn
from kantoor.departments.finance.models import Line
from kantoor.departments.finance.queries.vat.belgium import (
    BelgianReturn,
    belgian_vat_return,
)
from kantoor.departments.finance.queries.vat.client_listing import belgian_client_listing
from kantoor.departments.finance.queries.vat.fact_list import vat_facts
from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.payables.buying import (
    bought,
    enter,
    post,
    purchase,
    supplier,
)
from kantoor.departments.finance.tests.people import Books, begin_books
from kantoor.departments.finance.tests.vat.quarter import bill, taxed
from kantoor.departments.finance.web.vat.belgium import BELGIAN_RETURN, CLIENT_LISTING
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.pages.report_view import Span
from kantoor.kernel.parties.models import Party

ONE = "2024-Q1"
MONEY, GOODS, RENT, MACHINES = "550000", "604000", "610000", "230000"
INPUT, REVERSED = "411000", "451200"

EXPECTED = {
    "01": 200_00,
    "03": 1_000_00,
    "44": 600_00,
    "45": 500_00,
    "46": 700_00,
    "47": 300_00,
    "48": 50_00,
    "49": 100_00,
    # 100 less 10 taken back, 1,234.56 less 100 from the EU, and an import of 1,000.
    "81": 2_224_56,
    # 50, then 80 with 8.40 that can't be deducted, and services of 400, 500 and 800.
    "82": 1_838_40,
    "83": 2_000_00,
    "84": 100_00,
    "85": 10_00,
    "86": 1_234_56,
    "87": 2_300_00,
    "88": 400_00,
    "54": 222_00,
    "55": 343_26,
    "56": 273_00,
    "57": 210_00,
    # 2.10 of a supplier's credit note, and 21 of one from the EU, which is in 62 too.
    "63": 23_10,
    "59": 1_286_16,
    "62": 21_00,
    "64": 21_00,
    "72": 256_80,
}


def owed_here(on: str, code: str, account: str, base: int, tax: int) -> EntryDraft:
    """A purchase whose tax the company owes itself."""
    return taxed(
        on, (MONEY, -base, ""), (account, base, code), (INPUT, tax, code), (REVERSED, -tax, code)
    )


@pytest.fixture
def belgian(db: None) -> Books:
    return begin_books("Bakkerij", country="BE", chart="be")


def a_quarter(books: Books) -> list[str]:
    """Every kind of grid, between January and March 2024; gives the purchase invoices."""
    customer(books, "BE1", "BE", "BE0428759497")
    customer(books, "DE1", "DE", "DE136695976")
    customer(books, "US1", "US")
    bill(books, "BE1", "2024-01-01", "1000")
    bill(books, "BE1", "2024-01-02", "200", "S6")
    bill(books, "BE1", "2024-01-03", "100", credit=True)
    bill(books, "BE1", "2024-01-04", "500", "AED")
    bill(books, "US1", "2024-01-05", "300")
    bill(books, "DE1", "2024-01-06", "700")
    bill(books, "DE1", "2024-01-07", "50", credit=True)
    bill(books, "DE1", "2024-03-31", "600", supply="services")
    bill(books, "BE1", "2024-02-01", "77", "E")
    supplier(books, "L1", account=GOODS, country="BE")
    made = enter(
        books,
        purchase("F1", bought(100_00), bought(50_00, account=RENT),
                 bought(2_000_00, account=MACHINES), on="2024-02-02"),
        purchase("F2", bought(80_00, account=RENT, tax="P21-50"), on="2024-02-03"),
        purchase("F3", bought(10_00), on="2024-02-04", credit=True),
    )  # fmt: skip
    post(books, *(each.number for each in made))
    books.post(
        owed_here("2024-03-01", "PK21", GOODS, 1_234_56, 259_26),
        owed_here("2024-03-02", "PK21", GOODS, -100_00, -21_00),
        owed_here("2024-03-03", "PA21", RENT, 400_00, 84_00),
        owed_here("2024-03-04", "PX21", RENT, 500_00, 105_00),
        owed_here("2024-03-05", "PI21", GOODS, 1_000_00, 210_00),
        owed_here("2024-03-06", "PR21", RENT, 800_00, 168_00),
        # The days around it are of other quarters.
        owed_here("2023-12-31", "PR21", RENT, 5_00, 1_05),
        owed_here("2024-04-01", "PR21", RENT, 5_00, 1_05),
    )
    return [each.number for each in made]


def told(found: BelgianReturn) -> dict[str, int]:
    return {each.grid: each.amount for each in found.grids if each.amount}


def test_the_grids_are_those_made_by_hand(belgian: Books) -> None:
    a_quarter(belgian)
    found = belgian_vat_return(belgian.anne, period=ONE)
    assert told(found) == EXPECTED
    assert (found.payable, found.negative) == (-256_80, [])
    assert [each.grid for each in found.grids][-2:] == ["71", "72"]


def test_each_grid_is_the_sum_of_the_facts_it_opens(belgian: Books) -> None:
    several, shared, taken_back = a_quarter(belgian)
    parts = {"81": {several, taken_back}, "82": {several, shared}, "83": {several}}
    for grid, amount in EXPECTED.items():
        if grid == "72":
            with pytest.raises(InvalidInput):
                vat_facts(belgian.anne, period=ONE, box=grid)
            continue
        rows = vat_facts(belgian.anne, period=ONE, box=grid).rows
        if grid in parts:
            # An invoice of several parts stands whole in each.
            assert {each.document for each in rows if each.kind == "purchase"} == parts[grid]
        elif grid in ("59", "63"):
            assert abs(sum(each.deductible for each in rows)) == amount
        elif grid in ("54", "55", "56", "57", "62", "64"):
            assert abs(sum(each.tax for each in rows)) == amount
        else:
            assert abs(sum(each.base for each in rows)) == amount


def test_more_credit_notes_than_purchases_are_told_of(belgian: Books) -> None:
    supplier(belgian, "L1", account=GOODS, country="BE")
    made = enter(belgian, purchase("F3", bought(10_00), on="2024-02-04", credit=True))
    post(belgian, *(each.number for each in made))
    found = belgian_vat_return(belgian.anne, period="2024-02")
    assert (found.negative, found.payable) == (["81"], 2_10)
    report = BELGIAN_RETURN.make(belgian.anne, Span(date(2024, 2, 1), date(2024, 2, 29)))
    assert report.verdict is not None
    assert not report.verdict.good


def test_a_purchase_in_dollars_is_parted_in_euros(belgian: Books) -> None:
    import_rates(belgian.anne, b"Date,USD\n2024-02-02,1.0749\n")
    supplier(belgian, "L1", account=GOODS, country="BE")
    lines = [bought(100_00), bought(33_33, account=RENT)]
    made = enter(belgian, purchase("F1", *lines, on="2024-02-02", currency="USD"))
    post(belgian, *(each.number for each in made))
    found = told(belgian_vat_return(belgian.anne, period="2024-02"))
    # 133.33 dollars are 124.04 euros: 31.01 of rent as it is booked, and what is left of goods.
    assert found == {"81": 93_03, "82": 31_01, "59": 26_05, "72": 26_05}
    rent = Line.objects.filter(account__code=RENT).values_list("amount", flat=True)
    assert list(rent) == [31_01]


def test_a_purchase_of_many_millions_in_dollars_is_parted_to_the_cent(belgian: Books) -> None:
    import_rates(belgian.anne, b"Date,USD\n2024-02-02,1.0749\n")
    supplier(belgian, "L1", account=GOODS, country="BE")
    lines = [bought(60_000_000_01), bought(50_000_000_00, account=RENT)]
    made = enter(belgian, purchase("F1", *lines, on="2024-02-02", currency="USD"))
    post(belgian, *(each.number for each in made))
    found = told(belgian_vat_return(belgian.anne, period="2024-02"))
    # 110,000,000.01 dollars are 102,335,100.95 euros.
    assert (found["81"], found["82"]) == (55_819_145_98, 46_515_954_97)


def test_it_is_filed_by_the_twentieth_and_since_2025_for_a_quarter_by_the_twenty_fifth(
    belgian: Books,
) -> None:
    days = [
        belgian_vat_return(belgian.anne, period=each).due_on
        for each in ("2024-11", "2024-Q4", "2025-Q1", "2025-12")
    ]
    assert days == [date(2024, 12, 20), date(2025, 1, 20), date(2025, 4, 25), date(2026, 1, 20)]


def test_the_page_opens_each_grid_and_is_for_belgian_companies(
    belgian: Books, books: Books
) -> None:
    a_quarter(belgian)
    report = BELGIAN_RETURN.make(belgian.anne, Span(date(2024, 1, 1), date(2024, 3, 31)))
    figures = {row.code: row.figures[0] for row in report.rows if row.code and row.figures}
    assert {code: cell.minor for code, cell in figures.items() if cell} == EXPECTED
    assert all(bool(cell.url) == (code != "72") for code, cell in figures.items() if cell)
    assert BELGIAN_RETURN.concerns(belgian.anne)
    assert not BELGIAN_RETURN.concerns(books.anne)
    with pytest.raises(NoVatReturn):
        belgian_vat_return(books.anne, period=ONE)
    assert BELGIAN_RETURN.make(books.anne, Span(date(2024, 1, 1), date(2024, 3, 31))).rows == []
    with pytest.raises(NotAllowed):
        belgian_vat_return(belgian.bob("finance.read_ledger"), period=ONE)


def test_customers_with_a_belgian_number_are_listed_above_250_euros(belgian: Books) -> None:
    customer(belgian, "A", "BE", "BE0428759497")
    customer(belgian, "B", "BE", "BE0417497106")
    customer(belgian, "C", "DE", "DE136695976")
    customer(belgian, "D", "BE")
    bill(belgian, "A", "2024-01-01", "300")
    bill(belgian, "A", "2024-12-31", "100", "AED")
    bill(belgian, "A", "2024-06-01", "49", credit=True)
    bill(belgian, "A", "2024-06-01", "500", "E")
    bill(belgian, "A", "2025-01-01", "1000")
    for party in ("C", "D"):
        bill(belgian, party, "2024-02-01", "900")
    bill(belgian, "B", "2024-02-01", "250")
    found = belgian_client_listing(belgian.anne, year=2024)
    assert [(n.vat_number, n.party, n.base, n.tax) for n in found.rows] == [
        ("BE0428759497", "A", 351_00, 52_71)
    ]
    assert found.sums == {"base": 351_00, "tax": 52_71}
    party = Party.objects.get(company_id=belgian.company_id, code="B").code
    by_hand = taxed(
        "2024-03-01", (MONEY, 1_21, ""), ("700000", -1_00, "S21"), ("451000", -21, "S21")
    )
    lines = [msgspec.structs.replace(by_hand.lines[0], party=party), *by_hand.lines[1:]]
    belgian.post(msgspec.structs.replace(by_hand, lines=lines))
    assert [n.party for n in belgian_client_listing(belgian.anne, year=2024).rows] == ["B", "A"]
    assert CLIENT_LISTING.concerns(belgian.anne)
    for asked in ({"year": 1}, {"year": 99_999}):
        with pytest.raises(InvalidInput):
            belgian_client_listing(belgian.anne, **asked)


def test_a_listing_is_of_one_company_in_belgium(belgian: Books, books: Books) -> None:
    other = begin_books("Slager", country="BE", chart="be")
    customer(other, "A", "BE", "BE0428759497")
    bill(other, "A", "2024-01-01", "300")
    assert belgian_client_listing(belgian.anne, year=2024).rows == []
    assert belgian_client_listing(books.anne).rows == []
    assert not CLIENT_LISTING.concerns(books.anne)
