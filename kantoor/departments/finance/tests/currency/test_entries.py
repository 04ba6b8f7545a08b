"""Entries in a foreign currency take the rate of their day where they say no amount themselves."""

from datetime import date
from pathlib import Path

import pytest

from kantoor.departments.finance.actions.entries import post_entry
from kantoor.departments.finance.actions.post_files import post_csv
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.errors import MissingRate
from kantoor.departments.finance.models import Line
from kantoor.departments.finance.tests.currency.foreign import rate
from kantoor.departments.finance.tests.people import BANK, SALES, Books, employ
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.errors import Refusals


def in_dollars(*amounts: int, on: str = "2011-03-01") -> EntryDraft:
    """An entry that says dollars alone."""
    lines = [
        LineDraft(account=BANK if each > 0 else SALES, currency="USD", currency_amount=each)
        for each in amounts
    ]
    return EntryDraft(date=date.fromisoformat(on), lines=lines, text="Sold")


def test_an_entry_takes_the_rate_of_its_day(books: Books) -> None:
    rate(books, "2011-03-01", "1.25", "1.6")
    books.post(in_dollars(1000, -1000), in_dollars(1000, -1000, on="2011-03-02"))
    amounts = Line.objects.order_by("id").values_list("amount", "currency", "currency_amount")
    assert list(amounts) == [
        (800, "USD", 1000),
        (-800, "USD", -1000),
        (625, "USD", 1000),
        (-625, "USD", -1000),
    ]


def test_what_rounding_leaves_goes_to_the_largest_line(books: Books) -> None:
    rate(books, "2011-03-01", "3")
    books.post(in_dollars(10, 10, 10, -30))
    amounts = list(Line.objects.order_by("id").values_list("amount", flat=True))
    assert amounts == [3, 3, 3, -9]


def test_what_comes_to_nothing_is_refused(books: Books) -> None:
    rate(books, "2011-03-01", "3")
    with pytest.raises(Refusals, match="comes to nothing"):
        books.post(in_dollars(1, -1))


def test_a_foreign_currency_without_a_rate_is_refused(books: Books) -> None:
    with pytest.raises(Refusals, match=r"USD.*2011-03-01") as refused:
        post_entry(books.anne, entry=in_dollars(1000, -1000))
    assert [type(each) for each in refused.value.errors] == [MissingRate, MissingRate]


def test_a_limit_sees_what_the_dollars_are_worth(books: Books) -> None:
    rate(books, "2011-03-01", "1.25")
    bob = employ(books, "Bob", {"finance.post_entry": 799})
    with pytest.raises(NeedsSecondPair):
        post_entry(bob, entry=in_dollars(1000, -1000))
    assert post_entry(bob, entry=in_dollars(998, -998)).entries == 1


def test_a_file_of_dollars_needs_no_euros(books: Books, tmp_path: Path) -> None:
    rate(books, "2011-03-01", "1.25")
    path = tmp_path / "dollars.csv"
    path.write_text(
        "entry,date,account,amount,currency,text\n"
        f"1,2011-03-01,{BANK},1000,USD,a\n1,2011-03-01,{SALES},-1000,USD,b\n"
    )
    assert post_csv(books.anne, path).lines == 2
    assert Line.objects.get(account__code=BANK).amount == 800
