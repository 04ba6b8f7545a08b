"""Recurring invoices: each period once, indexed, made up for, and by themselves."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kantoor.departments.finance.actions.collecting.issuing import issue_recurring_invoices
from kantoor.departments.finance.actions.collecting.jobs import issue_what_recurs, something_recurs
from kantoor.departments.finance.actions.collecting.recurring import (
    add_recurring,
    add_recurring_invoices,
    change_recurring,
    end_recurring,
)
from kantoor.departments.finance.drafts_collecting import RecurringDraft
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput
from kantoor.departments.finance.errors import EmptyInvoice, UnknownParty
from kantoor.departments.finance.models import Invoice, RecurringPeriod
from kantoor.departments.finance.proofs_collecting import recurring_series
from kantoor.departments.finance.queries.collecting.recurring import (
    recurring,
    recurring_invoices,
)
from kantoor.departments.finance.tests.billing import assert_tied, customer
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.errors import InvalidInput, NotFound


def line(price: str = "100", text: str = "Hosting", **more: Any) -> InvoiceLineInput:
    return InvoiceLineInput(text=text, quantity=Decimal(1), unit_price=Decimal(price), **more)


def agree(books: Books, **more: Any) -> str:
    given: dict[str, Any] = {"party": "K1", "starts_on": date(2024, 1, 31), "lines": [line()]}
    return add_recurring(books.anne, **{**given, **more})


def issued(books: Books, until: str) -> int:
    made = issue_recurring_invoices(books.anne, until=date.fromisoformat(until))
    return made.invoices


def dates() -> list[tuple[str, int]]:
    rows = Invoice.objects.order_by("date", "id").values_list("date", "net")
    return [(day.isoformat(), net) for day, net in rows]


@pytest.fixture
def billed(books: Books) -> Books:
    customer(books, "K1")
    return books


def test_each_period_is_invoiced_once_on_its_first_day(billed: Books) -> None:
    number = agree(billed)
    assert issued(billed, "2024-04-01") == 3
    assert issued(billed, "2024-04-01") == 0
    assert issued(billed, "2024-04-30") == 1
    assert [day for day, _net in dates()] == [
        "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30",
    ]  # fmt: skip
    card = recurring(billed.anne, number=number)
    assert (card.row.next_on, len(card.periods)) == (date(2024, 5, 31), 4)
    assert (card.periods[-1].start, card.periods[-1].end) == (date(2024, 1, 31), date(2024, 2, 28))
    assert_tied(billed)


def test_prices_rise_once_a_year_by_the_index(billed: Books) -> None:
    agree(
        billed,
        starts_on=date(2024, 1, 1),
        months=6,
        index_percent=Decimal("2.5"),
        index_on=date(2025, 1, 1),
        lines=[line("99.99")],
    )
    issued(billed, "2026-07-01")
    assert [net for _day, net in dates()] == [9_999, 9_999, 10_249, 10_249, 10_505, 10_505]


def test_an_agreement_ends_with_its_last_period(billed: Books) -> None:
    number = agree(billed, ends_on=date(2024, 2, 28))
    assert issued(billed, "2024-12-31") == 1
    assert recurring(billed.anne, number=number).row.state == "ended"
    other = agree(billed)
    issued(billed, "2024-01-31")
    end_recurring(billed.anne, recurring=other, why="stopped")
    assert issued(billed, "2024-12-31") == 0
    with pytest.raises(NotFound):
        end_recurring(billed.anne, recurring=other, why="again")


def test_lines_may_have_their_own_tax_and_can_be_changed(billed: Books) -> None:
    number = agree(billed, lines=[line("100"), line("10", tax="Z")])
    issued(billed, "2024-01-31")
    change_recurring(billed.anne, recurring=number, lines=[line("50", "Domain")], text="Web")
    issued(billed, "2024-02-29")
    first, second = Invoice.objects.order_by("date")
    assert (first.net, first.tax, first.line_count) == (11_000, 2_100, 2)
    assert (second.net, second.tax, second.line_count) == (5_000, 1_050, 1)
    assert second.text.startswith("Web 29 February 2024")


def test_what_can_not_recur_is_refused_with_its_place(billed: Books) -> None:
    good = RecurringDraft(party="K1", starts_on=date(2024, 1, 1), lines=[line()])
    with pytest.raises(UnknownParty) as refused:
        add_recurring_invoices(
            billed.anne,
            agreements=[good, RecurringDraft(party="X", starts_on=good.starts_on, lines=[line()])],
        )
    assert refused.value.place.line == 2
    for changes, error in (
        ({"months": 0}, InvalidInput),
        ({"lines": []}, EmptyInvoice),
        ({"index_percent": Decimal(5)}, InvalidInput),
        ({"ends_on": date(2023, 1, 1)}, InvalidInput),
        ({"lines": [line(text=" ")]}, InvalidInput),
    ):
        with pytest.raises(error):
            agree(billed, **changes)
    assert not recurring_invoices(billed.anne).rows


def test_it_goes_by_itself_as_the_installation(billed: Books) -> None:
    agree(billed, starts_on=date.today() - timedelta(days=1), months=12)  # noqa: DTZ011
    assert something_recurs()
    issue_what_recurs.function(None)  # type: ignore[arg-type]
    assert RecurringPeriod.objects.count() == 1
    assert not something_recurs()


def test_many_are_issued_with_few_statements(
    billed: Books, django_assert_max_num_queries: Any
) -> None:
    add_recurring_invoices(
        billed.anne,
        agreements=[
            RecurringDraft(party="K1", starts_on=date(2024, 1, 1), lines=[line(), line("5")])
            for _n in range(40)
        ],
    )
    issued(billed, "2024-01-01")
    with django_assert_max_num_queries(60):
        assert issued(billed, "2024-02-01") == 40
    assert [each[1:] for each in recurring_series()] == [(1, 40, 40)]
