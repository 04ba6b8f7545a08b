"""The web shop's invoices are paid by bank: statements made of them reconcile end to end."""

import gzip
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db.models import Sum

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.banking.automatic import book_certain
from kantoor.departments.finance.actions.banking.bookings import book_lines
from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.drafts_banking import LineBooking
from kantoor.departments.finance.models import Invoice, OpenItem, StatementLine
from kantoor.departments.finance.queries.banking.lines import statement_line
from kantoor.departments.finance.queries.banking.references import rf_of
from kantoor.departments.finance.queries.banking.statements import bank_book
from kantoor.departments.finance.tests.banking.papers import ABN, Row, camt, mt940
from kantoor.kernel.intake.files import intake_file
from kantoor.kernel.record.verify.system import verify
from kantoor.kernel.tests.shared import shared_file
from tests.founded import House, found

ROWS = 2_500
"""Of the file: about a hundred invoices."""


class Owed(NamedTuple):
    """An invoice to be paid."""

    number: str
    party: str
    name: str
    gross: int


@pytest.fixture
def shop(db: None, tmp_path: Path) -> House:
    """A company that sold what the first rows of the web shop's file say."""
    given = shared_file("online-retail", "online_retail.csv.gz")
    house = found()
    file = tmp_path / "shop.csv"
    with gzip.open(given, "rt", encoding="utf-8") as packed:
        file.write_text("".join(islice(packed, ROWS + 1)), encoding="utf-8")
    assert intake_file(house.administrator, file, "webshop").accepted
    add_bank_account(house.administrator, name="Current account", iban=ABN)
    return house


def owed() -> list[Owed]:
    """The invoices with something to pay, in order of their numbers."""
    rows = Invoice.objects.filter(kind="invoice", gross__gt=0).select_related("party")
    return [
        Owed(each.number, each.party.code, each.party.name, each.gross)
        for each in rows.order_by("number")
    ]


def payments(invoices: Sequence[Owed]) -> tuple[list[Row], int, int]:
    """How customers pay: most by number or reference, some together, in part or without a word.

    Gives the movements, what of them is certain, and how many are not.
    """
    rows: list[Row] = []
    certain = unsure = 0
    together: dict[str, list[Owed]] = defaultdict(list)
    amounts = [each.gross for each in invoices]
    for n, each in enumerate(invoices):
        iban = f"NL{n % 90 + 10}RABO{n:010}"
        common = {"name": each.name, "iban": iban, "reference": f"B{n}"}
        if n % 10 < 5:
            rows.append(_paid(each.gross, f"Invoice {each.number}", **common))
        elif n % 10 < 7:
            rows.append(_paid(each.gross, "", structured=rf_of(each.number), **common))
        elif n % 10 == 7:
            together[each.party].append(each)
            continue
        elif n % 10 == 8 and amounts.count(each.gross) == 1:
            rows.append(_paid(each.gross, "thank you", **common))
            unsure += 1
            continue
        else:
            rows.append(_paid(each.gross - each.gross // 3, f"part of {each.number}", **common))
            unsure += 1
            continue
        certain += each.gross
    for party, some in together.items():
        whole = sum(each.gross for each in some)
        numbers = ", ".join(each.number for each in some)
        rows.append(_paid(whole, f"for {numbers}", name=some[0].name, reference=f"T{party}"))
        certain += whole
    return rows, certain, unsure


def _paid(amount: int, text: str, **more: str) -> Row:
    return Row("2011-01-20", amount, text, **more)


@pytest.mark.parametrize("form", [camt, mt940])
def test_the_shops_customers_pay_by_bank(shop: House, form: Callable[..., bytes]) -> None:
    anne = shop.administrator
    invoices = owed()
    assert len(invoices) > 50
    rows, certain, unsure = payments(invoices)
    before = _receivables()
    taken = import_statement(
        anne, name="january", content=form(5_000, *rows, start="2011-01-01", end="2011-01-31")
    )
    assert taken.lines == len(rows)

    done = book_certain(anne)
    assert done.settled == certain
    assert done.lines == len(rows) - unsure
    assert len(done.left) == unsure
    assert _receivables() == before - certain

    proposed = _accept_what_is_proposed(shop)
    assert proposed >= unsure * 0.9
    left = StatementLine.objects.filter(entry=None)
    paid = sum(row.amount for row in rows)
    assert _receivables() == before - paid + sum(left.values_list("amount", flat=True))

    book = bank_book(anne, bank_account="BNK1")
    assert (book.before, book.unexplained) == (5_000, 0)
    assert book.said == 5_000 + paid
    assert book.said == book.booked + book.before + book.to_book - book.elsewhere
    assert verify().faults == []


def _accept_what_is_proposed(shop: House) -> int:
    """Book each line that is left by its first proposal, when that is a likely one."""
    bookings = []
    taken: set[str] = set()
    for line in StatementLine.objects.filter(entry=None):
        card = statement_line(shop.administrator, line=line.pk)
        first = next(iter(card.proposals), None)
        if first is None or first.score < 40 or {each.item for each in first.items} & taken:
            continue
        taken |= {each.item for each in first.items}
        bookings.append(LineBooking(line=line.pk, items=first.shares, party=first.party))
    if bookings:
        book_lines(shop.administrator, bookings=bookings)
    return len(bookings)


def _receivables() -> int:
    found = OpenItem.objects.filter(account__role="receivables").aggregate(open=Sum("open"))
    return int(found["open"] or 0)
