"""The ICP listing and the OSS return: by customer and by country, frozen, corrected by the next."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from kantoor.departments.finance.actions.currency.rates import import_rates
from kantoor.departments.finance.actions.vat.listings import file_icp_listing, file_oss_return
from kantoor.departments.finance.actions.vat.regimes import set_vat_regime
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.errors import MissingRate, NotToFile
from kantoor.departments.finance.models import InvoiceTax, Line
from kantoor.departments.finance.proofs_vat import filed_returns
from kantoor.departments.finance.queries.vat.listings import Listing, icp_listing, oss_return
from kantoor.departments.finance.queries.vat.returns import vat_return
from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.people import BANK, SALES, Books, begin_books
from kantoor.departments.finance.tests.vat.quarter import SETTLED, a_quarter, bill, boxes
from kantoor.departments.finance.web.vat.listings import OSS_RETURN
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.pages.report_view import Span

ONE, TWO = "2024-Q1", "2024-Q2"


def lines(found: Listing) -> list[tuple[str, str, str, str, int]]:
    """Period, country, VAT number, what and base."""
    return [(n.period, n.country, n.vat_number, n.what, n.base) for n in found.lines]


def file_icp(books: Books, period: str) -> None:
    """As two persons do."""
    with approved("finance.file_icp_listing"):
        file_icp_listing(books.anne, period=period)


def file_oss(books: Books, period: str, payable: int | None = None) -> str:
    """As two persons do."""
    with approved("finance.file_oss_return"):
        return file_oss_return(books.anne, period=period, payable=payable).entry


def test_supplies_in_the_union_are_listed_by_vat_number(books: Books) -> None:
    a_quarter(books)
    found = icp_listing(books.anne, period=ONE)
    assert lines(found) == [
        (ONE, "BE", "BE0428759497", "services", 600_00),
        (ONE, "BE", "BE0428759497", "triangular", 300_00),
        (ONE, "DE", "DE136695976", "goods", 700_00),
    ]
    assert found.base == boxes(vat_return(books.anne, period=ONE))["3b"][0]


def test_a_manual_entry_is_listed_by_its_party(books: Books) -> None:
    customer(books, "FR1", "FR", "FR40303265045")
    books.post(
        EntryDraft(
            date=date(2024, 2, 1),
            lines=[
                LineDraft(account=BANK, amount=100, party="FR1"),
                LineDraft(account=SALES, amount=-100, tax="K"),
            ],
        )
    )
    file_icp(books, ONE)
    assert lines(icp_listing(books.anne, period=ONE)) == [
        (ONE, "FR", "FR40303265045", "goods", 100)
    ]


def test_a_filed_listing_is_frozen_and_the_next_corrects_it(books: Books) -> None:
    a_quarter(books)
    before = lines(icp_listing(books.anne, period=ONE))
    file_icp(books, ONE)
    bill(books, "DE1", "2024-02-20", "50", credit=True)
    bill(books, "DE1", "2024-05-20", "80")
    assert lines(icp_listing(books.anne, period=ONE)) == before
    assert lines(icp_listing(books.anne, period=TWO)) == [
        (ONE, "DE", "DE136695976", "goods", -50_00),
        (TWO, "DE", "DE136695976", "goods", 80_00),
    ]
    file_icp(books, TWO)
    assert len(icp_listing(books.anne, period=TWO).lines) == 2
    assert icp_listing(books.anne, period="2024-Q3").lines == []
    assert list(filed_returns()) == []
    for sql in (
        "UPDATE finance_vat_listing_line SET base = 0",
        "DELETE FROM finance_vat_listing_line",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_customer_without_a_vat_number_is_named(books: Books) -> None:
    customer(books, "XX1", "DE")
    bill(books, "XX1", "2024-02-01", "10", "K")
    assert icp_listing(books.anne, period=ONE).missing == 1
    with pytest.raises(NotToFile, match="XX1"):
        file_icp(books, ONE)


def test_listings_are_filed_in_turn_by_two_persons(books: Books) -> None:
    a_quarter(books)
    with pytest.raises(NeedsSecondPair):
        file_icp_listing(books.anne, period=ONE)
    with pytest.raises(NeedsSecondPair):
        file_oss_return(books.anne, period=ONE)
    file_icp(books, ONE)
    for period in (ONE, "2024-Q3", "2024-04"):
        with pytest.raises(NotToFile):
            file_icp(books, period)
    set_vat_regime(books.anne, starts_on=date(2024, 4, 1), rhythm="month")
    file_icp(books, "2024-04")


def test_above_the_threshold_consumers_pay_their_own_countrys_tax(books: Books) -> None:
    customer(books, "FRC", "FR")
    customer(books, "DEC", "DE")
    bill(books, "FRC", "2024-03-31", "100")
    set_vat_regime(books.anne, starts_on=date(2024, 4, 1), rhythm="quarter", distance="destination")
    bill(books, "FRC", "2024-04-01", "100")
    bill(books, "FRC", "2024-05-01", "10", "DFR5.5")
    bill(books, "DEC", "2024-06-30", "200")
    codes = [each.tax_code.code for each in InvoiceTax.objects.select_related("tax_code")]
    assert codes == ["S21D", "DFR20", "DFR5.5", "DDE19"]
    found = oss_return(books.anne, period=TWO)
    assert [(n.country, n.rate, n.base, n.tax) for n in found.lines] == [
        ("DE", Decimal(19), 200_00, 38_00),
        ("FR", Decimal("5.5"), 10_00, 55),
        ("FR", Decimal(20), 100_00, 20_00),
    ]
    # It is in no box of the Dutch return.
    assert boxes(vat_return(books.anne, period=TWO)) == {}
    assert file_oss(books, TWO, 58_55)
    owed = Line.objects.filter(account__code=SETTLED).aggregate(sum=Sum("amount"))["sum"]
    assert owed == -58_55
    bill(books, "DEC", "2024-06-30", "100", credit=True)
    after = oss_return(books.anne, period="2024-Q3")
    assert [(n.period, n.country, n.tax) for n in after.lines] == [(TWO, "DE", -19_00)]
    with pytest.raises(NotToFile):
        file_oss(books, "2024-Q3", 0)


def test_a_small_business_charges_no_vat(books: Books) -> None:
    customer(books, "NL1")
    set_vat_regime(books.anne, starts_on=date(2024, 4, 1), rhythm="quarter", small=True)
    bill(books, "NL1", "2024-04-01", "100")
    assert (InvoiceTax.objects.get().tax_code.code, InvoiceTax.objects.get().amount) == ("O", 0)


RATES = b"""Date,USD,PLN
2024-04-02,1.0749,4.2963
2024-06-28,1.0705,4.3090
2024-07-01,1.0745,4.3130
"""
"""The ECB published nothing on Sunday 30 June, the last day of the quarter."""


def test_an_oss_return_is_in_euros_at_the_rate_of_the_next_day_of_publication(db: None) -> None:
    books = begin_books("Sklep", country="PL", currency="PLN", chart="plain")
    set_vat_regime(books.anne, starts_on=date(2024, 4, 1), rhythm="quarter", distance="destination")
    customer(books, "DEC", "DE")
    bill(books, "DEC", "2024-04-02", "1000")
    bill(books, "DEC", "2024-06-01", "500")
    with pytest.raises(MissingRate, match="2024-06-30"):
        oss_return(books.anne, period=TWO)
    import_rates(books.anne, RATES)
    found = oss_return(books.anne, period=TWO)
    assert found.currency == "EUR"
    # 1,500 and 285 zloty at 4.3130.
    assert [(n.country, n.base, n.tax) for n in found.lines] == [("DE", 347_79, 66_08)]
    assert file_oss(books, TWO, 66_08)
    moved = {
        each.account.role: (each.amount, each.currency, each.currency_amount)
        for each in Line.objects.filter(text="", entry__reference=TWO).select_related("account")
    }
    # Booked at the rate of Friday 28 June, 4.3090.
    assert moved["vat_payable"] == (285_00, "PLN", 285_00)
    assert moved["vat_settlement"] == (-284_74, "EUR", -66_08)
    assert moved["exchange_difference"] == (-26, "PLN", -26)
    assert list(filed_returns()) == []


def test_an_oss_return_of_a_month_is_that_of_its_quarter(books: Books) -> None:
    set_vat_regime(books.anne, starts_on=date(2024, 4, 1), rhythm="quarter", distance="destination")
    customer(books, "DEC", "DE")
    bill(books, "DEC", "2024-04-01", "100")
    bill(books, "DEC", "2024-05-02", "200")
    found = oss_return(books.anne, period="2024-05")
    assert found == oss_return(books.anne, period=TWO)
    assert (found.period, found.base) == (TWO, 300_00)
    report = OSS_RETURN.make(books.anne, Span(date(2024, 5, 1), date(2024, 5, 31)))
    assert report.rows[-1].kind == "total"
    file_oss(books, TWO)
    assert oss_return(books.anne, period="2024-06").state == "filed"


def test_sales_in_another_currency_are_not_at_the_rate_of_their_day(books: Books) -> None:
    import_rates(books.anne, RATES)
    set_vat_regime(books.anne, starts_on=date(2024, 4, 1), rhythm="quarter", distance="destination")
    customer(books, "DEC", "DE")
    bill(books, "DEC", "2024-04-02", "100", currency="USD")
    bill(books, "DEC", "2024-04-03", "10")
    found = oss_return(books.anne, period=TWO)
    # 100 dollars at 1.0745 and 10 euros; 19 dollars and 1.90 euros.
    assert [(n.country, n.base, n.tax) for n in found.lines] == [("DE", 103_07, 19_58)]
    assert file_oss(books, TWO, 19_58)
    # Dollars stood at 1.0749: nothing is left of it on VAT payable.
    payable = Line.objects.filter(account__role="vat_payable").aggregate(sum=Sum("amount"))
    assert payable["sum"] == 0
    assert list(filed_returns()) == []


def test_an_icp_listing_is_in_the_currency_of_the_books(books: Books) -> None:
    import_rates(books.anne, RATES)
    customer(books, "DE1", "DE", "DE136695976")
    bill(books, "DE1", "2024-04-02", "100", currency="USD")
    assert lines(icp_listing(books.anne, period=TWO)) == [
        (TWO, "DE", "DE136695976", "goods", 93_03)
    ]
    assert boxes(vat_return(books.anne, period=TWO))["3b"] == (93_00, None)


def test_the_page_says_which_rate_is_missing(db: None) -> None:
    books = begin_books("Sklep", country="PL", currency="PLN", chart="plain")
    set_vat_regime(books.anne, starts_on=date(2024, 4, 1), rhythm="quarter", distance="destination")
    customer(books, "DEC", "DE")
    bill(books, "DEC", "2024-04-02", "1000")
    span = Span(date(2024, 4, 1), date(2024, 6, 30))
    assert OSS_RETURN.first_period is not None
    assert OSS_RETURN.first_period(books.anne) is not None
    empty = OSS_RETURN.make(books.anne, span).empty
    assert empty is not None
    assert "PLN" in empty.text
    import_rates(books.anne, RATES)
    report = OSS_RETURN.make(books.anne, span)
    assert {each.hint for each in report.columns} == {"EUR"}
