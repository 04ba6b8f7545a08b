"""What can be asked of payables: lists, cards, what is owed by age and item by item."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.finance.actions.payables.states import hold_purchase_invoice
from kantoor.departments.finance.queries.payables.invoice_card import purchase_invoice
from kantoor.departments.finance.queries.payables.invoices import purchase_invoices
from kantoor.departments.finance.queries.payables.owed import (
    payable_figures,
    payables_by_age,
    payables_register,
)
from kantoor.departments.finance.queries.payables.suppliers import supplier as card_of
from kantoor.departments.finance.queries.payables.suppliers import suppliers
from kantoor.departments.finance.tests.payables.buying import (
    bought,
    enter,
    purchase,
    supplier,
)
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.errors import NotAllowed, NotFound

DAY = timedelta(days=1)


def test_a_list_says_where_each_invoice_stands(books: Books) -> None:
    supplier(books)
    today = timezone.localdate()
    late = purchase("F-1", on=str(today - 60 * DAY), due_on=today - 30 * DAY)
    soon = purchase("F-2", bought(5_000), on=str(today), due_on=today + 3 * DAY)
    enter(books, late, soon, post_them=True)
    enter(books, purchase("F-3", bought(700)), purchase("F-1", bought(1)))
    (held,) = enter(books, purchase("F-4", bought(800)))
    hold_purchase_invoice(books.anne, invoice=held.number, why="Wrong price")
    page = purchase_invoices(books.anne)
    assert [row.status for row in page.rows] == ["held", "received", "proposed", "open", "overdue"]
    assert page.sums["open"] == 12_100 + 6_050
    assert [row.reference for row in purchase_invoices(books.anne, status="waiting").rows] == [
        "F-4", "F-1", "F-3",
    ]  # fmt: skip
    assert len(purchase_invoices(books.anne, status="posted").rows) == 2
    assert len(purchase_invoices(books.anne, flagged=True).rows) == 1
    assert len(purchase_invoices(books.anne, search="Supplier").rows) == 5
    figures = payable_figures(books.anne)
    assert (figures.total, figures.overdue, figures.due_this_week) == (18_150, 12_100, 6_050)
    assert (figures.waiting, figures.to_approve) == (2, 1)


def test_what_is_owed_adds_up_to_the_account(books: Books, other_books: Books) -> None:
    supplier(books)
    supplier(other_books)
    first, second = purchase("F-1", on="2026-01-05"), purchase("F-2", bought(1_000))
    enter(books, first, second, purchase("C-1", bought(300), credit=True), post_them=True)
    enter(other_books, purchase("F-1"), post_them=True)
    found = payables_by_age(books.anne, on=date(2026, 4, 1))
    assert found.total.total == found.account == 12_100 + 1_210 - 363
    (row,) = found.rows
    assert (row.party, row.days_60, row.not_due) == ("L1", 12_100, 1_210 - 363)
    page = payables_register(books.anne)
    assert sorted(item.open for item in page.rows) == [-363, 1_210, 12_100]
    assert page.sums["open"] == found.account
    assert [item.invoice for item in payables_register(books.anne, open_min=1_000).rows] == [
        "PI-000001", "PI-000002",
    ]  # fmt: skip


def test_what_was_owed_on_a_day_gone_by_is_told_item_by_item(books: Books) -> None:
    supplier(books)
    day = date(2026, 3, 20)
    drafts = [purchase("F-1", due_on=day), purchase("F-2", bought(5_000), due_on=day)]
    first, _second = enter(books, *drafts, post_them=True)
    enter(books, purchase("C-1", on="2026-04-02", credits=first.number), post_them=True)
    assert [row.open for row in payables_register(books.anne).rows] == [6_050]
    then = payables_register(books.anne, on=date(2026, 4, 1), sort="-open")
    assert [(row.open, row.days_late) for row in then.rows] == [(12_100, 12), (6_050, 12)]
    assert then.sums["open"] == payables_by_age(books.anne, on=date(2026, 4, 1)).account == 18_150
    assert not payables_register(books.anne, on=date(2026, 3, 1)).rows
    some = payables_register(books.anne, on=date(2026, 4, 1), open_min=10_000, limit=1)
    assert [row.open for row in some.rows] == [12_100]
    paged = payables_register(books.anne, on=date(2026, 4, 1), sort="open", limit=1)
    rest = payables_register(
        books.anne, on=date(2026, 4, 1), sort="open", limit=1, cursor=paged.next_cursor
    )
    assert {row.open for row in (*paged.rows, *rest.rows)} == {12_100, 6_050}


def test_a_card_tells_all_of_an_invoice(books: Books) -> None:
    supplier(books, discount_percent=Decimal(2), discount_days=8)
    (invoice,) = enter(books, purchase("F-1", text="Thanks"), post_them=True)
    enter(books, purchase("C-1", bought(1_000), credits=invoice.number), post_them=True)
    card = purchase_invoice(books.anne, number=invoice.number)
    assert (card.discount, card.discount_on) == (242, date(2026, 3, 10))
    assert [step.state for step in card.steps] == ["proposed", "posted"]
    assert (card.lines[0].net, card.taxes[0].amount) == (10_000, 2_100)
    assert card.credit_notes == ["PI-000002"]
    assert [each.by for each in card.settlements] == ["PI-000002"]
    assert card.entry
    with pytest.raises(NotFound):
        purchase_invoice(books.anne, number="PI-000009")


def test_suppliers_say_what_we_owe_them(books: Books) -> None:
    supplier(books)
    supplier(books, "L2")
    enter(books, purchase("F-1"), post_them=True)
    assert [(row.code, row.open) for row in suppliers(books.anne).rows] == [
        ("L1", 12_100), ("L2", 0),
    ]  # fmt: skip
    assert card_of(books.anne, code="L1").tax == "P21"


def test_who_may_not_see_payables_is_told_so(books: Books) -> None:
    bob = books.bob("finance.read_ledger")
    with pytest.raises(NotAllowed):
        purchase_invoices(bob)
    with pytest.raises(NotAllowed):
        payables_by_age(bob)


def test_lists_take_no_more_statements_for_more_rows(books: Books) -> None:
    supplier(books)

    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            purchase_invoices(books.anne)
            payables_register(books.anne)
            suppliers(books.anne)
            payables_by_age(books.anne)
        return len(caught)

    enter(books, purchase("F-0"), post_them=True)
    few = statements()
    enter(books, *[purchase(f"G-{n}", bought(n + 1)) for n in range(30)], post_them=True)
    assert statements() <= few
