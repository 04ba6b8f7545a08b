"""What one company books with another is mirrored there, and nothing is seen of a third."""

from datetime import date

import pytest
from django.db.models import Sum

from kantoor.departments.finance.actions.closing import close_period
from kantoor.departments.finance.actions.groups.affiliates import (
    accept_mirror,
    charge_affiliates,
    refuse_mirror,
    relate_company,
)
from kantoor.departments.finance.actions.groups.mirroring import take_in_mirrors, withdraw_mirrors
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts_groups import Charge
from kantoor.departments.finance.errors import ClosedPeriod, NotReversible, UnknownParty
from kantoor.departments.finance.models import Line, Mirror, OpenItem
from kantoor.departments.finance.proofs import ledger
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.tests.billing import customer, invoice
from kantoor.departments.finance.tests.groups.anne import anne_everywhere
from kantoor.departments.finance.tests.people import PURCHASES, SALES, Books
from kantoor.kernel.errors import Conflict, NotFound

DAY = date(2011, 3, 1)


@pytest.fixture
def pair(books: Books, other_books: Books) -> tuple[Books, Books]:
    """Bakker sells to Visser; each is a party of the other."""
    customer(books, "VISSER")
    customer(other_books, "BAKKER")
    return relate(books, other_books)


def relate(books: Books, other: Books, at_once: bool = False) -> tuple[Books, Books]:
    """Both say who the other is."""
    anne_everywhere()
    relate_company(books.anne, party="VISSER", company="Visser BV", account=PURCHASES)
    relate_company(
        other.anne, party="BAKKER", company="Bakker BV", account=PURCHASES, at_once=at_once
    )
    return books, other


def charge(books: Books, amount: int = 1000) -> str:
    """Bakker charges Visser."""
    charges = [Charge(party="VISSER", date=DAY, amount=amount, account=SALES, text="Rent")]
    return charge_affiliates(books.anne, charges=charges).first


def owed(books: Books) -> int:
    """What is open with affiliates in a company."""
    found = OpenItem.objects.filter(company_id=books.company_id)
    return found.aggregate(sum=Sum("open"))["sum"] or 0


def proved() -> bool:
    """Whether both sub-ledgers and balances are as their lines say."""
    return list(receivables()) == list(ledger()) == []


def test_a_charge_waits_until_it_is_accepted(pair: tuple[Books, Books]) -> None:
    bakker, visser = pair
    number = charge(bakker)
    waiting = Mirror.objects.get()
    assert (waiting.company_id, waiting.number, waiting.state) == (
        visser.company_id,
        number,
        "waiting",
    )
    assert owed(visser) == 0
    done = accept_mirror(visser.anne, mirror=waiting.pk)
    assert done.state == "booked"
    assert (owed(bakker), owed(visser)) == (1000, -1000)
    costs = Line.objects.get(account__company_id=visser.company_id, account__code=PURCHASES)
    assert (costs.amount, costs.date) == (1000, DAY)
    with pytest.raises(Conflict):
        accept_mirror(visser.anne, mirror=waiting.pk)
    assert proved()


def test_where_it_was_agreed_it_is_booked_at_once(books: Books, other_books: Books) -> None:
    customer(books, "VISSER")
    customer(other_books, "BAKKER")
    relate(books, other_books, at_once=True)
    charge(books)
    assert (owed(books), owed(other_books)) == (1000, -1000)
    close_period(other_books.anne, period="2011-03", how="hard")
    charge(books, 500)
    assert owed(other_books) == -1000
    waiting = Mirror.objects.get(state="waiting")
    with pytest.raises(ClosedPeriod):
        accept_mirror(other_books.anne, mirror=waiting.pk)
    assert proved()


def test_an_invoice_is_mirrored_with_its_tax(pair: tuple[Books, Books]) -> None:
    bakker, visser = pair
    made = invoice(bakker, "VISSER", "100")
    waiting = Mirror.objects.get()
    assert (waiting.number, waiting.amount, waiting.tax) == (made.number, 11900, 1900)
    accept_mirror(visser.anne, mirror=waiting.pk)
    amounts = Line.objects.filter(account__company_id=visser.company_id).order_by("id")
    assert list(amounts.values_list("amount", flat=True)) == [-11900, 10000, 1900]
    assert OpenItem.objects.get(company_id=visser.company_id).due_on == made.due_on


def test_a_reversal_is_mirrored(pair: tuple[Books, Books]) -> None:
    bakker, visser = pair
    first, second = charge(bakker), charge(bakker, 500)
    accept_mirror(visser.anne, mirror=Mirror.objects.get(number=first).pk)
    reverse_entry(bakker.anne, entry=first, why="Wrong month")
    reverse_entry(bakker.anne, entry=second, why="Wrong month")
    assert set(Mirror.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert (owed(bakker), owed(visser)) == (0, 0)
    assert proved()


def test_a_mirror_is_reversed_where_it_comes_from(pair: tuple[Books, Books]) -> None:
    bakker, visser = pair
    charge(bakker)
    done = accept_mirror(visser.anne, mirror=Mirror.objects.get().pk)
    with pytest.raises(NotReversible):
        reverse_entry(visser.anne, entry=done.entry, why="We don't agree")


def test_refusing_says_why_and_books_nothing(pair: tuple[Books, Books]) -> None:
    bakker, visser = pair
    charge(bakker)
    done = refuse_mirror(visser.anne, mirror=Mirror.objects.get().pk, why="Not ours")
    assert (done.state, owed(visser)) == ("refused", 0)


def test_one_side_alone_reaches_nobody(books: Books, other_books: Books) -> None:
    anne_everywhere()
    assert other_books.company_id
    customer(books, "VISSER")
    relate_company(books.anne, party="VISSER", company="Visser BV", account=PURCHASES)
    charge(books)
    assert not Mirror.objects.exists()
    with pytest.raises(UnknownParty):
        charge_affiliates(
            books.anne, charges=[Charge(party="NOBODY", date=DAY, amount=1, account=SALES)]
        )


def test_who_may_not_see_a_company_does_not_learn_of_it(pair: tuple[Books, Books]) -> None:
    bakker, _visser = pair
    bob = bakker.bob("finance.relate_company")
    for name in ("Visser BV", "Nobody BV"):
        with pytest.raises(NotFound, match="There is no company"):
            relate_company(bob, party="VISSER", company=name, account=PURCHASES)
    charge(bakker)
    with pytest.raises(NotFound):
        accept_mirror(bakker.anne, mirror=Mirror.objects.get().pk)


def test_the_hidden_acts_keep_to_their_company(pair: tuple[Books, Books]) -> None:
    bakker, visser = pair
    charge(bakker)
    found = Mirror.objects.get()
    days = {found.source_id: "2011-03-01"}
    assert withdraw_mirrors(bakker.anne, mirrors=[found.pk], days=days) == 0
    assert withdraw_mirrors(visser.anne, mirrors=[found.pk], days=days) == 1
    assert take_in_mirrors(visser.anne, affiliate=found.affiliate_id, documents=[]) == 0
