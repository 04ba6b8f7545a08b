"""What is written is read as the same invoice, is valid by the schemas, and breaks no new rule."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from kantoor.departments.finance.formats.einvoice import (
    EInvoice,
    Syntax,
    UnreadableInvoice,
    errors,
    read,
    read_document,
    write_cii,
    write_ubl,
)
from kantoor.departments.finance.formats.einvoice.model import (
    Adjustment,
    Attachment,
    Attribute,
    Contact,
    Delivery,
    Identifier,
    Line,
    Note,
    Party,
    Payment,
    Period,
    PostalAddress,
    Preceding,
    TaxTotal,
    Totals,
    VatBreakdown,
    VatCategory,
)
from kantoor.departments.finance.formats.einvoice.official import published
from kantoor.departments.finance.formats.einvoice.validation import findings
from kantoor.departments.finance.tests.einvoice.samples import COLLECTIONS, samples
from kantoor.kernel.tests.shared import shared_file

# Making an invoice smaller until it is the smallest that fails would take minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
# By XML 1.0; no space around, which readers take off, and no "#", which marks a note's subject.
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="#"),
    min_size=1,
    max_size=12,
)
MAYBE = st.just("") | WORDS
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
AMOUNTS = st.decimals(-(10**9), 10**9, places=2)
EXACT = st.decimals(0, 10**6, places=4)
COUNTRIES = st.sampled_from(["NL", "BE", "DE", "US"])
IDS = st.builds(Identifier, value=WORDS, scheme=st.sampled_from(["0088", "0106", "0208"]))
CATEGORIES = st.builds(VatCategory, code=st.sampled_from("SZE"), rate=EXACT)
ADDRESSES = st.builds(
    PostalAddress,
    street=MAYBE,
    additional=MAYBE,
    third_line=MAYBE,
    city=MAYBE,
    postcode=MAYBE,
    region=MAYBE,
    country=COUNTRIES,
)
CONTACTS = st.none() | st.builds(Contact, name=WORDS, phone=MAYBE, email=MAYBE)
PERIODS = st.none() | st.builds(Period, start=DAYS, end=st.none() | DAYS)
PARTIES = st.builds(
    Party,
    name=WORDS,
    trading_name=MAYBE,
    identifiers=st.lists(IDS, max_size=1).map(tuple),
    registration=st.none() | IDS,
    vat_number=MAYBE,
    endpoint=st.none() | IDS,
    address=ADDRESSES,
    contact=CONTACTS,
)
SELLERS = st.builds(
    lambda party, tax, form: replace(party, tax_registration=tax, legal_form=form),
    PARTIES,
    MAYBE,
    MAYBE,
)
PAYEES = st.none() | st.builds(
    Party,
    name=WORDS,
    identifiers=st.lists(IDS, max_size=1).map(tuple),
    registration=st.none() | IDS,
)
AGENTS = st.none() | st.builds(Party, name=WORDS, vat_number=WORDS, address=ADDRESSES)
PLACES = st.none() | st.builds(
    Delivery, name=MAYBE, location=st.none() | IDS, date=DAYS, address=st.none() | ADDRESSES
)


def adjustments(
    vat: st.SearchStrategy[VatCategory | None],
) -> st.SearchStrategy[tuple[Adjustment, ...]]:
    """Allowances and charges."""
    one = st.builds(
        Adjustment,
        charge=st.booleans(),
        amount=AMOUNTS,
        base=st.none() | AMOUNTS,
        percentage=st.none() | EXACT,
        reason=MAYBE,
        reason_code=MAYBE,
        vat=vat,
    )
    return st.lists(one, max_size=2).map(tuple)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A line; a price's discount stands beside its gross price, as UBL and CII both have it."""
    gross = draw(st.none() | EXACT)
    return draw(
        st.builds(
            Line,
            number=WORDS,
            note=MAYBE,
            invoiced_object=st.none() | IDS,
            quantity=EXACT,
            unit=st.sampled_from(["C62", "KGM"]),
            net=AMOUNTS,
            order_line=MAYBE,
            accounting=MAYBE,
            period=PERIODS,
            adjustments=adjustments(st.none()),
            price=EXACT,
            discount=st.none() if gross is None else EXACT,
            gross_price=st.just(gross),
            price_quantity=st.none() | EXACT,
            vat=CATEGORIES,
            name=WORDS,
            description=MAYBE,
            seller_item=MAYBE,
            buyer_item=MAYBE,
            standard_item=st.none() | IDS,
            classifications=st.lists(
                st.builds(Identifier, value=WORDS, scheme=st.just("TST"), version=MAYBE), max_size=2
            ).map(tuple),
            origin=st.just("") | COUNTRIES,
            attributes=st.lists(st.builds(Attribute, name=WORDS, value=WORDS), max_size=2).map(
                tuple
            ),
        )
    )


PAYMENTS = st.builds(
    Payment,
    code=st.sampled_from(["30", "58", "48"]),
    name=MAYBE,
    account=st.none() | st.sampled_from(["NL91ABNA0417164300", "12345678"]),
    bic=MAYBE,
    card=st.none() | st.just("1234"),
).map(lambda each: each if each.account else replace(each, bic=""))


