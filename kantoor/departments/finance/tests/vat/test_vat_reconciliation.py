"""Facts of tax against the ledger: every mix ties, and what doesn't is named entry by entry."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.queries.vat.reconciliation import vat_reconciliation
from kantoor.departments.finance.queries.vat.returns import net_tax, vat_return
from kantoor.departments.finance.reference.vat.packs import Amounts, Sum, pack_of
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    SALES,
    VAT,
    Books,
    begin_books,
    entry,
)
from kantoor.departments.finance.tests.vat.quarter import (
    INPUT,
    REVERSED,
    a_quarter,
    file,
    reversed_purchase,
    taxed,
)
from kantoor.kernel.money import half_up_ratio

START, END = date(2024, 1, 1), date(2024, 3, 31)


def test_facts_and_ledger_agree_before_and_after_filing(books: Books) -> None:
    a_quarter(books)
    for _ in range(2):
        found = vat_reconciliation(books.anne, start=START, end=END)
        assert found.difference == 0
        assert all(not each.entries for each in found.accounts)
        if not any(each.returns for each in found.accounts):
            file(books, "2024-Q1")
    closing = {each.code: each.closing for each in found.accounts}
    # The sale of the year before is still owed; it was never filed.
    assert closing == {VAT: -21_00, INPUT: 0, REVERSED: 0}


def test_what_no_fact_explains_is_named(books: Books) -> None:
    a_quarter(books)
    made = books.post(entry("2024-02-02", (VAT, -7_00), (BANK, 7_00), text="Forgotten"))
    found = vat_reconciliation(books.anne, start=START, end=END)
    tie = next(each for each in found.accounts if each.code == VAT)
    assert (tie.difference, found.difference) == (-7_00, 7_00)
    assert [(each.entry, each.amount, each.said) for each in tie.entries] == [
        (made.first, -7_00, 0)
    ]


def test_another_companys_facts_stay_out(books: Books, other_books: Books) -> None:
    a_quarter(books)
    assert vat_reconciliation(other_books.anne, start=START, end=END).accounts == []


RATES = {"S21": 21, "S9": 9, "P21": 21, "P9": 9, "PK21": 21, "PX21": 21, "PR9": 9}
MIX = st.lists(
    st.tuples(
        st.sampled_from(sorted(RATES)),
        st.integers(-50_000_00, 50_000_00).filter(bool),
        st.dates(START, END),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mix=MIX)
def test_boxes_tie_to_the_ledger_for_any_mix(db: None, mix: list[tuple[str, int, date]]) -> None:
    books = begin_books(f"Mix {abs(hash(tuple(mix)))}")
    owed = 0
    for code, base, day in mix:
        tax = half_up_ratio(base * RATES[code], 100)
        on = day.isoformat()
        if not tax:
            continue
        if code.startswith("S"):
            owed += tax
            posting = taxed(on, (BANK, base + tax, ""), (SALES, -base, code), (VAT, -tax, code))
        elif code in ("P21", "P9"):
            owed -= tax
            posting = taxed(
                on, (BANK, -base - tax, ""), (PURCHASES, base, code), (INPUT, tax, code)
            )
        else:
            posting = reversed_purchase(on, code, base, tax)
        books.post(posting)
    card = vat_return(books.anne, period="2024-Q1")
    assert card.payable + card.rounding == owed
    # Each of at most seven boxes is rounded by less than a euro, always in our favour.
    assert 0 <= card.rounding < 7_00
    assert vat_reconciliation(books.anne, start=START, end=END).difference == 0


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6),
    st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6),
)
def test_rounding_never_costs_and_stays_below_a_euro_a_box(
    output: list[int], asked: list[int]
) -> None:
    pack = pack_of("NL")
    assert pack is not None
    grounds = ("domestic", "reduced", "private_use")
    sums = [Sum("sale", grounds[n % 3], 0, tax, 0) for n, tax in enumerate(output)] + [
        Sum("purchase", "purchase_domestic", 0, tax, tax) for tax in asked
    ]
    exact = pack.exact(sums)
    declared = pack.declared(exact)
    rounding = net_tax(pack, exact) - pack.payable(declared)
    assert 0 <= rounding < 100 * len(exact)
    assert pack.payable(declared) % 100 == 0
    assert declared["5a"] == Amounts(0, sum(declared[key].tax for key in ("1a", "1b", "1d")))
