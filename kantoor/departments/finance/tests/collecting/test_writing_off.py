"""Write-off: the loss, the VAT that comes back, and the way back."""

from datetime import date

import pytest

from kantoor.departments.finance.actions.collecting.writing_off import write_off
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts_collecting import WriteOffDraft, WrittenOff
from kantoor.departments.finance.errors import NothingToSettle, TooMuch, UnknownInvoice
from kantoor.departments.finance.models import EntryTax, Line
from kantoor.departments.finance.tests.billing import (
    assert_tied,
    customer,
    invoice,
    open_of,
    pay,
)
from kantoor.departments.finance.tests.people import VAT, Books, employ
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.errors import InvalidInput

BAD_DEBT = "45661"


def lose(books: Books, *documents: str, amount: int | None = None, vat: bool = True) -> WrittenOff:
    items = [WriteOffDraft(document=each, amount=amount) for each in documents]
    return write_off(books.anne, items=items, why="bankrupt", on=date(2012, 6, 1), reclaim_vat=vat)


def moved(account: str) -> int:
    found = Line.objects.filter(account__code=account, date=date(2012, 6, 1))
    return sum(found.values_list("amount", flat=True))


@pytest.fixture
def lending(books: Books) -> Books:
    customer(books, "K1")
    return books


def test_the_loss_is_net_and_the_vat_comes_back(lending: Books) -> None:
    number = invoice(lending, "K1", "100").number
    found = lose(lending, number)
    assert (found.amount, found.vat) == (11_900, 1_900)
    assert (moved(BAD_DEBT), moved(VAT)) == (10_000, 1_900)
    assert open_of(number) == 0
    (tax,) = EntryTax.objects.all()
    assert (tax.base, tax.amount, tax.deductible) == (-10_000, -1_900, 0)
    assert_tied(lending)


def test_a_part_takes_its_part_of_the_vat(lending: Books) -> None:
    number = invoice(lending, "K1", "100").number
    pay(lending, 5_900, invoice=number)
    found = lose(lending, number, amount=3_000)
    assert (found.amount, found.vat, open_of(number)) == (3_000, 479, 3_000)


def test_without_the_right_to_it_the_vat_stays(lending: Books) -> None:
    number = invoice(lending, "K1", "100").number
    assert lose(lending, number, vat=False).vat == 0
    assert moved(BAD_DEBT) == 11_900
    assert not EntryTax.objects.exists()


def test_a_write_off_is_undone_by_reversing_its_entry(lending: Books) -> None:
    number = invoice(lending, "K1", "100").number
    found = lose(lending, number)
    reverse_entry(lending.anne, entry=found.entry, why="paid after all")
    assert open_of(number) == 11_900
    assert sum(EntryTax.objects.values_list("amount", flat=True)) == 0
    assert_tied(lending)


def test_what_is_not_owed_is_not_written_off(lending: Books) -> None:
    number = invoice(lending, "K1", "100").number
    with pytest.raises(TooMuch):
        lose(lending, number, amount=11_901)
    with pytest.raises(UnknownInvoice):
        lose(lending, "X")
    with pytest.raises(InvalidInput):
        lose(lending, number, number)
    pay(lending, 11_900, invoice=number)
    with pytest.raises(NothingToSettle):
        lose(lending, number)


def test_above_the_limit_a_second_person_approves(lending: Books) -> None:
    number = invoice(lending, "K1", "100").number
    bob = employ(lending, "Bob", {"finance.write_off": 10_000})
    with pytest.raises(NeedsSecondPair, match=r"119\.00"):
        write_off(bob, items=[WriteOffDraft(document=number)], why="bankrupt")
