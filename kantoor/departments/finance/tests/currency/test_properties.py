"""Whatever order invoices, payments, credit notes, rates and reversals come in, every day ties."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.actions.currency.revaluation import revalue
from kantoor.departments.finance.actions.receivables import undo_settlement
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.actions.single_invoices import credit_invoice
from kantoor.departments.finance.errors import (
    AlreadyReversed,
    AmountOutOfRange,
    NothingToSettle,
    NotReversible,
    TooMuch,
)
from kantoor.departments.finance.models import Line, OpenItem, Settlement
from kantoor.departments.finance.proofs import ledger
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.tests.billing import customer, invoice, pay
from kantoor.departments.finance.tests.currency.foreign import owed, rate, settled
from kantoor.departments.finance.tests.people import PURCHASES, Books, begin_books
from kantoor.kernel.errors import InvalidInput

DAY = date(2011, 1, 3)
PAYABLES = "payables"
REFUSED = (
    AlreadyReversed, AmountOutOfRange, InvalidInput, NotReversible, NothingToSettle, TooMuch,
)  # fmt: skip
companies = count()
steps = st.tuples(
    st.sampled_from(
        [
            "invoice",
            "credit",
            "pay",
            "pay_euros",
            "undo",
            "reverse",
            "rate",
            "revalue",
            "bill",
            "settle_bill",
        ]
    ),
    st.integers(1, 15_000),
    st.integers(0, 40),
    st.sampled_from(["EUR", "USD", "JPY"]),
)


@dataclass
class Year:
    """A year of a company, as events come one after another."""

    books: Books
    day: date = DAY
    invoices: list[tuple[str, str]] = field(default_factory=list)
    payments: list[str] = field(default_factory=list)
    bills: list[tuple[str, str]] = field(default_factory=list)

    def step(self, name: str, amount: int, nth: int, currency: str) -> None:
        self.day = min(self.day + timedelta(days=nth), date(2011, 12, 30))
        try:
            getattr(self, name)(amount, nth, currency)
        except REFUSED:
            pass  # Refused as a whole: what ties before ties after.

    def invoice(self, amount: int, _nth: int, currency: str) -> None:
        price = str(amount) if currency == "JPY" else f"{amount / 100:.2f}"
        made = invoice(self.books, "A", price, on=f"{self.day}", currency=currency)
        self.invoices.append((made.number, currency))

    def credit(self, _amount: int, nth: int, _currency: str) -> None:
        if self.invoices:
            number = self.invoices[nth % len(self.invoices)][0]
            credit_invoice(self.books.anne, invoice=number, date=self.day, why="Back")

    def pay(self, amount: int, nth: int, _currency: str) -> None:
        if self.invoices:
            number, currency = self.invoices[nth % len(self.invoices)]
            done = pay(self.books, amount, on=f"{self.day}", invoice=number, currency=currency)
            self.payments.append(done.first)

    def pay_euros(self, amount: int, nth: int, _currency: str) -> None:
        if self.invoices:
            number = self.invoices[nth % len(self.invoices)][0]
            self.payments.append(pay(self.books, amount, on=f"{self.day}", invoice=number).first)

    def undo(self, _amount: int, nth: int, _currency: str) -> None:
        if self.invoices and self.payments:
            undo_settlement(
                self.books.anne, debit=self.invoices[nth % len(self.invoices)][0],
                credit=self.payments[nth % len(self.payments)], why="Wrong", date=self.day,
            )  # fmt: skip

    def reverse(self, _amount: int, nth: int, _currency: str) -> None:
        if self.payments:
            number = self.payments[nth % len(self.payments)]
            reverse_entry(self.books.anne, entry=number, why="Bounced", on=self.day)

    def rate(self, amount: int, _nth: int, currency: str) -> None:
        if currency != "EUR":
            rate(self.books, f"{self.day}", f"{0.5 + amount / 10_000:.4f}", currency=currency)

    def revalue(self, _amount: int, _nth: int, _currency: str) -> None:
        revalue(self.books.anne, on=self.day)

    def bill(self, amount: int, nth: int, currency: str) -> None:
        """A supplier's bill and a payment to them, each at a rate of its own."""
        account = self.books_account()
        for said, worth in ((-amount, -amount - nth), (amount, amount + 1)):
            own = said if currency == "EUR" else worth
            number = owed(
                self.books, f"{self.day}", said, own, "A", currency, account=account,
                against=PURCHASES,
            )  # fmt: skip
            self.bills.append((number, currency))

    def settle_bill(self, amount: int, nth: int, _currency: str) -> None:
        if self.bills:
            place = 2 * (nth % (len(self.bills) // 2))
            settled(self.books, self.bills[place + 1][0], self.bills[place][0], amount)

    def books_account(self) -> str:
        from kantoor.departments.finance.models import Account

        return Account.objects.get(company_id=self.books.company_id, role=PAYABLES).code


def assert_every_day_ties(books: Books) -> None:
    """On each day of the year the items of both sub-ledgers add up to their accounts."""
    company = books.company_id
    found = Settlement.objects.filter(company_id=company)
    settlements = list(found.values_list("date", "debit_id", "credit_id", "amount"))
    for role in ("receivables", PAYABLES):
        lines = Line.objects.filter(account__company_id=company, account__role=role)
        moved = list(lines.values_list("date", "amount"))
        items = OpenItem.objects.filter(company_id=company, account__role=role)
        opened = {
            key: (day, amount) for key, day, amount in items.values_list("pk", "date", "amount")
        }
        days = {row[0] for row in moved} | {row[0] for row in settlements} | {date(2011, 12, 31)}
        for day in days:
            there = {key: amount for key, (since, amount) in opened.items() if since <= day}
            for on, debit, credit, amount in settlements:
                # One that reaches an item before its day would leave only one side changed.
                if on <= day and debit in there:
                    there[debit] -= amount
                if on <= day and credit in there:
                    there[credit] += amount
            assert sum(there.values()) == sum(amount for on, amount in moved if on <= day)
    closed = OpenItem.objects.filter(company_id=company, currency_open=0)
    assert not closed.exclude(open=0).exclude(currency_amount=0).exists()


@pytest.mark.django_db
@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(steps, min_size=2, max_size=14))
def test_every_day_of_the_year_the_sub_ledgers_equal_their_accounts(
    events: list[tuple[str, int, int, str]],
) -> None:
    books = begin_books(f"Company {next(companies)}")
    customer(books, "A")
    for month in range(1, 13):
        rate(books, f"2011-{month:02}-01", "1.25")
        rate(books, f"2011-{month:02}-01", "113.61", currency="JPY")
    year = Year(books)
    for event in events:
        year.step(*event)
    assert_every_day_ties(books)
    assert list(receivables()) == list(ledger()) == []
