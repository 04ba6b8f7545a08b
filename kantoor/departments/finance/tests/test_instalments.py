"""Invoices that are paid in parts: each part an open item with its own due date."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from kantoor.departments.finance.actions.instalments import (
    TermDraft,
    instalments,
    remove_payment_terms,
    set_payment_terms,
)
from kantoor.departments.finance.actions.single_invoices import credit_invoice
from kantoor.departments.finance.errors import AmountOutOfRange
from kantoor.departments.finance.exports.einvoices import electronic_invoice
from kantoor.departments.finance.formats.einvoice import validate
from kantoor.departments.finance.models import OpenItem
from kantoor.departments.finance.print.invoice_pdf import Language, invoice_pdf
from kantoor.departments.finance.queries.banking.matches import Item, Movement
from kantoor.departments.finance.queries.banking.matching import Matcher
from kantoor.departments.finance.queries.collecting.overdue import overdue_items
from kantoor.departments.finance.queries.collecting.statement import statement_of_account
from kantoor.departments.finance.queries.einvoice.invoices import electronic_invoices
from kantoor.departments.finance.queries.invoice_card import InvoiceCard
from kantoor.departments.finance.queries.invoice_card import invoice as card_of
from kantoor.departments.finance.queries.payment_terms import TermPart, payment_terms
from kantoor.departments.finance.queries.receivables import receivables_by_age
from kantoor.departments.finance.tests.billing import (
    assert_tied,
    customer,
    draft,
    invoice,
    issue,
    pay,
)
from kantoor.departments.finance.tests.currency.foreign import rate
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.record.verify.system import verify

HALVES = [TermDraft(share=30), TermDraft(share=70, days=30)]
THIRDS = [TermDraft(share=1, months=months) for months in (1, 2, 3)]


@pytest.fixture
def terms(books: Books) -> Books:
    """A customer A, and terms: 30 % at once and 70 % in 30 days, or three months in thirds."""
    customer(books, "A")
    set_payment_terms(books.anne, code="30/70", parts=HALVES)
    set_payment_terms(books.anne, code="3M", parts=THIRDS)
    return books


def card(books: Books, number: str) -> InvoiceCard:
    return card_of(books.anne, number=number)


def parts(books: Books, number: str) -> Sequence[tuple[str, int, int]]:
    """The instalments of an invoice: when, how much, and what is open."""
    found = card(books, number).instalments
    return [(each.due_on.isoformat(), each.amount, each.open) for each in found]


def test_each_part_is_an_item_with_its_own_due_date(terms: Books) -> None:
    made = invoice(terms, "A", "100", terms="30/70")
    assert made.due_on == date(2011, 3, 31)
    assert parts(terms, made.number) == [("2011-03-01", 3570, 3570), ("2011-03-31", 8330, 8330)]
    items = OpenItem.objects.order_by("line_id").values_list("due_on", "open")
    assert list(items) == [(date(2011, 3, 1), 3570), (date(2011, 3, 31), 8330)]
    ages = receivables_by_age(terms.anne, on=date(2011, 3, 15)).total
    assert (ages.not_due, ages.days_30) == (8330, 3570)
    assert_tied(terms)
    assert verify(tables=["finance_instalment", "finance_open_item"]).ok


def test_rounding_is_left_to_the_last_part(terms: Books) -> None:
    made = invoice(terms, "A", "100", on="2011-01-31", terms="3M")
    assert parts(terms, made.number) == [
        ("2011-02-28", 3967, 3967), ("2011-03-31", 3967, 3967), ("2011-04-30", 3966, 3966),
    ]  # fmt: skip


def test_payments_go_to_the_part_that_is_due_first(terms: Books) -> None:
    made = invoice(terms, "A", "100", terms="30/70")
    pay(terms, 5000, invoice=made.number)
    assert [still for _due, _amount, still in parts(terms, made.number)] == [0, 6900]
    assert card(terms, made.number).invoice.open == 6900
    pay(terms, 6900, party="A")
    assert card(terms, made.number).invoice.status == "paid"
    assert_tied(terms)


def test_it_is_overdue_when_a_part_is(terms: Books) -> None:
    soon = timezone.localdate().isoformat()
    made = invoice(terms, "A", "100", on=soon, terms="30/70")
    assert card(terms, made.number).invoice.status == "open"
    old = invoice(terms, "A", "100", terms="30/70")
    assert card(terms, old.number).invoice.status == "overdue"
    late = overdue_items(terms.company_id, date(2011, 3, 20))
    assert [each.open for items in late.values() for each in items] == [3570]


def test_the_statement_of_account_has_a_row_for_each_part(terms: Books) -> None:
    made = invoice(terms, "A", "100", terms="30/70")
    found = statement_of_account(
        terms.anne, party="A", start=date(2011, 3, 1), end=date(2011, 3, 31)
    )
    assert [(row.document, row.due_on.day, row.open) for row in found.rows] == [
        (made.number, 1, 3570), (made.number, 31, 8330),
    ]  # fmt: skip


def test_a_credit_note_settles_with_the_parts_in_their_order(terms: Books) -> None:
    made = invoice(terms, "A", "100", terms="30/70")
    credit_invoice(terms.anne, invoice=made.number, date=date(2011, 3, 5), why="Broken")
    assert [still for _due, _amount, still in parts(terms, made.number)] == [0, 0]
    assert card(terms, made.number).invoice.status == "credited"
    assert_tied(terms)


def test_in_dollars_each_part_is_in_both_currencies(terms: Books) -> None:
    rate(terms, "2011-03-01", "1.25")
    made = invoice(terms, "A", "100", currency="USD", terms="30/70")
    items = OpenItem.objects.order_by("line_id").values_list("currency_open", "open")
    assert list(items) == [(3570, 2856), (8330, 6664)]
    pay(terms, 3570, invoice=made.number, currency="USD")
    assert card(terms, made.number).invoice.open == 8330
    assert_tied(terms)


def test_many_are_issued_at_once(terms: Books) -> None:
    party = customer(terms, "B")
    issued = issue(terms, draft(party, terms="3M"), draft(party), draft(party, terms="30/70"))
    assert OpenItem.objects.filter(company_id=terms.company_id).count() == 6
    assert issued.gross == 35_700
    assert_tied(terms)


def test_the_electronic_invoice_says_the_parts_in_words(terms: Books) -> None:
    made = invoice(terms, "A", "100", terms="30/70", reference="PO 1")
    (found,) = electronic_invoices(terms.anne, numbers=[made.number])
    assert found.due_on is None
    assert "2011-03-01: 35.70; 2011-03-31: 83.30" in found.payment_terms
    for form in ("ubl", "cii"):
        content = electronic_invoice(terms.anne, number=made.number, form=form).content
        assert "BR-CO-25" not in {each.rule for each in validate(content)}


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("To be paid in parts", "35.70")), ("nl", ("Te betalen in delen", "35,70"))],
)
def test_the_paper_says_the_parts(terms: Books, language: Language, said: tuple[str, str]) -> None:
    made = invoice(terms, "A", "100", terms="30/70")
    paper = PdfReader(io.BytesIO(invoice_pdf(terms.anne, made.number, language)))
    text = paper.pages[0].extract_text()
    assert all(each in text for each in said)


def test_a_bank_line_that_pays_one_of_equal_parts_pays_the_first(terms: Books) -> None:
    made = [Item(n, 1, 1, "A", "2011-00001", 500, f"2011-0{n}-01") for n in (3, 1, 2)]
    movement = Movement(1, 500, "2011-01-05", "invoice 2011-00001", "A", "", "", "")
    match = Matcher(made).exact(movement)
    assert match is not None
    assert [share.item.key for share in match.shares] == [1]


def test_terms_are_replaced_and_removed(terms: Books) -> None:
    set_payment_terms(terms.anne, code="3M", parts=HALVES)
    assert [len(each.parts) for each in payment_terms(terms.anne)] == [2, 2]
    remove_payment_terms(terms.anne, code="3M")
    with pytest.raises(InvalidInput, match="3M"):
        invoice(terms, "A", "100", terms="3M")


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [TermDraft(share=0)],
        [TermDraft(share=1, days=30), TermDraft(share=1, days=30)],
        [TermDraft(share=1, days=-1)],
    ],
)
def test_terms_that_make_no_sense_are_refused(terms: Books, wrong: Sequence[TermDraft]) -> None:
    with pytest.raises(InvalidInput):
        set_payment_terms(terms.anne, code="X", parts=wrong)


def test_what_can_not_be_parted_is_refused(terms: Books) -> None:
    with pytest.raises(InvalidInput):
        invoice(terms, "A", "100", credit=True, terms="3M")
    with pytest.raises(AmountOutOfRange):
        invoice(terms, "A", "0.01", terms="3M")


@given(
    gross=st.integers(1, 10**15),
    shares=st.lists(st.integers(1, 1000), min_size=1, max_size=12),
    per_euro=st.decimals(Decimal("0.1"), Decimal(10), places=2),
)
def test_parts_add_up_to_the_whole(gross: int, shares: list[int], per_euro: Decimal) -> None:
    own = int(gross * per_euro)
    given_parts = [TermPart(share, 0, n) for n, share in enumerate(shares)]
    try:
        made = instalments(given_parts, date(2024, 2, 29), gross, own, None)
    except AmountOutOfRange:
        assert gross < 10_000_000 or own < 10_000_000
        return
    assert sum(each.amount for each in made) == gross
    assert sum(each.own_amount for each in made) == own
    assert [each.due_on for each in made] == sorted(each.due_on for each in made)
