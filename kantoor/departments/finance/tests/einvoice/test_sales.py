"""Issued invoices go out as UBL, CII and Factur-X that the official rules find nothing wrong with."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.instalments import TermDraft, set_payment_terms
from kantoor.departments.finance.actions.single_invoices import credit_invoice, issue_invoice
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput
from kantoor.departments.finance.exports.einvoices import (
    FORMS,
    Form,
    electronic_invoice,
    invoice_files,
)
from kantoor.departments.finance.formats.einvoice import (
    EInvoice,
    Syntax,
    errors,
    read,
    read_document,
    validate,
)
from kantoor.departments.finance.formats.einvoice.official import is_available
from kantoor.departments.finance.formats.einvoice.rules import peppol
from kantoor.departments.finance.queries.einvoice.invoices import electronic_invoices
from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.actors.companies import change_company
from kantoor.kernel.errors import InvalidInput, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(books: Books) -> Books:
    """Anne's company with all that an electronic invoice says of it."""
    change_company(
        books.anne,
        registration="12345678",
        vat_number="NL123456782B12",
        street="Herengracht 1",
        postcode="1015 BA",
        city="Amsterdam",
        email="anne@example.org",
        phone="020 1234567",
    )
    return books


def sold(books: Books, *, country: str, vat_number: str = "", lines: int = 2) -> str:
    """An invoice to a new customer."""
    customer(books, "C-1", country=country, vat_number=vat_number)
    return issue_invoice(
        books.anne,
        party="C-1",
        date=date(2011, 3, 1),
        reference="PO-77",
        lines=[
            InvoiceLineInput(text=f"Thing {n} & more", quantity=Decimal("2.5"), unit_price=Decimal("9.999"), article=f"A-{n}")
            for n in range(1, lines + 1)
        ],
    ).number  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("country", "vat_number"),
    [("NL", ""), ("NL", "NL854502130B01"), ("DE", "DE136695976"), ("BE", ""), ("US", "")],
)
def test_an_invoice_keeps_the_rules_in_every_form(
    seller: Books, form: Form, country: str, vat_number: str
) -> None:
    number = sold(seller, country=country, vat_number=vat_number)
    file = electronic_invoice(seller.anne, number=number, form=form)
    found = [each for each in validate(file.content, official=True) if each.severity == "error"]
    # A customer without any identifier can't be reached by Peppol; nothing else may be wrong.
    assert not found, [str(each) for each in found]


def test_the_official_rules_are_really_run() -> None:
    assert is_available(), "bin/test installs saxonche"


@pytest.mark.parametrize("form", FORMS)
def test_what_is_exported_is_read_as_the_same_invoice(seller: Books, form: Form) -> None:
    number = sold(seller, country="BE", vat_number="BE0404616494")
    [made] = electronic_invoices(seller.anne, numbers=[number])
    came = read(electronic_invoice(seller.anne, number=number, form=form).content)
    assert same_business(came) == same_business(made)
    assert came.totals.with_vat == Decimal("50.00")


def same_business(invoice: EInvoice) -> EInvoice:
    """Without what the form itself decides."""
    return replace(invoice, syntax=Syntax.CII, specification="")


@pytest.mark.parametrize("form", FORMS)
def test_prepayments_and_instalments_keep_the_rules_in_every_form(
    seller: Books, form: Form
) -> None:
    set_payment_terms(
        seller.anne, code="30/70", parts=[TermDraft(share=30), TermDraft(share=70, days=30)]
    )
    customer(seller, "C-1", country="NL", vat_number="NL854502130B01")
    line = InvoiceLineInput(text="Boat", quantity=Decimal(1), unit_price=Decimal("999.99"))
    given: dict[str, Any] = {"party": "C-1", "reference": "PO-77", "lines": [line]}
    day = date(2011, 3, 1)
    before = issue_invoice(seller.anne, date=day, prepayment=True, **given).number
    given["lines"] = [line, line]
    final = issue_invoice(seller.anne, date=day, deduct=[before], terms="30/70", **given).number
    types = []
    for number in (before, final):
        content = electronic_invoice(seller.anne, number=number, form=form).content
        assert not errors(validate(content, official=True))
        types.append(read(content).type_code)
    assert types == ["386", "380"]
    assert [each.number for each in read(content).preceding] == [before]
    assert read(content).totals.with_vat == Decimal("1189.99")