@st.composite
def invoices(draw: st.DrawFn, *, credit: bool) -> EInvoice:
    """An invoice or credit note with anything that EN 16931 has a term for."""
    payments = draw(st.lists(PAYMENTS, min_size=1, max_size=2).map(tuple))
    point = draw(st.sampled_from(["date", "code", ""]))
    return draw(
        st.builds(
            EInvoice,
            syntax=st.just(Syntax.UBL_CREDIT_NOTE if credit else Syntax.UBL_INVOICE),
            specification=WORDS,
            process=MAYBE,
            number=WORDS,
            date=DAYS,
            type_code=st.just("381" if credit else "380"),
            currency=st.just("EUR"),
            tax_currency=st.just(""),
            tax_point=DAYS if point == "date" else st.none(),
            tax_point_code=st.just("35" if point == "code" else ""),
            due_on=DAYS,
            buyer_reference=MAYBE,
            project=MAYBE,
            contract=MAYBE,
            order=WORDS,
            sales_order=MAYBE,
            receiving_advice=MAYBE,
            despatch_advice=MAYBE,
            tender=MAYBE,
            invoiced_object=st.none() | IDS,
            accounting=MAYBE,
            payment_terms=MAYBE,
            notes=st.lists(
                st.builds(Note, text=WORDS, subject=st.sampled_from(["", "AAI"])), max_size=2
            ).map(tuple),
            preceding=st.lists(
                st.builds(Preceding, number=WORDS, date=st.none() | DAYS), max_size=2
            ).map(tuple),
            seller=SELLERS,
            buyer=PARTIES,
            payee=PAYEES,
            representative=AGENTS,
            delivery=PLACES,
            period=PERIODS,
            payments=st.just(payments),
            payment_reference=MAYBE,
            mandate=st.none() | WORDS,
            creditor=MAYBE,
            adjustments=adjustments(CATEGORIES),
            totals=st.builds(
                Totals,
                lines=AMOUNTS,
                without_vat=AMOUNTS,
                with_vat=AMOUNTS,
                payable=AMOUNTS,
                **dict.fromkeys(("allowances", "charges", "paid", "rounding"), st.none() | AMOUNTS),
            ),
            tax_totals=st.just((TaxTotal(amount=Decimal("1.00"), currency="EUR"),)),
            taxes=st.lists(
                st.builds(
                    VatBreakdown,
                    base=AMOUNTS,
                    amount=AMOUNTS,
                    vat=CATEGORIES,
                    reason=MAYBE,
                    reason_code=MAYBE,
                ),
                min_size=1,
                max_size=3,
            ).map(tuple),
            attachments=st.lists(
                st.builds(
                    Attachment,
                    reference=WORDS,
                    description=MAYBE,
                    content=st.binary(min_size=1, max_size=20),
                    mime=st.just("application/pdf"),
                    filename=WORDS,
                ),
                max_size=2,
            ).map(tuple),
            lines=st.lists(lines(), min_size=1, max_size=2).map(tuple),
        )
    )


@settings(max_examples=40, deadline=None, phases=PHASES)
@given(st.booleans().flatmap(lambda credit: invoices(credit=credit)))
def test_what_is_written_as_ubl_is_read_as_the_same_invoice(invoice: EInvoice) -> None:
    assert read(write_ubl(invoice)) == invoice


@settings(max_examples=40, deadline=None, phases=PHASES)
@given(invoices(credit=False))
def test_what_is_written_as_cii_is_read_as_the_same_invoice(invoice: EInvoice) -> None:
    written = replace(invoice, syntax=Syntax.CII)
    assert read(write_cii(written)) == written


@settings(max_examples=15, deadline=None, phases=PHASES)
@given(st.booleans().flatmap(lambda credit: invoices(credit=credit)))
def test_whatever_is_written_is_valid_by_the_schemas(invoice: EInvoice) -> None:
    # D16B has room for one preceding invoice; EN 16931 and Factur-X have it for many.
    crossed = replace(invoice, preceding=invoice.preceding[:1])
    for xml in (write_ubl(invoice), write_cii(crossed)):
        root = etree.fromstring(xml)
        schema = schema_of(etree.QName(root).localname)
        assert schema.validate(root), schema.error_log


@cache
def schema_of(root: str) -> etree.XMLSchema:
    """The official schema of a kind of document."""
    ubl = published() / "ubl-2.1" / "maindoc"
    paths = {name: ubl / f"UBL-{name}-2.1.xsd" for name in ("Invoice", "CreditNote")}
    if root in paths:
        return etree.XMLSchema(etree.parse(paths[root]))
    folder = ("standards", "cii-d16b-xsd", "CII", "uncefact", "data", "standard")
    return etree.XMLSchema(etree.parse(shared_file(*folder, "CrossIndustryInvoice_100pD16B.xsd")))


# UBL.BE is beyond EN 16931 and has no like in CII.
@pytest.mark.parametrize("collection", sorted({*COLLECTIONS} - {"ublbe"}))
def test_valid_samples_stay_valid_in_both_syntaxes(collection: str) -> None:
    for path, _expected in samples(collection):
        try:
            document = read_document(path.read_bytes())
        except UnreadableInvoice:
            continue
        invoice = document.invoice
        if errors(findings(document)) or invoice.syntax is Syntax.ZUGFERD_1:
            continue
        for xml in (write_ubl(invoice), write_cii(invoice)):
            again = read_document(xml)
            assert not errors(findings(again)), path
            assert again.invoice.totals == invoice.totals
            assert [line.net for line in again.invoice.lines] == [
                line.net for line in invoice.lines
            ]
