"""Purchase invoices that come in as files: kept, checked, matched, proposed, and known again."""

from datetime import date
from email.message import EmailMessage

import pytest

from kantoor.departments.finance.actions.payables.coding import (
    LineCoding,
    alter_purchase_invoice,
    code_purchase_invoice,
)
from kantoor.departments.finance.actions.payables.receiving import receive_purchase_file
from kantoor.departments.finance.errors import NotReady, WrongTotal
from kantoor.departments.finance.models import PurchaseFinding, PurchaseInvoice
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.tests.payables.arriving import PNG, lines_of, receive, ubl
from kantoor.departments.finance.tests.payables.buying import (
    INPUT_VAT,
    PAYABLES,
    booked,
    bought,
    enter,
    post,
    purchase,
    state_of,
    supplier,
)
from kantoor.departments.finance.tests.people import PURCHASES, SUSPENSE, Books
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.files.files import open_file


def test_an_invoice_of_a_known_supplier_is_proposed_and_posted(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01")
    (told,) = receive(books, ubl("2026-77")).files
    assert (told.ok, told.what, told.state, told.errors) == (True, "UBL Invoice", "proposed", [])
    found = PurchaseInvoice.objects.get()
    assert (found.reference, found.gross, found.iban) == ("2026-77", 12_100, "NL91ABNA0417164300")
    assert (found.date, found.due_on) == (date(2026, 3, 2), date(2026, 4, 1))
    assert found.file is not None
    assert open_file(books.anne, found.file).read() == ubl("2026-77")
    post(books, told.number)
    assert booked(told.number) == {PURCHASES: 10_000, INPUT_VAT: 2_100, PAYABLES: -12_100}
    assert list(receivables()) == []


def test_the_same_file_again_changes_nothing(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01")
    first = receive(books, ubl("1"), ubl("1"))
    again = receive_purchase_file(books.anne, name="copy.xml", content=ubl("1"))
    assert [each.known for each in first.files] == [False, True]
    assert again.files[0].known
    assert {each.number for each in (*first.files, *again.files)} == {"PI-000001"}
    assert (first.ok, again.ok) == (2, 1)


def test_the_same_invoice_in_another_file_is_flagged(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01")
    receive(books, ubl("1"))
    (again,) = receive(books, ubl("1", due="2026-05-01")).files
    (other,) = receive(books, ubl("2")).files
    assert (again.same_as, other.same_as) == ("PI-000001", "PI-000001")
    assert again.state == other.state == "received"


@pytest.mark.parametrize(
    ("known", "invoice"),
    [
        ({"vat_number": "NL 1234.56.789 B01"}, {}),
        ({"name": "Andere naam", "vat_number": "NL123456789B01"}, {}),
        ({}, {"vat": "NL000000000B00"}),
    ],
)
def test_the_supplier_is_known_by_vat_number_or_name(
    books: Books, known: dict[str, str], invoice: dict[str, str]
) -> None:
    supplier(books, **known)
    supplier(books, "L2")
    receive(books, ubl("1", **invoice))
    found = PurchaseInvoice.objects.get()
    assert found.party is not None
    assert found.party.code == "L1"


def test_the_supplier_is_known_by_the_iban_of_an_invoice_that_was_posted(books: Books) -> None:
    supplier(books)
    first = purchase("F-1", bought(1), iban="NL91 ABNA 0417 1643 00")
    enter(books, first, post_them=True)
    (told,) = receive(books, ubl("1", seller="Elders", vat="NL000000000B00")).files
    assert told.state == "proposed"


def test_an_unknown_seller_waits_for_a_person_to_say_who_it_is(books: Books) -> None:
    (told,) = receive(books, ubl("1", seller="Onbekend BV")).files
    assert (told.ok, told.state) == (True, "received")
    supplier(books)
    assert code_purchase_invoice(books.anne, invoice=told.number, supplier="L1") == "proposed"
    post(books, told.number)


def test_lines_are_booked_as_most_were_before(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01", account="")
    for n, account in enumerate([SUSPENSE, PURCHASES, SUSPENSE], 1):
        line = bought(1_000 + n, text=f"Hosting {n}/2025", account=account)
        enter(books, purchase(f"F-{n}", line), post_them=True)
    (told,) = receive(
        books, ubl("1", ("Hosting 4/2025", "10.00", "21"), ("Paper", "5.00", "9"))
    ).files
    first, second = lines_of(told.number)
    assert (first["account__code"], first["tax_code__code"]) == (SUSPENSE, "P21")
    assert "2" in str(first["suggested"])
    assert "3" in str(first["suggested"])
    assert (second["account__code"], second["tax_code__code"]) == (SUSPENSE, "P9")
    assert told.state == "proposed"


def test_half_deductible_tax_is_learned_too(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01", tax="P21-50")
    (told,) = receive(books, ubl("1")).files
    assert lines_of(told.number)[0]["tax_code__code"] == "P21-50"
    post(books, told.number)
    assert booked(told.number)[INPUT_VAT] == 1_050


def test_reverse_charge_is_proposed_for_a_supplier_in_another_country(books: Books) -> None:
    supplier(books, vat_number="DE123456789", country="DE", tax="")
    (told,) = receive(
        books, ubl("1", ("Goods", "100.00", "0"), vat="DE123456789", country="DE")
    ).files
    assert told.ok
    code = str(lines_of(told.number)[0]["tax_code__code"])
    assert code.endswith("21")
    post(books, told.number)
    moved = booked(told.number)
    assert (moved[PAYABLES], moved[INPUT_VAT], sum(moved.values())) == (-10_000, 2_100, 0)


def test_tax_of_another_country_is_a_cost(books: Books) -> None:
    supplier(books, vat_number="DE123456789", country="DE")
    (told,) = receive(
        books, ubl("1", ("Goods", "100.00", "19"), vat="DE123456789", country="DE")
    ).files
    assert [line["net"] for line in lines_of(told.number)] == [10_000, 1_900]
    post(books, told.number)
    assert booked(told.number) == {PURCHASES: 11_900, PAYABLES: -11_900}


def test_an_invoice_that_breaks_a_rule_is_kept_and_not_posted(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01")
    received = receive(books, ubl("1", total="122.00"), ubl("2", on="2026-03-32"))
    first, second = received.files
    assert (received.ok, received.failed) == (0, 2)
    assert "KANTOOR-SUM" in {error.rule for error in first.errors}
    assert second.errors
    assert PurchaseFinding.objects.filter(fatal=True).exists()
    for told in (first, second):
        assert state_of(told.number) == "received"
        with pytest.raises(NotReady):
            post(books, told.number)
    again = receive(books, ubl("1", total="122.00")).files[0]
    assert again.known
    assert again.errors == first.errors


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no invoice",
        b"<html></html>",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
        b"%PDF-1.4 broken",
    ],
)
def test_what_is_no_invoice_is_told_and_not_kept(books: Books, content: bytes) -> None:
    if not content:
        with pytest.raises(InvalidInput):
            receive(books, content)
        return
    (told,) = receive(books, content).files
    assert (told.ok, told.number) == (False, "")
    assert told.errors
    assert not PurchaseInvoice.objects.exists()


def test_a_picture_is_a_draft_that_a_person_fills_in(books: Books) -> None:
    supplier(books)
    (told,) = receive(books, PNG, name="scan.png").files
    assert (told.ok, told.what, told.state) == (True, "picture", "received")
    entered = alter_purchase_invoice(
        books.anne, invoice=told.number, supplier="L1", reference="F-1",
        date=date(2026, 3, 2), lines=[bought(10_000)],
    )  # fmt: skip
    assert (entered.state, entered.gross) == ("proposed", 12_100)
    post(books, told.number)
    assert list(receivables()) == []


def test_what_is_attached_to_a_mail_is_taken_in(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "sales@example.com", "Invoice"
    mail.set_content("See attached.")
    mail.add_attachment(ubl("1"), maintype="text", subtype="xml", filename="1.xml")
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="logo.png")
    received = receive(books, mail.as_bytes(), name="mail.eml")
    assert [each.file for each in received.files] == ["mail.eml/1.xml"]
    assert received.ok == 1
    empty = EmailMessage()
    empty["From"] = "sales@example.com"
    empty.set_content("Nothing")
    assert receive(books, empty.as_bytes()).files[0].errors[0].rule == "mail.empty"


def test_lines_are_coded_by_a_person_and_their_amounts_stay(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01", account="")
    (told,) = receive(books, ubl("1", ("Lunch", "50.00", "21"), ("Paper", "5.00", "9"))).files
    codings = [
        LineCoding(n=1, account=SUSPENSE, tax="P21-50"),
        LineCoding(n=2, account=PURCHASES, dimensions={}),
    ]
    assert code_purchase_invoice(books.anne, invoice=told.number, lines=codings) == "proposed"
    assert PurchaseInvoice.objects.get().gross == 5_500 + 1_050 + 45
    with pytest.raises(WrongTotal):
        code_purchase_invoice(books.anne, invoice=told.number, lines=[LineCoding(n=1, tax="PR21")])
    with pytest.raises(NotReady):
        alter_purchase_invoice(
            books.anne, invoice=told.number, supplier="L1", reference="F-1",
            date=date(2026, 3, 2), lines=[bought(1)],
        )  # fmt: skip
    post(books, told.number)
    assert booked(told.number)[INPUT_VAT] == 525 + 45


def test_a_discount_for_early_payment_is_read(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01")
    receive(books, ubl("1", terms="#SKONTO#TAGE=14#PROZENT=2.00#"))
    found = PurchaseInvoice.objects.get()
    assert (found.discount, found.discount_on) == (242, date(2026, 3, 16))
