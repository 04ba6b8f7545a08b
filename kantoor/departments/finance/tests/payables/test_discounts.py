"""Discounts for early payment: taken off the cost and the VAT, and settled with the invoice."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.finance.actions.payables.discounts import (
    Taken,
    shares,
    take_purchase_discount,
)
from kantoor.departments.finance.errors import NotReady, TooMuch
from kantoor.departments.finance.models import OpenItem
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.tests.payables.acting import take
from kantoor.departments.finance.tests.payables.buying import (
    INPUT_VAT,
    PAYABLES,
    booked,
    bought,
    enter,
    purchase,
    supplier,
)
from kantoor.departments.finance.tests.people import PURCHASES, Books
from kantoor.kernel.errors import InvalidInput


def test_a_discount_is_taken_off_cost_and_vat(books: Books) -> None:
    supplier(books, discount_percent=Decimal(2), discount_days=8)
    (invoice,) = enter(books, purchase("F-1"), post_them=True)
    number = take_purchase_discount(books.anne, invoice=invoice.number, on=date(2026, 3, 10))
    assert booked(number) == {PURCHASES: -200, INPUT_VAT: -42, PAYABLES: 242}
    left = dict(OpenItem.objects.values_list("entry__purchase_invoice__number", "open"))
    assert left == {invoice.number: -(12_100 - 242), number: 0}
    assert list(receivables()) == []


def test_each_rate_takes_its_share_of_a_discount(books: Books) -> None:
    supplier(books, discount_percent=Decimal(3), discount_days=8)
    lines = (bought(1_000), bought(3_333, tax="P9"), bought(501, tax="-"), bought(700, tax="PR21"))
    (invoice,) = enter(books, purchase("F-1", *lines), post_them=True)
    assert len(take(books.anne, taken=[Taken(invoice.number, date(2026, 3, 5))])) == 1
    assert list(receivables()) == []


def test_a_discount_is_taken_in_time_once_and_when_enough_is_open(books: Books) -> None:
    supplier(books, discount_percent=Decimal(60), discount_days=8)
    supplier(books, "L2")
    (invoice,) = enter(books, purchase("F-1"), post_them=True)
    (plain,) = enter(books, purchase("F-2", supplier="L2"), post_them=True)
    with pytest.raises(NotReady):
        take_purchase_discount(books.anne, invoice=invoice.number, on=date(2026, 3, 11))
    with pytest.raises(NotReady):
        take_purchase_discount(books.anne, invoice=plain.number, on=date(2026, 3, 2))
    take_purchase_discount(books.anne, invoice=invoice.number, on=date(2026, 3, 10))
    with pytest.raises(TooMuch):
        take_purchase_discount(books.anne, invoice=invoice.number, on=date(2026, 3, 10))


def test_a_discount_is_taken_once_however_small_it_is(books: Books) -> None:
    supplier(books, discount_percent=Decimal(2), discount_days=8)
    (invoice,) = enter(books, purchase("F-1"), post_them=True)
    take_purchase_discount(books.anne, invoice=invoice.number, on=date(2026, 3, 9))
    with pytest.raises(TooMuch, match="already"):
        take_purchase_discount(books.anne, invoice=invoice.number, on=date(2026, 3, 10))
    assert OpenItem.objects.get(entry__purchase_invoice__number=invoice.number).open == -11_858


def test_a_discount_is_not_taken_before_the_invoice_was_there(books: Books) -> None:
    supplier(books, discount_percent=Decimal(2), discount_days=8)
    (invoice,) = enter(books, purchase("F-1"), post_them=True)
    with pytest.raises(InvalidInput):
        take_purchase_discount(books.anne, invoice=invoice.number, on=date(2026, 2, 28))


def test_many_discounts_take_as_many_statements_as_few(books: Books) -> None:
    supplier(books, discount_percent=Decimal(2), discount_days=8)
    counts = []
    for start, many in ((0, 2), (2, 12)):
        drafts = [purchase(f"F-{n}", bought(10_000 + n)) for n in range(start, start + many)]
        made = enter(books, *drafts, post_them=True)
        with CaptureQueriesContext(connection) as asked:
            take(books.anne, taken=[Taken(each.number, date(2026, 3, 5)) for each in made])
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(-(10**9), 10**9), min_size=1))
def test_shares_lose_nothing(amount: int, weights: list[int]) -> None:
    assert sum(shares(amount, weights)) == amount


@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**9), min_size=1))
def test_shares_of_weights_above_nought_are_fair(amount: int, weights: list[int]) -> None:
    for part, weight in zip(shares(amount, weights), weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) <= sum(weights)
