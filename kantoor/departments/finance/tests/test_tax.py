"""Tax by country and date, and rounding as EN 16931 asks."""

from datetime import date
from decimal import Decimal

import pytest

from kantoor.departments.finance.actions.single_invoices import issue_invoice
from kantoor.departments.finance.drafts_invoices import InvoiceLine, InvoiceLineInput
from kantoor.departments.finance.errors import UnknownTaxCode
from kantoor.departments.finance.models import InvoiceTax, Line, TaxCode
from kantoor.departments.finance.queries.tax_choices import tax_choices
from kantoor.departments.finance.reference.vat import NoRate
from kantoor.departments.finance.tests.billing import customer, draft, invoice, issue, line
from kantoor.departments.finance.tests.people import Books, begin_books


@pytest.fixture
def shop(db: None) -> Books:
    """A British web shop."""
    return begin_books("Gifts Ltd", country="GB", currency="GBP", chart="uk")


def _taxed(books: Books, party: int, on: str, **more: object) -> tuple[str, str, int]:
    issued = issue(books, draft(party, on=on, **{"country": "GB", **more}))
    tax = InvoiceTax.objects.get(invoice_id=issued.invoice_ids[0])
    return tax.tax_code.code, tax.category, tax.amount


@pytest.mark.parametrize(
    ("on", "country", "vat_number", "expected"),
    [
        ("2010-12-31", "GB", "", ("S17.5", "S", 1750)),
        ("2011-01-03", "GB", "", ("S17.5", "S", 1750)),
        ("2011-01-04", "GB", "", ("S20", "S", 2000)),
        ("2011-03-01", "", "", ("S20U", "S", 2000)),
        ("2011-03-01", "IM", "", ("S20", "S", 2000)),
        ("2011-03-01", "DE", "", ("S20D", "S", 2000)),
        ("2010-12-01", "DE", "", ("S17.5D", "S", 1750)),
        ("2011-03-01", "DE", "DE123456789", ("K", "K", 0)),
        ("2011-03-01", "DE", "FR12345678901", ("S20D", "S", 2000)),
        ("2011-03-01", "GR", "EL123456789", ("K", "K", 0)),
        ("2011-03-01", "NO", "", ("G", "G", 0)),
        ("2011-03-01", "US", "12-3456", ("G", "G", 0)),
        ("2021-03-01", "DE", "DE123456789", ("GX", "G", 0)),
    ],
)
def test_tax_follows_the_customer_and_the_day(
    shop: Books, on: str, country: str, vat_number: str, expected: tuple[str, str, int]
) -> None:
    party = customer(shop, "1001", country)
    assert _taxed(shop, party, on, country=country, vat_number=vat_number) == expected


def test_what_is_exempt_is_not_taxed(shop: Books) -> None:
    assert _taxed(shop, customer(shop, "1"), "2011-03-01", exempt=True) == ("E", "E", 0)


def role_of(code: TaxCode) -> str:
    """The role of the account that the revenue goes to."""
    assert code.sales_account is not None
    return code.sales_account.role


def test_tax_codes_are_made_once_with_their_reason_and_accounts(shop: Books) -> None:
    party = customer(shop, "1001")
    issue(shop, draft(party, country="GB"), draft(party, country="US"), draft(party, country="GB"))
    issue(shop, draft(party, country="GB", on="2010-12-05"))
    codes = {each.code: each for each in TaxCode.objects.filter(company_id=shop.company_id)}
    assert set(codes) == {"S20", "S17.5", "G"}
    assert (codes["S17.5"].rate, codes["S17.5"].name_nl) == (Decimal("17.5"), "Btw 17,5%")
    assert codes["S17.5"].valid_to == date(2011, 1, 3)
    assert (codes["S20"].reason_en, role_of(codes["S20"])) == ("", "sales_domestic")
    assert codes["S20"].tax_account is not None
    export = codes["G"]
    assert (role_of(export), export.tax_account) == ("sales_export", None)
    assert "art" in export.reason_nl


def test_services_to_a_business_in_the_union_are_reverse_charged(books: Books) -> None:
    customer(books, "1001", "BE", "BE0123456789")
    made = invoice(books, "1001", "100", on="2024-05-01", supply="services")
    assert (made.tax, InvoiceTax.objects.get().category) == (0, "AE")
    goods = invoice(books, "1001", "100", on="2024-05-01")
    assert (goods.tax, InvoiceTax.objects.latest("id").category) == (0, "K")


def test_a_country_without_rates_is_refused_with_its_place(db: None) -> None:
    books = begin_books("Sol SA", country="BR", currency="BRL", chart="plain")
    party = customer(books, "1")
    with pytest.raises(NoRate) as refused:
        issue(books, draft(party, country="BR"))
    assert (refused.value.place.field, refused.value.place.line) == ("country", 1)