def test_a_credit_note_is_a_ubl_credit_note_that_names_its_invoice(seller: Books) -> None:
    number = sold(seller, country="NL")
    note = credit_invoice(seller.anne, invoice=number, date=date(2011, 3, 9), why="Broken").number
    file = electronic_invoice(seller.anne, number=note, form="ubl")
    document = read_document(file.content)
    assert document.root.name == "cn:CreditNote"
    invoice = document.invoice
    assert (invoice.type_code, invoice.preceding[0].number) == ("381", number)
    assert invoice.totals.with_vat == read(electronic_invoice(seller.anne, number=number, form="ubl").content).totals.with_vat  # fmt: skip
    assert not errors(validate(file.content, official=True))


def test_a_factur_x_pdf_is_pdf_a_3_with_the_xml_and_its_profile(seller: Books) -> None:
    number = sold(seller, country="NL")
    paper = electronic_invoice(seller.anne, number=number, form="factur-x", language="nl")
    reader = PdfReader(io.BytesIO(paper.content), strict=True)
    root: Any = reader.root_object
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in xmp
    assert "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>" in xmp
    assert [each.get_object()["/AFRelationship"] for each in root["/AF"]] == ["/Alternative"]  # fmt: skip
    assert "Factuur" in reader.pages[0].extract_text()
    assert read_document(paper.content).attachment == "factur-x.xml"


@pytest.mark.parametrize("form", FORMS)
def test_with_an_account_an_invoice_goes_out_by_peppol_and_keeps_its_rules(
    seller: Books, form: Form
) -> None:
    add_bank_account(seller.anne, name="Bank", iban="NL91ABNA0417164300")
    number = sold(seller, country="BE", vat_number="BE0404616494")
    file = electronic_invoice(seller.anne, number=number, form=form)
    invoice = read(file.content)
    assert [each.account for each in invoice.payments] == ["NL91ABNA0417164300"]
    assert (invoice.payment_reference, invoice.payments[0].code) == (number, "58")
    assert invoice.seller.contact is not None
    assert invoice.buyer.endpoint is not None
    assert invoice.buyer.endpoint.scheme == "9925"
    if form == "ubl":
        assert invoice.specification == peppol.SPECIFICATION
    assert not [each for each in validate(file.content, official=True) if each.severity == "error"]


def test_the_payee_is_told_only_where_the_company_has_an_account(seller: Books) -> None:
    number = sold(seller, country="NL")
    [made] = electronic_invoices(seller.anne, numbers=[number])
    assert made.payments == ()
    assert made.payment_reference == ""
    assert made.seller.endpoint is not None
    assert (made.seller.endpoint.scheme, made.seller.endpoint.value) == ("0106", "12345678")


def test_many_invoices_are_read_with_as_many_statements_as_one(
    seller: Books, django_assert_max_num_queries: object
) -> None:
    customer(seller, "C-1")
    numbers = [
        issue_invoice(
            seller.anne, party="C-1", date=date(2011, 3, 1),
            lines=[InvoiceLineInput(text="Thing", quantity=Decimal(1), unit_price=Decimal(10))],
        ).number
        for _ in range(5)
    ]  # fmt: skip
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert len(electronic_invoices(seller.anne, numbers=numbers)) == 5
    assert [each.number for each in invoice_files(seller.anne, numbers, "ubl")] == numbers


def test_unknown_numbers_and_forms_are_refused(seller: Books) -> None:
    with pytest.raises(NotFound):
        electronic_invoice(seller.anne, number="2011-99999", form="ubl")
    with pytest.raises(InvalidInput):
        list(invoice_files(seller.anne, [], "edifact"))
