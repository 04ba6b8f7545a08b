"""Filing while others post: each fact is in the return or a correction, and none is lost."""

import threading

import pytest

from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.models import VatFigure
from kantoor.departments.finance.proofs_vat import filed_returns
from kantoor.departments.finance.queries.vat.returns import vat_return
from kantoor.departments.finance.tests.people import BANK, SALES, VAT, Books, begin_books
from kantoor.departments.finance.tests.test_at_once import at_once
from kantoor.departments.finance.tests.vat.quarter import boxes, file, taxed
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from tests.committed import committed as committed

ONE, TWO = "2024-Q1", "2024-Q2"
SALE = taxed("2024-02-01", (BANK, 121_00, ""), (SALES, -100_00, "S21"), (VAT, -21_00, "S21"))


@pytest.fixture
def books(committed: None) -> Books:
    """A company whose books several connections see."""
    return begin_books("Bakker BV")


@action(permission="tests.write", title="Post tax and wait", hidden=True)
def post_tax_and_wait(actor: Actor, /, *, posted: object, go_on: object) -> None:
    """Post, and keep the transaction open until somebody says so."""
    assert isinstance(posted, threading.Event)
    assert isinstance(go_on, threading.Event)
    post_entries(actor, entries=[SALE])
    posted.set()
    assert go_on.wait(timeout=30)


def test_who_files_waits_for_who_posts_in_the_period(books: Books) -> None:
    books.post(SALE)
    posted, go_on, filed = threading.Event(), threading.Event(), threading.Event()

    def hand_in() -> None:
        assert posted.wait(timeout=30)
        file(books, ONE)
        filed.set()

    def go() -> None:
        assert posted.wait(timeout=30)
        assert not filed.wait(timeout=0.5)
        go_on.set()

    at_once(lambda: post_tax_and_wait(books.anne, posted=posted, go_on=go_on), hand_in, go)
    assert filed.is_set()
    assert boxes(vat_return(books.anne, period=ONE))["1a"] == (200_00, 42_00)
    assert vat_return(books.anne, period=TWO).corrections == []


def test_each_fact_is_filed_or_a_correction(books: Books) -> None:
    books.post(SALE)
    given = at_once(*[lambda: books.post(SALE)] * 3, lambda: file(books, ONE))
    assert not [each for each in given if isinstance(each, DomainError)]
    kept = VatFigure.objects.get(box="1a", period__isnull=False).base
    late = sum(row.base for row in vat_return(books.anne, period=TWO).corrections)
    assert kept + late == 400_00
    assert list(filed_returns()) == []
