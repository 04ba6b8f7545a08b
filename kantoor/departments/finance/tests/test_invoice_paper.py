"""Invoices on paper, and what becomes of them when a person asks to be erased."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kantoor.departments.finance.actions.single_invoices import credit_invoice
from kantoor.departments.finance.drafts_invoices import InvoiceLine
from kantoor.departments.finance.models import Particulars
from kantoor.departments.finance.print.invoice_pdf import _Page, invoice_pdf
from kantoor.departments.finance.queries.invoice_card import invoice as card
from kantoor.departments.finance.tests.billing import customer, draft, issue, line, pay
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.actions.context import approved
from kantoor.kernel.errors import NotAllowed, NotFound
from kantoor.kernel.record.erasing import ErasureRefused, erase_person


def _page(books: Books, number: str, language: str) -> dict[str, object]:
    return _Page(card(books.anne, number=number), language, "").data()  # type: ignore[arg-type]


def test_an_invoice_is_a_pdf_that_stays_the_same(books: Books) -> None:
    lines = [line("1", f"{n}.5", text=f"*Thing* #{n} $x$ @y") for n in range(60)]
    issue(books, draft(customer(books, "1001"), *lines, reference="PO_7"))
    paper = invoice_pdf(books.anne, "2011-00001", "en")
    assert paper.startswith(b"%PDF-1.")
    assert invoice_pdf(books.anne, "2011-00001", "en") == paper
    assert invoice_pdf(books.anne, "2011-00001", "nl", "kantoor 12 abc") != paper


def test_a_credit_note_and_a_reverse_charge_say_what_they_are(books: Books) -> None:
    party = customer(books, "1001", "BE", "BE0123456789")
    issue(books, draft(party, country="BE", vat_number="BE0123456789"))
    credit_invoice(books.anne, invoice="2011-00001", date=date(2011, 3, 2), why="Broken")
    page = _page(books, "C2011-00001", "en")
    assert page["title"] == "Credit note"
    assert ("Credits invoice", "2011-00001") in page["facts"]  # type: ignore[operator]
    assert "article 138" in page["taxes"][0]["reason"]  # type: ignore[index]
    assert page["buyer"] == [
        "Customer 1001",
        "Street 1",
        "1000 AA  Town",
        "Belgium",
        "VAT number BE0123456789",
    ]
    assert invoice_pdf(books.anne, "C2011-00001").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("nl", ("1.234,5", "1.000,00", "1.234.500,00")),
        ("en", ("1,234.5", "1,000.00", "1,234,500.00")),
    ],
)
def test_numbers_are_written_as_the_reader_does(
    books: Books, language: str, shown: tuple[str, str, str]
) -> None:
    big = InvoiceLine("A", "Crates", 1_234_500_000, 1_000_000_000, 123_450_000)
    issue(books, draft(customer(books, "1001"), big))
    row = _page(books, "2011-00001", language)["lines"][0]  # type: ignore[index]
    assert (row["quantity"], row["price"], row["net"]) == shown
    assert Decimal(row["net"].replace(".", "").replace(",", "")) == 123_450_000


def test_papers_are_for_who_may_see_receivables(books: Books, other_books: Books) -> None:
    issue(books, draft(customer(books, "1001")))
    with pytest.raises(NotAllowed):
        invoice_pdf(books.bob("finance.read_ledger"), "2011-00001")
    with pytest.raises(NotFound):
        invoice_pdf(other_books.anne, "2011-00001")


def _erase(books: Books) -> None:
    with approved("kernel.erase_person"):
        erase_person(books.anne, party="1001", why="Asked by letter")


def test_a_person_is_not_erased_while_the_law_has_the_invoice_kept(books: Books) -> None:
    party = customer(books, "1001", person=True)
    today = timezone.localdate()
    issue(books, draft(party, on=today.isoformat()))
    with pytest.raises(ErasureRefused, match="open"):
        _erase(books)
    gross = card(books.anne, number=f"{today.year}-00001").invoice.gross
    pay(books, gross, on=today.isoformat(), party="1001")
    with pytest.raises(ErasureRefused, match=f"{today.year + 7}"):
        _erase(books)


def test_an_erased_person_is_on_no_invoice_any_more(books: Books) -> None:
    issue(books, draft(customer(books, "1001", person=True)))
    pay(books, 11900, party="1001")
    _erase(books)
    found = card(books.anne, number="2011-00001")
    assert (found.buyer.name, found.buyer.street, found.invoice.gross) == ("", "", 11900)
    assert invoice_pdf(books.anne, "2011-00001").startswith(b"%PDF")
    copy = Particulars.objects.exclude(party=None).get()
    assert (copy.subject_id, copy.erased_at is None) == (None, False)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE finance_particulars SET name = 'Back' WHERE id = {copy.pk}")  # noqa: S608
