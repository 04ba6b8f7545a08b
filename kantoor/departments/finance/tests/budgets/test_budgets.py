"""Budgets: drawn up in versions, approved by two, compared, and what is left of them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from kantoor.departments.finance.actions.budgets.budgets import (
    add_budget,
    approve_budget,
    control_budget,
    revise_budget,
)
from kantoor.departments.finance.actions.budgets.rows import import_budget, set_budget_rows
from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.actions.payables.orders import (
    order_purchases,
    send_purchase_orders,
)
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_budgets import BudgetRow
from kantoor.departments.finance.drafts_orders import OrderDraft, OrderLineDraft
from kantoor.departments.finance.errors import BudgetState, OverBudget, UnknownBudget
from kantoor.departments.finance.queries.budgets.comparison import budget_comparison
from kantoor.departments.finance.queries.budgets.left import (
    budget_left,
    over_budget,
    refuse_over_budget,
)
from kantoor.departments.finance.queries.budgets.register import budget, budgets
from kantoor.departments.finance.queries.profit_and_loss import profit_and_loss
from kantoor.departments.finance.queries.reporting.statement import statement
from kantoor.departments.finance.readers.budget_csv import read_budget
from kantoor.departments.finance.tests.payables.buying import supplier
from kantoor.departments.finance.tests.people import BANK, PURCHASES, SALES, Books, employ, entry
from kantoor.departments.finance.web.budgets.pages import make_comparison, show
from kantoor.departments.finance.web.layered import PROFIT_OVER_TIME
from kantoor.departments.finance.web.statements import PROFIT_AND_LOSS, make_profit_and_loss
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.errors import InvalidInput, NotAllowed, Refusals
from kantoor.kernel.pages.report_view import Span

YEAR = Span(date(2011, 1, 1), date(2011, 12, 31))


@pytest.fixture
def planned(books: Books) -> Books:
    """A company with a draft for 2011: sales of 12,000 evenly, purchases of 500 a month."""
    add_budget(books.anne, code="B11", name="Operating", year="2011")
    for value in ("100", "200"):
        add_dimension_value(books.anne, dimension="cost_centre", code=value, name=value)
    months = {f"p{n}": 50_000 for n in range(1, 13)}
    set_budget_rows(
        books.anne,
        budget="B11",
        rows=[
            BudgetRow(account=SALES, key="even", total=1_200_000),
            BudgetRow(account=PURCHASES, **months),  # type: ignore[arg-type]
        ],
    )
    return books


def approve(books: Books, code: str = "B11") -> None:
    with approved("finance.approve_budget"):
        approve_budget(books.anne, budget=code)


def test_a_budget_counts_only_when_two_people_approved_it(planned: Books) -> None:
    assert budget_comparison(planned.anne, start=YEAR.start, end=YEAR.end).rows == []
    bob = employ(planned, "Bob", {"finance.*": None})
    with pytest.raises(NeedsSecondPair) as waiting:
        approve_budget(bob, budget="B11")
    with pytest.raises(NotAllowed):
        approve_request(bob, approval_id=waiting.value.approval_id)
    carol = employ(planned, "Carol", {"finance.*": None})
    approve_request(carol, approval_id=waiting.value.approval_id)
    assert budgets(planned.anne)[0].state == "approved"
    found = budget_comparison(planned.anne, start=YEAR.start, end=YEAR.end)
    assert found.budget == 1_200_000 - 600_000


def test_an_approved_budget_is_sealed_and_only_revised(planned: Books) -> None:
    approve(planned)
    with pytest.raises(BudgetState):
        set_budget_rows(planned.anne, budget="B11", rows=[])
    with pytest.raises(BudgetState):
        approve(planned)
    for sql in (
        "UPDATE finance_budget_amount SET amount = amount + 1",
        "DELETE FROM finance_budget_amount",
        "UPDATE finance_budget_version SET state = 'draft'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert revise_budget(planned.anne, budget="B11", why="more sales") == 2
    more = [BudgetRow(account=SALES, key="even", total=2_400_000)]
    set_budget_rows(planned.anne, budget="B11", rows=more, replace=False)
    assert budget_comparison(planned.anne, start=YEAR.start, end=YEAR.end).budget == 600_000
    approve(planned)
    assert budget_comparison(planned.anne, start=YEAR.start, end=YEAR.end).budget == 1_800_000
    with pytest.raises(UnknownBudget):
        revise_budget(planned.anne, budget="B12", why="none")


def test_a_total_is_spread_evenly_or_as_last_year_and_adds_up(books: Books) -> None:
    add_budget(books.anne, code="B12", name="Next", year="2012")
    books.post(
        entry("2011-01-10", (BANK, 100), (SALES, -100)),
        entry("2011-06-10", (BANK, 200), (SALES, -200)),
    )
    rows = [
        BudgetRow(account=SALES, key="last_year", total=1_000),
        BudgetRow(account=PURCHASES, key="last_year", total=100),
    ]
    set_budget_rows(books.anne, budget="B12", rows=rows)
    sales, purchases = sorted(budget(books.anne, code="B12").lines, key=lambda line: -line.total)
    assert (sales.amounts[0], sales.amounts[5], sales.total) == (333, 667, 1_000)
    assert (sorted(set(purchases.amounts)), purchases.total) == ([8, 9], 100)


def test_rows_that_cannot_be_are_refused_with_their_place(planned: Books) -> None:
    rows = [
        BudgetRow(account=SALES, p1=1),
        BudgetRow(account="99999", p1=1),
        BudgetRow(account=SALES, p1=1),
        BudgetRow(account=SALES, dimension="cost_centre=900", p1=1),
        BudgetRow(account=PURCHASES, total=5, p1=1),
    ]
    with pytest.raises(Refusals) as refused:
        set_budget_rows(planned.anne, budget="B11", rows=rows)
    places = [(each.place.line, each.place.field) for each in refused.value.errors]
    assert places == [(2, "account"), (3, "account"), (4, "dimension"), (5, "total")]


def test_a_spreadsheet_is_pasted(planned: Books) -> None:
    text = "Rekening\tdimensie\t1\t2\n80301\t\t1.200,50\t\n70251\tcost_centre=100\t\t-10\n"
    assert import_budget(planned.anne, budget="B11", text=text).rows == 2
    found = {line.account: line for line in budget(planned.anne, code="B11").lines}
    assert found[SALES].amounts[:2] == [120_050, 0]
    assert (found[PURCHASES].dimension, found[PURCHASES].amounts[1]) == ("cost_centre=100", -1_000)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", None),
        ("account,13\n1,2", 1),
        ("amount\n1", 1),
        ("account,1\n80301,x", 2),
        ("account,1\n80301,1,2", 2),
        ("account,1\n80301,1e999999", 2),
        ("account,1\n80301,0.001", 2),
        ('account,1\n"80301,1', 2),
        ("account,total,key\n80301,1,odd", 2),
        ("\0", None),
    ],
)
def test_text_that_is_no_budget_is_refused_with_its_line(text: str, line: int | None) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_budget(text, 2)
    assert refused.value.place.line == line


def test_budget_and_actual_are_compared_with_last_year(planned: Books) -> None:
    approve(planned)
    planned.post(
        entry("2010-02-10", (BANK, 80_000), (SALES, -80_000)),
        entry("2011-02-10", (BANK, 150_000), (SALES, -150_000)),
        entry("2011-02-11", (PURCHASES, 120_000), (BANK, -120_000)),
    )
    found = budget_comparison(planned.anne, start=date(2011, 1, 1), end=date(2011, 2, 28))
    rows = {row.account: row for row in found.rows}
    sales = rows[SALES]
    assert (sales.budget, sales.actual, sales.last_year) == (200_000, 150_000, 80_000)
    assert sales.percentage == Decimal("-25.0")
    assert rows[PURCHASES].difference == 20_000
    assert (found.budget, found.actual) == (100_000, 30_000)
    half = budget_comparison(planned.anne, start=date(2011, 4, 1), end=date(2011, 4, 15))
    assert half.budget == 25_000
    assert make_comparison(planned.anne, YEAR).rows[-1].kind == "total"
    assert show(planned.anne, budget(planned.anne, code="B11")).document is not None


def test_what_is_left_counts_what_is_ordered(planned: Books) -> None:
    approve(planned)
    control_budget(planned.anne, budget="B11", control="block")
    planned.post(entry("2011-02-11", (PURCHASES, 120_000), (BANK, -120_000)))
    on = date(2011, 3, 1)
    left = budget_left(planned.anne, account=PURCHASES, on=on)
    assert (left.budget, left.actual, left.left) == (600_000, 120_000, 480_000)
    supplier(planned)
    order(planned, "4000")
    left = budget_left(planned.anne, account=PURCHASES, on=on)
    assert (left.committed, left.left) == (400_000, 80_000)
    with pytest.raises(OverBudget):
        order(planned, "800.01")
    assert over_budget(planned.anne, {(PURCHASES, ""): 80_000}, on) == []
    with pytest.raises(OverBudget):
        refuse_over_budget(over_budget(planned.anne, {(PURCHASES, ""): 80_001}, on))
    control_budget(planned.anne, budget="B11", control="warn")
    over = over_budget(planned.anne, {(PURCHASES, ""): 80_001}, on)
    refuse_over_budget(over)
    assert over[0].left == 80_000
    order(planned, "800.01")
    assert budget_left(planned.anne, account=PURCHASES, on=on).left == -1


def order(books: Books, price: str) -> None:
    """An order of one thing for purchases, sent."""
    line = OrderLineDraft(
        text="Flour", quantity=Decimal(1), unit_price=Decimal(price), account=PURCHASES, tax="P19"
    )
    draft = OrderDraft(supplier="L1", date=date(2011, 2, 20), lines=[line])
    (number,) = order_purchases(books.anne, orders=[draft])
    send_purchase_orders(books.anne, orders=[number])


def test_a_budget_by_cost_centre_is_compared_with_its_lines(planned: Books) -> None:
    row = BudgetRow(account=PURCHASES, dimension="cost_centre=100", key="even", total=12_000)
    set_budget_rows(planned.anne, budget="B11", rows=[row])
    approve(planned)
    lines = [
        LineDraft(account=PURCHASES, amount=700, dimensions={"cost_centre": "100"}),
        LineDraft(account=PURCHASES, amount=300, dimensions={"cost_centre": "200"}),
        LineDraft(account=BANK, amount=-1_000),
    ]
    planned.post(EntryDraft(date=date(2011, 1, 5), lines=lines))
    january, of = date(2011, 1, 31), "cost_centre=100"
    found = budget_comparison(planned.anne, start=YEAR.start, end=january, dimension=of)
    assert [(row.budget, row.actual) for row in found.rows] == [(1_000, 700)]
    left = budget_left(planned.anne, account=PURCHASES, on=january, dimension=of)
    assert left.left == 11_300


def test_the_profit_and_loss_account_stands_beside_the_budget(planned: Books) -> None:
    approve(planned)
    planned.post(
        entry("2011-01-15", (BANK, 110_000), (SALES, -110_000)),
        entry("2011-02-15", (PURCHASES, 40_000), (BANK, -40_000)),
    )
    found = profit_and_loss(planned.anne, start=YEAR.start, end=date(2011, 2, 28), compare="budget")
    lines = {each.code: (each.amount, each.previous) for group in found.groups for each in group.lines}  # fmt: skip
    assert lines == {SALES: (110_000, 200_000), PURCHASES: (-40_000, -100_000)}
    assert (found.result, found.previous_result) == (70_000, 100_000)
    over = statement(
        planned.anne, start=YEAR.start, end=date(2011, 2, 28), across="month", budget=True
    )
    by_code = {each.code: (each.amounts, each.budget) for each in over.rows if each.code}
    assert by_code == {
        SALES: ([110_000, 0], [100_000, 100_000]),
        PURCHASES: ([0, -40_000], [-50_000, -50_000]),
    }
    assert over.rows[-1].budget == [50_000, 50_000]


def test_budgets_beside_statements_are_for_those_who_may_see_them(planned: Books) -> None:
    approve(planned)
    bob = planned.bob("finance.read_ledger")
    with pytest.raises(NotAllowed):
        profit_and_loss(bob, compare="budget")
    with pytest.raises(NotAllowed):
        statement(bob, budget=True)
    assert "budget" not in PROFIT_AND_LOSS.options[0].of(bob)
    chosen = {"beside": "budget"}
    report = make_profit_and_loss(planned.anne, YEAR, chosen)
    assert [each.title for each in report.columns] == ["Actual", "Budget", "Difference", "%"]
    figures = {row.code: [cell and cell.minor for cell in row.figures] for row in report.rows}
    assert figures[SALES] == [None, 1_200_000, -1_200_000, -1000]
    over = PROFIT_OVER_TIME.make(
        planned.anne, YEAR, {"across": "quarter", "layout": "", "beside": "budget"}
    )
    assert len(over.columns) == 12
    assert all(len(row.figures) in (0, 12) for row in over.rows)
