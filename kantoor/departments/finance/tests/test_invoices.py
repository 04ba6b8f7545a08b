"""Issuing invoices: numbers, amounts, entries, and every refusal with its place."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from kantoor.departments.finance.actions.closing import close_period
from kantoor.departments.finance.actions.invoices import issue_invoices
from kantoor.departments.finance.actions.single_invoices import issue_invoice
from kantoor.departments.finance.drafts_invoices import InvoiceLine, InvoiceLineInput
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    ClosedPeriod,
    EmptyInvoice,
    MissingRate,
    UnknownInvoice,
    UnknownParty,
    UnknownTaxCode,
    WrongLineAmount,
)
from kantoor.departments.finance.models import (
    Entry,
    Invoice,
    InvoiceTax,
    Line,
    OpenItem,
    Particulars,
)
from kantoor.departments.finance.tests.billing import (
    assert_tied,
    customer,
    draft,
    invoice,
    issue,
    line,
)
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed
from kantoor.kernel.money import LARGEST
from kantoor.kernel.store.tables import layout_of

DAY = date(2011, 3, 1)


def test_an_invoice_is_numbered_taxed_booked_and_open(books: Books) -> None:
    party = customer(books, "1001")
    issued = issue(books, draft(party, line("2", "50"), line("1", "0.50"), reference="PO 7"))
    assert (issued.first, issued.net, issued.tax, issued.gross) == (
        "2011-00001",
        10050,
        1910,
        11960,
    )
    found = Invoice.objects.get(pk=issued.invoice_ids[0])
    assert (found.kind, found.due_on, found.line_count) == ("invoice", date(2011, 3, 31), 2)
    assert found.entry is not None
    assert (found.entry.journal.kind, found.entry.text) == ("sales", "2011-00001")
    assert found.entry.origin == f"finance.invoice/{found.pk}"
    moved = {each.account.role: each.amount for each in found.entry.lines.all()}
    assert moved == {"receivables": 11960, "sales_domestic": -10050, "vat_payable": -1910}
    item = OpenItem.objects.get(entry=found.entry)
    assert (item.party_id, item.due_on, item.amount, item.open) == (
        party, date(2011, 3, 31), 11960, 11960,
    )  # fmt: skip
    assert_tied(books)


def test_a_credit_note_has_positive_amounts_and_books_the_other_way(books: Books) -> None:
    party = customer(books, "1001")
    issued = issue(books, draft(party, credit=True))
    assert (issued.first, issued.net, issued.gross) == ("C2011-00001", -10000, -11900)
    note = Invoice.objects.get(number="C2011-00001")
    assert (note.net, note.tax, note.gross) == (10000, 1900, 11900)
    assert note.entry is not None
    assert note.entry.journal.kind == "credit_notes"
    moved = {each.account.role: each.amount for each in note.entry.lines.all()}
    assert moved == {"receivables": -11900, "sales_domestic": 10000, "vat_payable": 1900}
    assert_tied(books)


def test_numbers_run_without_gaps_by_kind_and_year(books: Books, other_books: Books) -> None:
    party, theirs = customer(books, "1001"), customer(other_books, "1001")
    issue(books, draft(party, on="2010-12-31"), draft(party), draft(party, credit=True))
    issue(other_books, draft(theirs))
    issue(books, draft(party), draft(party, on="2010-12-30"))
    mine = Invoice.objects.filter(company_id=books.company_id).order_by("id")
    assert [each.number for each in mine] == [
        "2010-00001", "2011-00001", "C2011-00001", "2011-00002", "2010-00002",
    ]  # fmt: skip
    assert Invoice.objects.get(company_id=other_books.company_id).number == "2011-00001"
    assert_tied(books)


def test_an_invoice_of_nought_has_no_entry_and_nothing_open(books: Books) -> None:
    party = customer(books, "1001")
    issued = issue(books, draft(party, line("5", "0")), draft(party))
    free = Invoice.objects.get(pk=issued.invoice_ids[0])
    assert (free.gross, free.entry_id, free.line_count) == (0, None, 1)
    assert InvoiceTax.objects.filter(invoice=free).count() == 1
    assert OpenItem.objects.count() == Entry.objects.count() == 1
    assert_tied(books)


def test_only_free_invoices_are_issued_too(books: Books) -> None:
    issue(books, draft(customer(books, "1001"), line("5", "0")))
    assert Entry.objects.count() == 0
    assert_tied(books)


def test_a_discount_is_a_line_below_zero(books: Books) -> None:
    issued = issue(books, draft(customer(books, "1001"), line("1", "100"), line("-1", "10")))
    assert (issued.net, issued.tax) == (9000, 1710)


def test_an_invoice_below_zero_is_open_in_the_customers_favour(books: Books) -> None:
    issue(books, draft(customer(books, "1001"), line("-1", "100")))
    assert OpenItem.objects.get().open == -11900
    assert_tied(books)


def test_the_buyer_is_copied_once_for_each_change(books: Books) -> None:
    first, second = customer(books, "1001"), customer(books, "1002")
    issue(books, draft(first), draft(first), draft(second), draft(first, country="BE"))
    issue(books, draft(first), draft(second))
    buyers = Particulars.objects.exclude(party=None).order_by("id")
    assert [(each.party_id, each.country) for each in buyers] == [
        (first, "NL"), (second, "NL"), (first, "BE"),
    ]  # fmt: skip
    assert Particulars.objects.filter(party=None).count() == 1


def test_an_invoice_by_one_person_has_a_rate_for_each_line(books: Books) -> None:
    customer(books, "1001")
    made = issue_invoice(
        books.anne,
        party="1001",
        date=DAY,
        lines=[
            InvoiceLineInput(text="Chair", quantity=Decimal(3), unit_price=Decimal("33.333")),
            InvoiceLineInput(text="Book", quantity=Decimal(1), unit_price=Decimal(10), tax="S6"),
            InvoiceLineInput(text="Care", quantity=Decimal(1), unit_price=Decimal(5), tax="E"),
        ],
    )
    assert (made.number, made.net, made.tax, made.gross) == ("2011-00001", 11500, 1960, 13460)
    taxes = InvoiceTax.objects.order_by("id").values_list("tax_code__code", "base", "amount")
    assert list(taxes) == [("S19", 10000, 1900), ("S6", 1000, 60), ("E", 500, 0)]
    roles = {row.account.role: row.amount for row in Line.objects.all()}
    assert roles["sales_exempt"] == -500
    assert_tied(books)


def _lines_of(*lines: InvoiceLine) -> dict[str, Any]:
    return {"lines": lines}


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"lines": ()}, EmptyInvoice, "lines"),
        ({"date": "2011-02-31"}, InvalidInput, "date"),
        ({"date": "20110228"}, InvalidInput, "date"),
        ({"date": "1400-01-01"}, InvalidInput, "date"),
        ({"party_id": 10**9}, UnknownParty, "party"),
        ({"credits": "2011-00009", "credit": True}, UnknownInvoice, "credits"),
        ({"due_days": -1}, InvalidInput, "due_days"),
        ({"reference": "x" * 81}, InvalidInput, "reference"),
        ({"text": "a\0b"}, InvalidInput, "reference"),
        ({"country": "NLD"}, UnknownParty, "country"),
        (_lines_of(InvoiceLine("A", "x", 10**6, 10**6, 101)), WrongLineAmount, "lines"),
        (_lines_of(InvoiceLine("A", "x" * 501, 10**6, 10**6, 100)), InvalidInput, "lines"),
        (_lines_of(InvoiceLine("A", "x", 2**63, 0, 0)), AmountOutOfRange, "lines"),
        (
            _lines_of(*[InvoiceLine("A", "x", 10**13, (LARGEST // 10**5) * 10**2, LARGEST // 10**5 * 10**5)] * 2),
            AmountOutOfRange,
            "lines",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_place(
    books: Books, wrong: dict[str, Any], error: type[DomainError], field: str
) -> None:
    party = customer(books, "1001")
    bad = draft(party)
    for name, value in wrong.items():
        setattr(bad, name, value)
    with pytest.raises(error) as refused:
        issue(books, draft(party), bad)
    assert (refused.value.place.line, refused.value.place.field) == (2, field)
    assert Invoice.objects.count() == Entry.objects.count() == 0


def test_a_closed_period_takes_no_invoice(books: Books) -> None:
    party = customer(books, "1001")
    issue(books, draft(party))
    close_period(books.anne, period="2011-03", how="hard")
    with pytest.raises(ClosedPeriod) as refused:
        issue_invoices(books.bob("finance.issue_invoice"), invoices=[draft(party)])
    assert refused.value.place.line == 1


def test_parties_of_another_company_are_unknown(books: Books, other_books: Books) -> None:
    theirs = customer(other_books, "1001")
    with pytest.raises(UnknownParty):
        issue(books, draft(theirs))
    with pytest.raises(UnknownParty):
        invoice(books, "1001", "100")


def test_invoices_need_the_permission(books: Books) -> None:
    with pytest.raises(NotAllowed):
        issue_invoices(books.bob("finance.post_entry"), invoices=[draft(customer(books, "1"))])


def test_no_invoice_at_all_is_refused(books: Books) -> None:
    with pytest.raises(EmptyInvoice):
        issue_invoices(books.anne, invoices=[])


def test_another_currency_waits_for_its_rate(books: Books) -> None:
    customer(books, "1001")
    with pytest.raises(MissingRate):
        invoice(books, "1001", "100", currency="USD")
    assert invoice(books, "1001", "100", currency="EUR").gross == 11900


def test_a_currency_without_decimals_rounds_to_whole_units(books: Books) -> None:
    yen = replace(books, anne=replace(books.anne, currency="JPY"))
    party = customer(yen, "1001")
    issued = issue(yen, draft(party, line("3", "33.5", currency="JPY")))
    assert (issued.net, issued.tax) == (101, 19)


@pytest.mark.parametrize("code", ["S21", "S7", "X", "S19D"])
def test_a_tax_code_that_is_not_in_force_is_refused(books: Books, code: str) -> None:
    customer(books, "1001")
    lines = [InvoiceLineInput(text="x", quantity=Decimal(1), unit_price=Decimal(1), tax=code)]
    with pytest.raises(UnknownTaxCode) as refused:
        issue_invoice(books.anne, party="1001", date=DAY, lines=lines)
    assert refused.value.place.line == 1


@pytest.mark.parametrize(
    "number",
    ["NaN", "-Infinity", "1E+999999", "0.0000001", "1.00000000000000000000000000000001", "1E+18"],
)
@pytest.mark.parametrize("field", ["quantity", "unit_price"])
def test_odd_numbers_are_refused_at_their_field(books: Books, number: str, field: str) -> None:
    customer(books, "1001")
    given: dict[str, Any] = {"quantity": Decimal(1), "unit_price": Decimal(1)}
    given[field] = Decimal(number)
    with pytest.raises(InvalidInput) as refused:
        issue_invoice(
            books.anne, party="1001", date=DAY, lines=[InvoiceLineInput(text="x", **given)]
        )
    assert (refused.value.place.line, refused.value.place.field) == (1, field)


def _refused_by_the_database(sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_to_touch_what_was_issued(books: Books) -> None:
    issue(books, draft(customer(books, "1001")))
    for table, column in (
        ("finance_invoice", "net = net + 1"),
        ("finance_invoice_line", "net = net + 1"),
        ("finance_invoice_tax", "base = base + 1"),
        ("finance_particulars", "name = 'Somebody else'"),
    ):
        _refused_by_the_database(f"UPDATE {table} SET {column}")  # noqa: S608
        _refused_by_the_database(f"DELETE FROM {table}")  # noqa: S608
    tax = "invoice_id, tax_code_id, category, rate, base, amount"
    _refused_by_the_database(
        f"INSERT INTO finance_invoice_tax ({tax}) SELECT {tax} FROM finance_invoice_tax"  # noqa: S608
    )


def test_the_database_refuses_an_invoice_that_does_not_add_up(books: Books) -> None:
    issue(books, draft(customer(books, "1001")))
    columns = [name for name in layout_of(Invoice).columns if name != "id"]
    changed = {"number": "'2011-00002'", "sequence": "2", "entry_id": "NULL"}
    values = ", ".join(changed.get(name, name) for name in columns)
    _refused_by_the_database(
        f"INSERT INTO finance_invoice (id, {', '.join(columns)})"  # noqa: S608
        f" SELECT id + 1000, {values} FROM finance_invoice"
    )
