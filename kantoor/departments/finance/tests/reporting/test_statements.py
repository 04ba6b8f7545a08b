"""Statements by layout over many columns, and the cash flow: each adds up to the ledger."""

from datetime import date
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.actions.accounts import add_account
from kantoor.departments.finance.actions.reporting import keep_layout
from kantoor.departments.finance.queries.balance_sheet import balance_sheet
from kantoor.departments.finance.queries.profit_and_loss import profit_and_loss
from kantoor.departments.finance.queries.reporting.cash_flow import cash_flow
from kantoor.departments.finance.queries.reporting.layout_register import (
    report_layout,
    report_layouts,
)
from kantoor.departments.finance.queries.reporting.layouts import (
    read_layout,
    standard_rows,
    written,
)
from kantoor.departments.finance.queries.reporting.statement import Statement, statement
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    RECEIVABLES,
    SALES,
    SHARES,
    Books,
    begin_books,
    entry,
    sale,
)
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound

YEAR: dict[str, Any] = {"start": date(2011, 1, 1), "end": date(2011, 12, 31)}
MACHINES, DEPRECIATED = "02151", "02155"


def depreciation(books: Books) -> str:
    add_account(books.anne, code="48999", name_en="Wear", kind="expense", group="depreciation")
    return "48999"


def a_year(books: Books) -> None:
    """Shares, sales on credit and for cash, purchases, a machine that wears, a closed year before."""
    wear = depreciation(books)
    books.post(
        sale("2010-06-01", 40_00),
        entry("2010-12-31", (SALES, 40_00), ("05401", -40_00), journal="AFS"),
        entry("2011-01-01", (BANK, 1000_00), (SHARES, -1000_00)),
        entry("2011-02-03", (RECEIVABLES, 121_00), (SALES, -100_00), ("16221", -21_00)),
        entry("2011-03-04", (BANK, 60_00), (RECEIVABLES, -60_00)),
        entry("2011-03-31", (PURCHASES, 30_00), (BANK, -30_00)),
        entry("2011-04-01", (MACHINES, 500_00), (BANK, -500_00)),
        entry("2011-12-31", (wear, 50_00), (DEPRECIATED, -50_00)),
    )


def amounts(found: Statement, key: str) -> list[int]:
    return next(row.amounts for row in found.rows if row.key == key and row.style != "heading")


def test_months_add_up_to_the_year(books: Books) -> None:
    a_year(books)
    months = statement(books.anne, across="month", **YEAR)
    quarters = statement(books.anne, across="quarter", **YEAR)
    whole = profit_and_loss(books.anne, **YEAR)
    assert len(months.columns) == 12
    assert [each.title for each in months.columns][:2] == ["Jan 2011", "Feb 2011"]
    assert sum(amounts(months, "tax_total")) == whole.result == 20_00
    assert amounts(quarters, "tax_total") == [70_00, 0, 0, -50_00]
    assert months.missing == months.twice == []


def test_a_closed_year_still_shows_what_it_earned_beside_this_one(books: Books) -> None:
    a_year(books)
    found = statement(books.anne, across="years_before", **YEAR)
    assert [each.title for each in found.columns] == ["2011", "2010", "2009", "2008"]
    assert amounts(found, "tax_total") == [20_00, 40_00, 0, 0]


def test_both_sides_of_every_balance_sheet_are_equal(books: Books) -> None:
    a_year(books)
    found = statement(books.anne, statement="balance_sheet", across="quarter", **YEAR)
    assets = amounts(found, "cash_total")
    assert assets == amounts(found, "current_liabilities_total")
    for column, total in zip(found.columns, assets, strict=True):
        assert balance_sheet(books.anne, on=column.end).assets == total


@pytest.mark.parametrize("method", ["direct", "indirect"])
def test_the_cash_flow_is_the_change_of_the_money_accounts(books: Books, method: Any) -> None:
    a_year(books)
    found = cash_flow(books.anne, method=method, **YEAR)
    assert (found.opening, found.change, found.closing) == (40_00, 530_00, 570_00)
    assert found.total == found.change
    assert {part.key: part.amount for part in found.parts} == {
        "operating": 30_00, "investing": -500_00, "financing": 1000_00,
    }  # fmt: skip


