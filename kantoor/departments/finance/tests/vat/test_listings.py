"""The ICP listing and the OSS return: by customer and by country, frozen, corrected by the next."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from kantoor.departments.finance.actions.vat.listings import file_icp_listing, file_oss_return
from kantoor.departments.finance.actions.vat.regimes import set_vat_regime
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.errors import NotToFile
from kantoor.departments.finance.models import InvoiceTax, Line
from kantoor.departments.finance.proofs_vat import filed_returns
from kantoor.departments.finance.queries.vat.listings import Listing, icp_listing, oss_return
from kantoor.departments.finance.queries.vat.returns import vat_return
from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.people import BANK, SALES, Books, begin_books
from kantoor.departments.finance.tests.vat.quarter import SETTLED, a_quarter, bill, boxes
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actions.runner import NeedsSecondPair

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


def test_an_oss_return_is_in_euros(db: None) -> None:
    books = begin_books("Sklep", country="PL", currency="PLN", chart="plain")
    with pytest.raises(NotToFile):
        file_oss(books, TWO)