@pytest.mark.parametrize(
    ("quantity", "price", "net"),
    [
        # Half goes up, away from zero on both sides (EN 16931, BT-131, two decimals).
        ("1", "0.005", 1),
        ("1", "0.0049", 0),
        ("-1", "0.005", -1),
        ("3", "0.335", 101),
        ("0.333333", "3", 100),
        ("12", "1.065", 1278),
        ("1000", "0.000001", 0),
    ],
)
def test_a_line_is_rounded_half_up(books: Books, quantity: str, price: str, net: int) -> None:
    issued = issue(books, draft(customer(books, "1"), line("1", "10"), line(quantity, price)))
    assert issued.net == 1000 + net


def test_tax_is_rounded_once_for_each_rate_and_not_by_line(books: Books) -> None:
    party = customer(books, "1")
    # 19 % of 3 × 0.03 is 0.0171; of each line alone it would be 3 × 0.01.
    assert issue(books, draft(party, *[line("1", "0.03")] * 3)).tax == 2
    # BR-CO-17: 0.19 × 2.50 is 0.475.
    assert issue(books, draft(party, line("1", "2.50"))).tax == 48
    # A credit note takes back exactly what was charged.
    assert issue(books, draft(party, line("1", "2.50"), credit=True)).tax == -48
    assert issue(books, draft(party, line("-1", "2.50"))).tax == -48


def test_each_rate_has_its_own_base_and_revenue_account(books: Books) -> None:
    """The example of EN 16931's breakdown: lines of several rates, each group rounded by itself."""
    customer(books, "1")
    lines = [
        InvoiceLineInput(text=text, quantity=Decimal(n), unit_price=Decimal(price), tax=tax)
        for text, n, price, tax in (
            ("Laptop", "2", "1299.99", ""),
            ("Bread", "7", "1.333", "S6"),
            ("Book", "3", "9.995", "S6"),
            ("Lesson", "1", "80.00", "E"),
        )
    ]
    made = issue_invoice(books.anne, party="1", date=date(2011, 3, 1), lines=lines)
    # 2 599.98; 9.33 + 29.99 = 39.32; 80.00. Tax 493.9962 and 2.3592.
    assert (made.net, made.tax, made.gross) == (271930, 49400 + 236, 321566)
    booked = {each.account.role: each.amount for each in Line.objects.all()}
    assert booked == {
        "receivables": 321566,
        "sales_domestic": -(259998 + 3932),
        "sales_exempt": -8000,
        "vat_payable": -49636,
    }


def test_a_line_of_millionths_is_kept_exactly(books: Books) -> None:
    exact = InvoiceLine("A", "Grain", 1, 10**6 * 10**6, 100)
    assert issue(books, draft(customer(books, "1"), exact)).net == 100


def test_the_codes_to_choose_from_are_those_of_the_day(books: Books) -> None:
    chosen = {"Z": 0, "E": 0, "AED": 0, "K": 0, "AE": 0, "KT": 0, "IN": 0, "G": 0, "OX": 0}
    before = {each.code: each.rate for each in tax_choices(books.anne, on=date(2012, 9, 30))}
    assert before == {"S19": 19, "S6": 6, **chosen}
    issue(books, draft(customer(books, "1", "BE"), country="BE", on="2013-01-01"))
    after = {each.code for each in tax_choices(books.anne, on=date(2013, 1, 1))}
    assert after == {"S21", "S6", "S21D", *chosen}


def test_a_sale_reverse_charged_within_the_country_is_chosen_by_code(books: Books) -> None:
    customer(books, "1")
    work = InvoiceLineInput(text="Bricks", quantity=Decimal(1), unit_price=Decimal(50), tax="AED")
    made = issue_invoice(books.anne, party="1", date=date(2024, 3, 1), lines=[work])
    tax = InvoiceTax.objects.select_related("tax_code").get()
    assert (made.tax, tax.category, tax.tax_code.ground) == (0, "AE", "domestic_reversed")
    assert "artikel 12" in tax.tax_code.reason_nl


@pytest.mark.parametrize("code", ["V21", "P21", "S20", "DFR20X", ""])
def test_a_code_that_is_for_no_sale_is_refused(books: Books, code: str) -> None:
    customer(books, "1")
    wanted = InvoiceLineInput(
        text="A", quantity=Decimal(1), unit_price=Decimal(1), tax=code or "nothing"
    )
    with pytest.raises(UnknownTaxCode):
        issue_invoice(books.anne, party="1", date=date(2024, 3, 1), lines=[wanted])