numbers = count()
ACCOUNTS = [BANK, RECEIVABLES, SALES, PURCHASES, SHARES, MACHINES, DEPRECIATED, "16221", "07540"]
ENTRIES = st.lists(
    st.tuples(
        st.dates(date(2010, 11, 1), date(2011, 12, 31)),
        st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS),
        st.integers(1, 10**9), st.sampled_from(["MEM", "AFS", "OPN"]),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ENTRIES)
def test_whatever_is_booked_both_cash_flows_end_at_the_money(
    db: None, wanted: list[tuple[date, str, str, int, str]]
) -> None:
    books = begin_books(f"Flow {next(numbers)}")
    books.post(
        *[
            entry(on, (debit, minor), (credit, -minor), journal=journal)
            for on, debit, credit, minor, journal in wanted
        ]
    )
    for method in ("direct", "indirect"):
        found = cash_flow(books.anne, method=method, **YEAR)
        assert found.total == found.change
        assert found.closing == found.opening + found.change


# --- layouts of a company's own

OWN = """
[[rows]]
key = "sales"
en = "Turnover"
nl = "Omzet"
accounts = ["80000-80999"]
[[rows]]
key = "costs"
en = "Purchases"
accounts = ["rgs:WKpr", "group:cost_of_sales"]
sign = "debit"
[[rows]]
en = "Margin"
sum = ["sales", "-costs"]
key = "margin"
style = "total"
"""


def test_a_layout_of_ones_own(books: Books) -> None:
    a_year(books)
    keep_layout(
        books.anne, code="board", name_en="Board", statement="profit_and_loss", definition=OWN
    )
    found = statement(books.anne, layout="board", **YEAR)
    assert amounts(found, "sales") == [100_00]
    assert amounts(found, "costs") == [30_00]
    assert amounts(found, "margin") == [70_00]
    assert found.missing == ["48999"]
    assert [(row.code, row.amounts) for row in found.rows][-1] == ("48999", [-50_00])


def test_each_change_is_a_version(books: Books) -> None:
    for _time in (1, 2):
        keep_layout(
            books.anne, code="board", name_en="Board", statement="profit_and_loss", definition=OWN
        )
    assert [(each.code, each.version, each.rows) for each in report_layouts(books.anne)] == [
        ("board", 2, 3)
    ]
    assert report_layout(books.anne, code="board", version=1).version == 1


@pytest.mark.parametrize("kind", ["balance_sheet", "profit_and_loss"])
def test_the_standard_layout_can_be_copied(books: Books, kind: str) -> None:
    copied = report_layout(books.anne, statement=kind).definition
    assert read_layout(copied) == standard_rows(kind)
    assert written(read_layout(copied)) == copied
    keep_layout(books.anne, code="mine", name_en="Mine", statement=kind, definition=copied)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("definition", "line"),
    [
        ("[[rows", None),
        ("rows = 1", None),
        ('[[rows]]\nen = "a"\ncolour = "b"', 1),
        ('[[rows]]\nkey = "a"\nen = "a"\n[[rows]]\nkey = "a"\nen = "b"', 2),
        ('[[rows]]\nen = "a"\nsum = ["none"]', 1),
        ("[[rows]]\naccounts = [5]", 1),
        ('[[rows]]\nen = "a"\naccounts = ["80301"]\n[[rows]]\nen = "b"\naccounts = ["8*"]', None),
    ],
)
def test_a_layout_that_can_not_be_is_refused(books: Books, definition: str, line: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep_layout(
            books.anne, code="x", name_en="X", statement="profit_and_loss", definition=definition
        )
    assert refused.value.place.line == line


def test_another_companys_layout_is_not_there(books: Books, other_books: Books) -> None:
    keep_layout(
        other_books.anne, code="b", name_en="B", statement="profit_and_loss", definition=OWN
    )
    with pytest.raises(NotFound):
        statement(books.anne, layout="b")
    with pytest.raises(NotAllowed):
        statement(books.bob("finance.post_entry"))


def test_the_number_of_statements_does_not_grow(books: Books) -> None:
    counts = []
    for month in (1, 7):
        books.post(*[sale(f"2011-{month:02}-05", n) for n in range(1, 20 * month)])
        with CaptureQueriesContext(connection) as seen:
            statement(books.anne, across="month", **YEAR)
            cash_flow(books.anne, **YEAR)
            cash_flow(books.anne, method="direct", **YEAR)
        counts.append(len(seen))
    assert counts[0] == counts[1]
