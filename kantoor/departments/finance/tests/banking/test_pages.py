"""What a line may be, in words; the bank book; the registers."""

from datetime import date

import pytest

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.banking.automatic import book_certain
from kantoor.departments.finance.actions.banking.bookings import book_line
from kantoor.departments.finance.actions.banking.rules import keep_bank_rule
from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.models import StatementLine
from kantoor.departments.finance.queries.banking.lines import (
    Proposal,
    statement_line,
    statement_lines,
)
from kantoor.departments.finance.queries.banking.statements import bank_book, bank_statements
from kantoor.departments.finance.tests.banking.papers import ABN, ING, Row, camt
from kantoor.departments.finance.tests.billing import customer, invoice, open_of
from kantoor.departments.finance.tests.people import PURCHASES, Books, sale
from kantoor.kernel.errors import NotFound


@pytest.fixture
def bank(books: Books) -> Books:
    """Books with a bank account and two customers."""
    add_bank_account(books.anne, name="Current account", iban=ABN)
    customer(books, "K1")
    customer(books, "K2")
    return books


def take(bank: Books, *rows: Row, opening: int = 0, **more: str) -> int:
    """Take in a statement; gives the key of its last line."""
    import_statement(bank.anne, name="b", content=camt(opening, *rows, **more))  # type: ignore[arg-type]
    return StatementLine.objects.latest("id").pk


def first(bank: Books, key: int) -> Proposal:
    """The likeliest proposal of a line."""
    return statement_line(bank.anne, line=key).proposals[0]


def accept(bank: Books, key: int, proposal: Proposal) -> None:
    book_line(bank.anne, line=key, items=proposal.shares, party=proposal.party)


def test_a_part_payment_is_proposed_and_can_be_accepted_as_it_is(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    key = take(bank, Row("2011-03-05", 4000, f"first part of {made.number}"))
    proposal = first(bank, key)
    assert (proposal.items[0].item, proposal.items[0].amount) == (made.number, 4000)
    assert "It is a part of what is open." in proposal.reasons
    accept(bank, key, proposal)
    assert open_of(made.number) == made.gross - 4000


def test_a_small_difference_is_proposed_as_a_whole(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    key = take(bank, Row("2011-03-05", made.gross - 2, made.number))
    proposal = first(bank, key)
    assert (proposal.items[0].amount, proposal.rest, proposal.party) == (made.gross, -2, "")
    accept(bank, key, proposal)
    assert open_of(made.number) == 0


def test_too_much_is_proposed_to_stay_with_the_customer(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    key = take(bank, Row("2011-03-05", made.gross + 5_000, made.number))
    proposal = first(bank, key)
    assert (proposal.rest, proposal.party) == (5_000, "K1")
    accept(bank, key, proposal)
    assert open_of(made.number) == 0


def test_a_name_that_is_alike_with_the_amount_is_likely(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    invoice(bank, "K2", "100")
    key = take(bank, Row("2011-03-05", made.gross, "thanks", "Customer K1 Amsterdam"))
    proposal = first(bank, key)
    assert not proposal.exact
    assert proposal.score < 97


def test_two_invoices_that_make_the_amount_are_found_for_a_known_iban(bank: Books) -> None:
    one = invoice(bank, "K1", "100")
    key = take(bank, Row("2011-03-05", one.gross, one.number, "Molen", ING))
    book_certain(bank.anne)
    two, three = invoice(bank, "K1", "70"), invoice(bank, "K1", "45")
    invoice(bank, "K1", "13")
    key = take(
        bank,
        Row("2011-04-05", two.gross + three.gross, "both", "Molen", ING),
        opening=one.gross,
        start="2011-03-31",
        end="2011-04-30",
        number="2",
    )
    proposal = first(bank, key)
    assert {each.item for each in proposal.items} == {two.number, three.number}
    assert "Together they are exactly this amount." in proposal.reasons


def test_a_rule_is_proposed_with_its_name(bank: Books) -> None:
    keep_bank_rule(bank.anne, name="Rent", contains="rent", account=PURCHASES)
    key = take(bank, Row("2011-03-05", -90_000, "rent of March", "Huur BV"))
    proposal = first(bank, key)
    assert (proposal.account, proposal.reasons) == (PURCHASES, ["The rule “Rent” fits."])


def test_a_booked_line_has_no_proposals(bank: Books) -> None:
    key = take(bank, Row("2011-03-05", -500, "costs"))
    book_line(bank.anne, line=key, account=PURCHASES)
    card = statement_line(bank.anne, line=key)
    assert (card.proposals, card.row.state, card.row.entry) == ([], "booked", "BNK/2011/1")


def test_the_register_finds_by_state_text_and_amount(bank: Books) -> None:
    key = take(bank, Row("2011-03-05", 500, "apples"), Row("2011-03-06", -700, "pears"))
    book_line(bank.anne, line=key, account=PURCHASES)
    assert [row.text for row in statement_lines(bank.anne, state="to_book").rows] == ["apples"]
    assert [row.text for row in statement_lines(bank.anne, search="PEAR").rows] == ["pears"]
    assert [row.text for row in statement_lines(bank.anne, least=0).rows] == ["apples"]
    assert statement_lines(bank.anne).sums == {"amount": -200}
    assert [row.to_book for row in bank_statements(bank.anne).rows] == [1]


def test_the_bank_book_explains_the_difference(bank: Books) -> None:
    bank.post(sale("2011-03-04", 1_000))
    key = take(bank, Row("2011-03-05", 500, "a"), Row("2011-03-06", -700, "b"), opening=9_000)
    book_line(bank.anne, line=key, account=PURCHASES)
    book = bank_book(bank.anne, bank_account="BNK1", on=date(2011, 12, 31))
    assert (book.said, book.booked, book.before) == (8_800, 300, 9_000)
    assert (book.to_book, book.elsewhere, book.unexplained) == (500, 1_000, 0)
    assert book.on == date(2011, 3, 31)


def test_a_bank_without_statements_has_a_book_too(bank: Books) -> None:
    book = bank_book(bank.anne, bank_account="BNK1")
    assert (book.statement_on, book.said, book.unexplained) == (None, 0, 0)
    with pytest.raises(NotFound):
        bank_book(bank.anne, bank_account="NONE")


def test_another_companys_line_is_not_found(bank: Books, other_books: Books) -> None:
    key = take(bank, Row("2011-03-05", 500, "a"))
    with pytest.raises(NotFound):
        statement_line(other_books.anne, line=key)
