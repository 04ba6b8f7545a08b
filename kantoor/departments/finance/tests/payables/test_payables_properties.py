"""Whatever order bills, credit notes, payments, rates and reversals come in, every day ties."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.actions.currency.revaluation import revalue
from kantoor.departments.finance.actions.payables.discounts import take_purchase_discount
from kantoor.departments.finance.actions.receivables import settle, undo_settlement
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts_invoices import SettlementDraft
from kantoor.departments.finance.errors import (
    AlreadyReversed,
    AmountOutOfRange,
    NothingToSettle,
    NotReady,
    NotReversible,
    TooMuch,
)
from kantoor.departments.finance.models import OpenItem, PurchaseInvoice
from kantoor.departments.finance.proofs import ledger
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.queries.payables.owed import payables_by_age
from kantoor.departments.finance.tests.currency.foreign import owed, rate
from kantoor.departments.finance.tests.currency.test_properties import assert_every_day_ties
from kantoor.departments.finance.tests.payables.buying import (
    PAYABLES,
    bought,
    enter,
    purchase,
    supplier,
)
from kantoor.departments.finance.tests.people import BANK, PURCHASES, Books, begin_books
from kantoor.kernel.errors import InvalidInput

DAY, LAST = date(2013, 1, 3), date(2013, 12, 30)
REFUSED = (
    AlreadyReversed, AmountOutOfRange, InvalidInput, NotReady, NotReversible, NothingToSettle,
    TooMuch,
)  # fmt: skip
companies = count()
WHAT = (
    "bill", "bill_abroad", "credit", "credit_alone", "pay", "settle", "settle", "undo", "reverse",
    "discount", "rate", "revalue",
)  # fmt: skip
steps = st.tuples(
    st.sampled_from(WHAT),
    st.integers(1, 15_000),
    st.integers(0, 40),
    st.sampled_from(["EUR", "USD", "JPY"]),
)


@dataclass
class Year:
    """A year as a bookkeeper with paper knows it: documents, and what is owed in each currency."""

    books: Books
    day: date = DAY
    left: Counter[str] = field(default_factory=Counter)
    """By currency, what we owe; in euros, dollars and yen apart, so that no rate touches it."""
    bills: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    """By number, in which currency."""
    abroad: dict[str, tuple[str, int]] = field(default_factory=dict)
    payments: dict[str, tuple[str, int]] = field(default_factory=dict)

    def step(self, name: str, amount: int, nth: int, currency: str) -> None:
        self.day = min(self.day + timedelta(days=nth), LAST)
        try:
            getattr(self, name)(amount, nth, currency)
        except REFUSED:
            pass  # Refused as a whole: what ties before ties after.

    def bill(self, amount: int, _nth: int, currency: str) -> None:
        self.bills[self._entered(amount, currency)] = currency

    def credit(self, amount: int, nth: int, _currency: str) -> None:
        if self.bills:
            number, currency = list(self.bills.items())[nth % len(self.bills)]
            made = self._entered(amount, currency, credit=True, credits=number)
            self.notes[made] = currency

    def credit_alone(self, amount: int, _nth: int, currency: str) -> None:
        self.notes[self._entered(amount, currency, credit=True)] = currency

    def _entered(
        self, amount: int, currency: str, *, credit: bool = False, credits: str = ""
    ) -> str:
        """A document of an amount at 21 %, entered and posted; gives its number."""
        reference = f"F-{len(self.bills)}-{len(self.notes)}-{len(self.abroad)}-{amount}"
        draft = purchase(
            reference, bought(amount), on=f"{self.day}", currency=currency, credit=credit,
            credits=credits,
        )  # fmt: skip
        [entered] = enter(self.books, draft, post_them=True)
        gross = amount + (amount * 21 + 50) // 100
        assert entered.gross == gross
        self.left[currency] += -gross if credit else gross
        return entered.number

    def bill_abroad(self, amount: int, nth: int, currency: str) -> None:
        worth = amount if currency == "EUR" else amount + nth
        self.abroad[self._owed(-amount, -worth, currency, PURCHASES)] = (currency, amount)
        self.left[currency] += amount

    def pay(self, amount: int, nth: int, currency: str) -> None:
        worth = amount if currency == "EUR" else amount + 2 * nth
        self.payments[self._owed(amount, worth, currency, BANK)] = (currency, amount)
        self.left[currency] -= amount

    def _owed(self, said: int, worth: int, currency: str, against: str) -> str:
        return owed(
            self.books, f"{self.day}", said, worth, "L1", currency, account=PAYABLES,
            against=against,
        )  # fmt: skip

    def settle(self, amount: int, nth: int, _currency: str) -> None:
        if pair := self._pair(nth):
            drafts = [SettlementDraft(debit=pair[0], credit=pair[1], amount=amount)]
            settle(self.books.anne, settlements=drafts)

    def undo(self, _amount: int, nth: int, _currency: str) -> None:
        if pair := self._pair(nth):
            undo_settlement(
                self.books.anne, debit=pair[0], credit=pair[1], why="Wrong", date=self.day
            )

    def _pair(self, nth: int) -> tuple[str, str] | None:
        """Something in our favour, and something that we owe, in the same currency."""
        ours = list(self.notes.items())
        ours += [(number, currency) for number, (currency, _said) in self.payments.items()]
        theirs = list(self.bills.items())
        theirs += [(number, currency) for number, (currency, _said) in self.abroad.items()]
        pairs = [(one, two) for one, first in ours for two, second in theirs if first == second]
        return pairs[nth % len(pairs)] if pairs else None

    def reverse(self, _amount: int, nth: int, _currency: str) -> None:
        known = {**{key: (each[0], -each[1]) for key, each in self.payments.items()}, **self.abroad}
        if known:
            number = list(known)[nth % len(known)]
            reverse_entry(self.books.anne, entry=number, why="Bounced", on=self.day)
            currency, amount = known[number]
            self.left[currency] -= amount

    def discount(self, _amount: int, nth: int, _currency: str) -> None:
        if self.bills:
            number, currency = list(self.bills.items())[nth % len(self.bills)]
            agreed = PurchaseInvoice.objects.get(
                company_id=self.books.company_id, number=number
            ).discount
            take_purchase_discount(self.books.anne, invoice=number, on=self.day)
            self.left[currency] -= agreed

    def rate(self, amount: int, _nth: int, currency: str) -> None:
        if currency != "EUR":
            rate(self.books, f"{self.day}", f"{0.5 + amount / 10_000:.4f}", currency=currency)

    def revalue(self, _amount: int, _nth: int, _currency: str) -> None:
        revalue(self.books.anne, on=self.day)


@pytest.mark.django_db
@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(steps, min_size=2, max_size=14))
def test_every_day_of_the_year_what_we_owe_equals_its_account(
    events: list[tuple[str, int, int, str]],
) -> None:
    books = begin_books(f"Buyer {next(companies)}")
    supplier(books, discount_percent=Decimal(2), discount_days=30)
    for month in range(1, 13):
        rate(books, f"2013-{month:02}-01", "1.25")
        rate(books, f"2013-{month:02}-01", "113.61", currency="JPY")
    year = Year(books)
    for event in events:
        year.step(*event)
    assert_every_day_ties(books)
    assert list(receivables()) == list(ledger()) == []
    for day in (DAY, year.day, LAST):
        ages = payables_by_age(books.anne, on=day)
        assert ages.total.total == ages.account
    items = OpenItem.objects.filter(company_id=books.company_id, account__role="payables")
    sums = items.order_by().values_list("currency").annotate(left=-Sum("currency_open"))
    found = {currency: left for currency, left in sums if left}
    assert found == {currency: left for currency, left in year.left.items() if left}
