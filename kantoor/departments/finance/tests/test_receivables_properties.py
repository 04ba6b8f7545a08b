"""Whatever order invoices, payments, credit notes, undoing and reversals come in, it ties."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.actions.instalments import TermDraft, set_payment_terms
from kantoor.departments.finance.actions.receivables import settle, undo_settlement
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.actions.single_invoices import credit_invoice
from kantoor.departments.finance.drafts_invoices import SettlementDraft
from kantoor.departments.finance.errors import (
    AlreadyReversed,
    AmountOutOfRange,
    NothingToSettle,
    TooMuch,
)
from kantoor.departments.finance.models import OpenItem
from kantoor.departments.finance.queries.receivables import receivables_by_age
from kantoor.departments.finance.tests.billing import assert_tied, customer, invoice, pay
from kantoor.departments.finance.tests.people import Books, begin_books
from kantoor.kernel.errors import InvalidInput

DAY = date(2011, 3, 1)
companies = count()
REFUSALS = (NothingToSettle, TooMuch, AlreadyReversed, InvalidInput, AmountOutOfRange)

which = st.integers(0, 5)
cents = st.integers(1, 20_000)
steps = st.one_of(
    st.tuples(st.just("invoice"), st.integers(0, 15_000), which),
    st.tuples(st.just("parts"), st.integers(0, 15_000), which),
    st.tuples(st.just("prepay"), cents, which),
    st.tuples(st.just("final"), cents, which),
    st.tuples(st.just("credit"), cents, which),
    st.tuples(st.just("pay"), cents, which),
    st.tuples(st.just("pay_any"), st.integers(-9_000, 20_000).filter(bool), which),
    st.tuples(st.just("settle"), cents, which),
    st.tuples(st.just("undo"), cents, which),
    st.tuples(st.just("reverse"), cents, which),
)


@dataclass
class Model:
    """What a bookkeeper with paper and pencil knows: documents and their totals, nothing more."""

    books: Books
    owed: int = 0
    day: date = DAY
    invoices: list[tuple[str, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    payments: dict[str, int] = field(default_factory=dict)
    prepaid: list[tuple[str, str]] = field(default_factory=list)

    def step(self, name: str, amount: int, nth: int) -> None:
        self.day += timedelta(days=nth)
        try:
            getattr(self, name)(amount, nth)
        except REFUSALS:
            pass  # Refused as a whole: what ties before ties after.

    def invoice(self, amount: int, nth: int) -> None:
        self._invoiced(amount, f"{nth % 2}")

    def parts(self, amount: int, nth: int) -> None:
        self._invoiced(amount, f"{nth % 2}", terms="P")

    def prepay(self, amount: int, nth: int) -> None:
        party = f"{nth % 2}"
        self.prepaid.append((self._invoiced(amount, party, prepayment=True), party))

    def final(self, amount: int, nth: int) -> None:
        if self.prepaid:
            number, party = self.prepaid[nth % len(self.prepaid)]
            self._invoiced(amount, party, deduct=[number])

    def _invoiced(self, amount: int, party: str, **more: Any) -> str:
        made = invoice(self.books, party, f"{amount / 100:.2f}", on=f"{self.day}", **more)
        self.invoices.append((made.number, made.gross))
        self.owed += made.gross
        return made.number

    def credit(self, amount: int, nth: int) -> None:
        if self.invoices:
            number, _gross = self.invoices[nth % len(self.invoices)]
            made = credit_invoice(self.books.anne, invoice=number, date=self.day, why="Back")
            self.notes.append(made.number)
            self.owed -= made.gross

    def pay(self, amount: int, nth: int) -> None:
        if self.invoices:
            self._paid(amount, invoice=self.invoices[nth % len(self.invoices)][0])

    def pay_any(self, amount: int, nth: int) -> None:
        self._paid(amount, party=f"{nth % 2}")

    def _paid(self, amount: int, **to: str) -> None:
        done = pay(self.books, amount, on=f"{self.day}", **to)
        self.payments[done.first] = amount
        self.owed -= amount

    def settle(self, amount: int, nth: int) -> None:
        if pair := self._pair(nth):
            drafts = [SettlementDraft(debit=pair[0], credit=pair[1], amount=amount)]
            settle(self.books.anne, settlements=drafts)

    def undo(self, amount: int, nth: int) -> None:
        if pair := self._pair(nth):
            undo_settlement(
                self.books.anne, debit=pair[0], credit=pair[1], why="Wrong", date=self.day
            )

    def reverse(self, amount: int, nth: int) -> None:
        if self.payments:
            number = list(self.payments)[nth % len(self.payments)]
            reverse_entry(self.books.anne, entry=number, why="Bounced", on=self.day)
            self.owed += self.payments[number]

    def _pair(self, nth: int) -> tuple[str, str] | None:
        others = [*self.payments, *self.notes]
        if not self.invoices or not others:
            return None
        return self.invoices[nth % len(self.invoices)][0], others[nth % len(others)]


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=1, max_size=14))
def test_any_order_of_events_leaves_items_and_control_account_equal(
    events: list[tuple[str, int, int]],
) -> None:
    books = begin_books(f"Company {next(companies)}")
    for code in ("0", "1"):
        customer(books, code)
    terms = [TermDraft(share=30), TermDraft(share=70, days=9)]
    set_payment_terms(books.anne, code="P", parts=terms)
    model = Model(books)
    for event in events:
        model.step(*event)
    assert_tied(books)
    items = OpenItem.objects.filter(company_id=books.company_id)
    assert (items.aggregate(open=Sum("open"))["open"] or 0) == model.owed
    for number, gross in model.invoices:
        # A final invoice may be less than what was prepaid: then it is in the customer's favour.
        assert min(gross, 0) <= open_of_in(books, number) <= max(gross, 0)
    for day in (DAY, model.day):
        ages = receivables_by_age(books.anne, on=day)
        assert ages.total.total == ages.account
    assert receivables_by_age(books.anne, on=model.day).account == model.owed


def open_of_in(books: Books, number: str) -> int:
    """What is open of an invoice of this company, since others have the same numbers."""
    found = OpenItem.objects.filter(
        company_id=books.company_id, entry__invoice__number=number
    ).aggregate(open=Sum("open"))
    return found["open"] or 0
