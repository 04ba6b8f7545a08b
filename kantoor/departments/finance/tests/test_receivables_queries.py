"""What is owed as lists, records and ages show it, and as the database and the prover hold it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from kantoor.departments.finance.actions.single_invoices import credit_invoice
from kantoor.departments.finance.drafts_invoices import (
    CreditLine,
)
from kantoor.departments.finance.errors import (
    UnknownInvoice,
)
from kantoor.departments.finance.models import Account
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.queries.invoice_card import invoice as card
from kantoor.departments.finance.queries.invoices import invoices
from kantoor.departments.finance.queries.receivables import is_paid, owed_by, receivables_by_age
from kantoor.departments.finance.tests.billing import (
    customer,
    draft,
    invoice,
    issue,
    line,
    pay,
)
from kantoor.departments.finance.tests.people import (
    Books,
)
from kantoor.kernel.errors import InvalidInput, NotFound

DAY = date(2011, 3, 20)


def test_ages_are_of_the_day_asked(books: Books) -> None:
    customer(books, "1001")
    for days in (0, 1, 30, 31, 60, 61, 90, 91):
        invoice(books, "1001", "100", on="2011-01-01", due_days=days)
    invoice(books, "1001", "50", on="2011-04-03", due_days=0)
    ages = receivables_by_age(books.anne, on=date(2011, 4, 2))
    row = ages.rows[0]
    # 2 April is 91 days after 1 January.
    assert [row.not_due, row.days_30, row.days_60, row.days_90, row.older] == [
        11900, 11900 * 2, 11900 * 2, 11900 * 2, 11900,
    ]  # fmt: skip
    assert ages.total.total == ages.account == 8 * 11900
    assert receivables_by_age(books.anne, on=date(2010, 12, 31)).rows == []
    for odd in (date.min, date.max):
        with pytest.raises(InvalidInput):
            receivables_by_age(books.anne, on=odd)


def test_the_list_filters_sums_and_pages(books: Books, other_books: Books) -> None:
    party = customer(books, "1001")
    customer(books, "1002")
    customer(other_books, "1001")
    invoice(other_books, "1001", "100")
    issue(books, *[draft(party, reference=f"PO-{n}", origin=f"sales.order/{n}") for n in range(5)])
    paid = invoice(books, "1002", "10", on="2011-03-02").number
    pay(books, 1190, invoice=paid)
    issue(books, draft(party, credit=True, credits="2011-00001"))

    def numbers(**wanted: object) -> list[str]:
        return [row.number for row in invoices(books.anne, **wanted).rows]  # type: ignore[arg-type]

    assert numbers(status="paid") == [paid, "C2011-00001"]
    assert numbers(status="credited") == ["2011-00001"]
    assert numbers(status="overdue", sort="number") == [f"2011-0000{n}" for n in (2, 3, 4, 5)]
    assert numbers(status="open") == []
    assert numbers(party="1002") == numbers(start=date(2011, 3, 2)) == numbers(most=2000) == [paid]
    assert numbers(reference="PO-3") == numbers(origin="sales.order/3") == ["2011-00004"]
    page = invoices(books.anne, limit=4)
    assert (page.count, page.sums) == (
        7, {"net": 41000, "tax": 7790, "gross": 48790, "open": 47600},
    )  # fmt: skip
    rest = invoices(books.anne, limit=4, cursor=page.next_cursor)
    assert len({row.number for row in (*page.rows, *rest.rows)}) == 7
    assert rest.next_cursor == ""


def test_lists_and_records_take_the_same_few_statements_however_long(
    books: Books, django_assert_num_queries: object
) -> None:
    party = customer(books, "1001")
    issue(books, *[draft(party) for _ in range(60)])
    with django_assert_num_queries(2):  # type: ignore[operator]
        invoices(books.anne)
    with django_assert_num_queries(3):  # type: ignore[operator]
        receivables_by_age(books.anne)
    with django_assert_num_queries(8):  # type: ignore[operator]
        card(books.anne, number="2011-00007")


def test_a_card_shows_all_that_belongs_to_an_invoice(books: Books) -> None:
    party = customer(books, "1001", vat_number="NL001234567B01")
    issue(
        books,
        draft(
            party,
            line("2", "50"),
            origin="sales.order/1",
            text="Thanks",
            vat_number="NL001234567B01",
        ),
    )
    pay(books, 4000, invoice="2011-00001")
    credit_invoice(
        books.anne,
        invoice="2011-00001",
        date=DAY,
        why="x",
        lines=[CreditLine(n=1, quantity=Decimal(1))],
    )
    found = card(books.anne, number="2011-00001")
    assert (found.invoice.open, found.invoice.status, found.text) == (1950, "overdue", "Thanks")
    assert (found.buyer.name, found.buyer.vat_number, found.seller.name) == (
        "Customer 1001", "NL001234567B01", "Bakker BV",
    )  # fmt: skip
    assert [(each.by, each.amount) for each in found.settlements] == [
        ("BNK/2011/1", 4000), ("C2011-00001", 5950),
    ]  # fmt: skip
    assert (found.entry, found.credit_notes) == ("VRK/2011/1", ["C2011-00001"])
    assert card(books.anne, number="C2011-00001").credits == "2011-00001"
    with pytest.raises(NotFound):
        card(books.anne, number="2011-00099")


def test_nobody_sees_what_another_company_is_owed(books: Books, other_books: Books) -> None:
    customer(other_books, "1001")
    number = invoice(other_books, "1001", "100").number
    with pytest.raises(NotFound):
        card(books.anne, number=number)
    with pytest.raises(UnknownInvoice):
        is_paid(books.anne, number=number)
    with pytest.raises(NotFound):
        owed_by(books.anne, party="1001")
    assert receivables_by_age(books.anne).rows == []


def _hand(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE finance_open_item SET open = open - 1 WHERE open > 0",
        "UPDATE finance_open_item SET due_on = '2012-01-01' WHERE open > 0",
        "UPDATE finance_open_item SET party_id = NULL WHERE open > 0",
        "UPDATE finance_open_item SET amount = 999999 WHERE open > 0",
        "DELETE FROM finance_open_item WHERE open > 0",
    ],
)
def test_the_prover_finds_a_changed_item(books: Books, sql: str) -> None:
    customer(books, "1001")
    pay(books, 100, invoice=invoice(books, "1001", "100").number)
    _hand(sql)
    assert any("finance_open_item row" in fault.where for fault in receivables())


def test_the_database_refuses_to_settle_too_much_or_to_change_a_settlement(books: Books) -> None:
    customer(books, "1001")
    pay(books, 100, invoice=invoice(books, "1001", "100").number)
    for sql in (
        "UPDATE finance_open_item SET open = -1 WHERE amount > 0",
        "UPDATE finance_open_item SET open = 999999 WHERE amount > 0",
        "UPDATE finance_settlement SET amount = 1",
        "DELETE FROM finance_settlement",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            _hand(sql)


def test_the_account_of_receivables_stays_it_once_it_has_lines(books: Books) -> None:
    customer(books, "1001")
    invoice(books, "1001", "100")
    account = Account.objects.get(company_id=books.company_id, role="receivables")
    with pytest.raises(DatabaseError), transaction.atomic():
        _hand(f"UPDATE finance_account SET role = '' WHERE id = {account.pk}")  # noqa: S608
