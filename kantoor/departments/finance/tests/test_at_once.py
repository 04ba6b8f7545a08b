"""Two people at once: what one does, the other finds done."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from kantoor.departments.finance.actions.closing import close_period
from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.errors import AlreadyReversed, ClosedPeriod
from kantoor.departments.finance.models import DimensionSet, Entry, FiscalYear, Period
from kantoor.departments.finance.proofs import ledger
from kantoor.departments.finance.tests.people import BANK, SALES, Books, begin_books, sale
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from tests.committed import committed as committed

PEOPLE = 4


@pytest.fixture
def books(committed: None) -> Books:
    """A company whose books several connections see."""
    return begin_books("Bakker BV")


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gives, or the error it raises, all begun together in threads of their own."""
    gate = threading.Barrier(len(works))
    given: list[object] = [None] * len(works)

    def perform(place: int, work: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=30)
            given[place] = work()
        except DomainError as error:
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=perform, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def test_the_first_entries_of_a_year_open_it_once(books: Books) -> None:
    given = at_once(*[lambda: books.post(sale("2011-03-01", 1))] * PEOPLE)
    assert {posted.first for posted in given} == {f"MEM/2011/{n + 1}" for n in range(PEOPLE)}  # type: ignore[attr-defined]
    assert FiscalYear.objects.count() == 1
    assert Period.objects.count() == 12
    assert list(ledger()) == []


def test_an_entry_is_reversed_by_one_of_them(books: Books) -> None:
    books.post(sale("2011-03-01", 1))
    given = at_once(*[lambda: reverse_entry(books.anne, entry="MEM/2011/1", why="Wrong")] * PEOPLE)
    assert sum(isinstance(each, AlreadyReversed) for each in given) == PEOPLE - 1
    assert Entry.objects.count() == 2


def test_a_new_combination_of_values_is_made_once(books: Books) -> None:
    add_dimension_value(books.anne, dimension="project", code="P1", name="One")
    draft = EntryDraft(
        date=date(2011, 3, 1),
        lines=[
            LineDraft(account=BANK, amount=1, dimensions={"project": "P1"}),
            LineDraft(account=SALES, amount=-1),
        ],
    )
    given = at_once(*[lambda: books.post(draft)] * PEOPLE)
    assert not [each for each in given if isinstance(each, DomainError)]
    assert DimensionSet.objects.count() == 1


@action(permission="tests.write", title="Post and wait", hidden=True)
def post_and_wait(actor: Actor, /, *, posted: object, go_on: object) -> None:
    """Post, and keep the transaction open until somebody says so."""
    assert isinstance(posted, threading.Event)
    assert isinstance(go_on, threading.Event)
    post_entries(actor, entries=[sale("2011-03-01", 1)])
    posted.set()
    assert go_on.wait(timeout=30)


def test_who_closes_a_period_waits_for_who_posts_in_it(books: Books) -> None:
    books.post(sale("2011-03-01", 1))
    posted, go_on, closed = threading.Event(), threading.Event(), threading.Event()

    def close() -> None:
        assert posted.wait(timeout=30)
        close_period(books.anne, period="2011-03", how="hard")
        closed.set()

    def go() -> None:
        assert posted.wait(timeout=30)
        assert not closed.wait(timeout=0.5)
        go_on.set()

    at_once(lambda: post_and_wait(books.anne, posted=posted, go_on=go_on), close, go)
    assert closed.is_set()
    assert Entry.objects.count() == 2
    with pytest.raises(ClosedPeriod):
        books.post(sale("2011-03-01", 1))
