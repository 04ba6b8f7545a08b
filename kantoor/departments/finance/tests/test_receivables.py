"""What is owed: payments, settlements, credit, undoing, and that it ties to the ledger."""

from datetime import date
from decimal import Decimal

import pytest

from kantoor.departments.finance.actions.payments import receive_payment, receive_payments
from kantoor.departments.finance.actions.receivables import settle, settle_one, undo_settlement
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.actions.single_invoices import credit_invoice, issue_invoice
from kantoor.departments.finance.drafts_invoices import (
    CreditLine,
    InvoiceLineInput,
    Payment,
    SettlementDraft,
)
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    NothingToSettle,
    NotReversible,
    TooMuch,
    UnknownAccount,
    UnknownInvoice,
    UnknownParty,
)
from kantoor.departments.finance.models import Entry, Invoice, OpenItem, Settlement
from kantoor.departments.finance.queries.invoice_card import invoice as card
from kantoor.departments.finance.queries.receivables import is_paid, owed_by, receivables_by_age
from kantoor.departments.finance.tests.billing import (
    assert_tied,
    customer,
    draft,
    invoice,
    issue,
    line,
    open_of,
    pay,
)
from kantoor.departments.finance.tests.people import (
    BANK,
    RECEIVABLES,
    SALES,
    Books,
    add_parties,
    entry,
)
from kantoor.kernel.errors import DomainError, InvalidInput

DAY = date(2011, 3, 20)


def test_a_part_payment_leaves_the_rest_open(books: Books) -> None:
    customer(books, "1001")
    number = invoice(books, "1001", "100").number
    paid = pay(books, 4000, invoice=number)
    assert (paid.settled, paid.unsettled, paid.first) == (4000, 0, "BNK/2011/1")
    assert open_of(number) == 7900
    pay(books, 7900, invoice=number)
    assert open_of(number) == 0
    assert is_paid(books.anne, number=number).status == "paid"
    assert_tied(books)


def test_what_is_paid_too_much_stays_open_in_the_customers_favour(books: Books) -> None:
    customer(books, "1001")
    number = invoice(books, "1001", "100").number
    paid = pay(books, 12000, invoice=number)
    assert (paid.settled, paid.unsettled) == (11900, 100)
    assert owed_by(books.anne, party="1001").open == -100
    assert_tied(books)


def test_a_payment_from_a_party_goes_to_what_is_due_first(books: Books) -> None:
    customer(books, "1001")
    late = invoice(books, "1001", "100", on="2011-02-01", due_days=60).number
    soon = invoice(books, "1001", "100", on="2011-02-02", due_days=10).number
    payments = [
        Payment(date=DAY, amount=11800, party="1001"),
        Payment(date=DAY, amount=200, party="1001"),
    ]
    receive_payments(books.anne, payments=payments)
    assert (open_of(soon), open_of(late)) == (0, 11800)
    assert_tied(books)


def test_payments_of_one_batch_see_each_other(books: Books) -> None:
    customer(books, "1001")
    number = invoice(books, "1001", "100").number
    twice = [Payment(date=DAY, amount=11900, invoice=number)] * 2
    done = receive_payments(books.anne, payments=twice)
    assert (done.payments, done.settled, done.unsettled) == (2, 11900, 11900)
    assert_tied(books)


def test_a_credit_note_is_paid_back(books: Books) -> None:
    customer(books, "1001")
    note = invoice(books, "1001", "100", credit=True).number
    with pytest.raises(NothingToSettle) as refused:
        pay(books, 11900, invoice=note)
    assert (refused.value.place.line, refused.value.place.field) == (1, "amount")
    pay(books, -11900, invoice=note)
    assert open_of(note) == 0
    assert_tied(books)


def test_payments_go_to_the_cash_book_for_cash(books: Books) -> None:
    customer(books, "1001")
    number = invoice(books, "1001", "100").number
    assert pay(books, 100, invoice=number, account="10101").first == "KAS/2011/1"


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"amount": 0, "party": "1001"}, AmountOutOfRange, "amount"),
        ({"invoice": "2011-00099"}, UnknownInvoice, "invoice"),
        ({"party": "9"}, UnknownParty, "party"),
        ({}, UnknownParty, "party"),
        ({"invoice": "2011-00001", "party": "1002"}, UnknownParty, "party"),
        ({"party": "1001", "account": "99999"}, UnknownAccount, "account"),
        ({"party": "1001", "account": RECEIVABLES}, UnknownAccount, "account"),
        ({"party": "1001", "text": "x" * 201}, InvalidInput, "text"),
        ({"invoice": "2011-00002"}, NothingToSettle, "invoice"),
    ],
)
def test_a_wrong_payment_books_nothing(
    books: Books, wrong: dict[str, object], error: type[DomainError], field: str
) -> None:
    customer(books, "1001")
    customer(books, "1002")
    invoice(books, "1001", "100")
    invoice(books, "1001", "0")
    good = Payment(date=DAY, amount=100, party="1001")
    bad = Payment(**{"date": DAY, "amount": 100, **wrong})  # type: ignore[arg-type]
    with pytest.raises(error) as refused:
        receive_payments(books.anne, payments=[good, bad])
    assert (refused.value.place.line, refused.value.place.field) == (2, field)
    assert Entry.objects.count() == 1


def test_a_credit_note_in_bulk_settles_with_what_it_credits(books: Books) -> None:
    party = customer(books, "1001")
    issue(books, draft(party), draft(party))
    issue(books, draft(party, line("1", "40"), credit=True, credits="2011-00002"))
    assert (open_of("2011-00001"), open_of("2011-00002"), open_of("C2011-00001")) == (
        11900,
        7140,
        0,
    )
    assert_tied(books)


def test_more_is_credited_than_open_and_the_rest_is_in_the_customers_favour(books: Books) -> None:
    party = customer(books, "1001")
    issue(books, draft(party))
    pay(books, 10000, invoice="2011-00001")
    issue(books, draft(party, credit=True, credits="2011-00001"))
    assert (open_of("2011-00001"), open_of("C2011-00001")) == (0, -10000)
    assert_tied(books)


def test_only_an_invoice_of_the_same_party_is_credited(books: Books) -> None:
    first, second = customer(books, "1001"), customer(books, "1002")
    issue(books, draft(first), draft(first, credit=True))
    for wrong in (
        draft(second, credit=True, credits="2011-00001"),
        draft(first, credit=True, credits="C2011-00001"),
        draft(first, credits="2011-00001"),
    ):
        with pytest.raises(UnknownInvoice):
            issue(books, wrong)


def test_an_invoice_is_credited_whole_at_the_rates_it_was_taxed(books: Books) -> None:
    customer(books, "1001")
    lines = [
        InvoiceLineInput(text="Chair", quantity=Decimal(3), unit_price=Decimal("33.333")),
        InvoiceLineInput(text="Book", quantity=Decimal(1), unit_price=Decimal(10), tax="S6"),
    ]
    made = issue_invoice(books.anne, party="1001", date=date(2012, 9, 30), lines=lines)
    back = credit_invoice(books.anne, invoice=made.number, date=date(2012, 10, 5), why="Broken")
    assert (back.number, back.net, back.tax) == ("C2012-00001", made.net, made.tax)
    assert open_of(made.number) == open_of(back.number) == 0
    assert is_paid(books.anne, number=made.number).status == "credited"
    again = Invoice.objects.get(number=back.number)
    assert (again.credits, again.text) == (Invoice.objects.get(number=made.number), "Broken")
    with pytest.raises(TooMuch):
        credit_invoice(books.anne, invoice=made.number, date=date(2012, 10, 6), why="Again")
    assert_tied(books)


def test_lines_are_credited_in_part_until_nothing_is_left(books: Books) -> None:
    customer(books, "1001")
    lines = [
        InvoiceLineInput(text="Chair", quantity=Decimal(3), unit_price=Decimal(10)),
        InvoiceLineInput(text="Discount", quantity=Decimal(-1), unit_price=Decimal(5)),
    ]
    number = issue_invoice(books.anne, party="1001", date=DAY, lines=lines).number

    def credit(*wanted: CreditLine) -> int:
        return credit_invoice(books.anne, invoice=number, date=DAY, why="Back", lines=wanted).net

    assert credit(CreditLine(n=1, quantity=Decimal(2))) == 2000
    with pytest.raises(TooMuch) as refused:
        credit(CreditLine(n=1, quantity=Decimal("1.5")))
    assert (refused.value.place.line, refused.value.place.field) == (1, "quantity")
    assert credit(CreditLine(n=1), CreditLine(n=2)) == 500
    for wrong in (CreditLine(n=1), CreditLine(n=2, quantity=Decimal(1))):
        with pytest.raises(TooMuch):
            credit(wrong)
    with pytest.raises(InvalidInput):
        credit(CreditLine(n=3))
    assert open_of(number) == 0
    assert_tied(books)


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity", "1E+30", "0.0000001"])
def test_an_odd_quantity_to_credit_is_refused(books: Books, quantity: str) -> None:
    customer(books, "1001")
    number = invoice(books, "1001", "100").number
    wanted = [CreditLine(n=1, quantity=Decimal(quantity))]
    with pytest.raises(DomainError):
        credit_invoice(books.anne, invoice=number, date=DAY, why="x", lines=wanted)


def test_an_invoice_is_not_credited_before_its_date_nor_without_a_reason(books: Books) -> None:
    customer(books, "1001")
    number = invoice(books, "1001", "100", on="2011-03-21").number
    with pytest.raises(InvalidInput):
        credit_invoice(books.anne, invoice=number, date=DAY, why="x")
    with pytest.raises(InvalidInput):
        credit_invoice(books.anne, invoice=number, date=date(2011, 3, 22), why=" ")


def test_settling_takes_the_same_off_both_and_never_more_than_is_open(books: Books) -> None:
    customer(books, "1001")
    number = invoice(books, "1001", "100").number
    pay(books, 20000, party="1001", on="2011-02-01")
    note = invoice(books, "1001", "10", credit=True).number
    assert open_of(number) == 0
    undo_settlement(books.anne, debit=number, credit="BNK/2011/1", why="Wrong", date=DAY)
    assert (open_of(number), open_of(note)) == (11900, -1190)
    done = settle(
        books.anne,
        settlements=[
            SettlementDraft(debit=number, credit=note),
            SettlementDraft(debit=number, credit="BNK/2011/1", amount=700),
        ],
    )
    assert (done.settlements, done.amount, open_of(number)) == (2, 1890, 10010)
    with pytest.raises(TooMuch) as refused:
        settle(
            books.anne,
            settlements=[SettlementDraft(debit=number, credit="BNK/2011/1", amount=10011)],
        )
    assert refused.value.place.line == 1
    assert_tied(books)


def test_one_payment_and_one_settlement_do_what_many_do(books: Books) -> None:
    customer(books, "1001")
    paid = receive_payment(books.anne, date=DAY, amount=5000, party="1001", text="In advance")
    number = invoice(books, "1001", "100").number
    assert (paid.first, paid.unsettled) == ("BNK/2011/1", 5000)
    done = settle_one(books.anne, debit=number, credit="BNK/2011/1", amount=4000)
    assert (done.amount, open_of(number)) == (4000, 7900)
    assert settle_one(books.anne, debit=number, credit="BNK/2011/1").amount == 1000
    assert_tied(books)


def test_an_early_payment_settles_on_the_invoices_date(books: Books) -> None:
    customer(books, "1001")
    pay(books, 5000, party="1001", on="2011-01-15")
    number = invoice(books, "1001", "100").number
    settle(books.anne, settlements=[SettlementDraft(debit=number, credit="BNK/2011/1")])
    assert Settlement.objects.get().date == date(2011, 3, 1)
    for day in ("2011-01-15", "2011-02-28", "2011-03-01"):
        ages = receivables_by_age(books.anne, on=date.fromisoformat(day))
        assert ages.total.total == ages.account
    early = SettlementDraft(debit=number, credit="BNK/2011/1", date=date(2011, 2, 1))
    with pytest.raises(NothingToSettle):
        settle(books.anne, settlements=[early])


def test_what_does_not_belong_together_is_not_settled(books: Books) -> None:
    customer(books, "1001")
    customer(books, "1002")
    mine, theirs = invoice(books, "1001", "100").number, invoice(books, "1002", "100").number
    note = invoice(books, "1002", "10", credit=True).number
    free = invoice(books, "1001", "0").number

    def refuse(debit: str, credit: str, error: type[DomainError]) -> None:
        with pytest.raises(error):
            settle(books.anne, settlements=[SettlementDraft(debit=debit, credit=credit)])

    refuse(mine, note, NothingToSettle)
    refuse(mine, theirs, NothingToSettle)
    refuse(note, theirs, NothingToSettle)
    refuse(mine, free, NothingToSettle)
    refuse(mine, "2011-00099", UnknownInvoice)
    refuse(mine, "BNK/2011/7", UnknownInvoice)
    refuse(mine, f"{note}#2", UnknownInvoice)
    settle(books.anne, settlements=[SettlementDraft(debit=theirs, credit=f"{note}#1")])
    refuse(theirs, note, NothingToSettle)
    assert_tied(books)


def test_a_settlement_is_undone_once_and_stays_in_the_history(books: Books) -> None:
    customer(books, "1001")
    number = invoice(books, "1001", "100").number
    pay(books, 11900, invoice=number, on="2011-03-10")
    with pytest.raises(InvalidInput):
        undo_settlement(
            books.anne, debit=number, credit="BNK/2011/1", why="x", date=date(2011, 3, 9)
        )
    undo_settlement(books.anne, debit=number, credit="BNK/2011/1", why="Bounced", date=DAY)
    with pytest.raises(NothingToSettle):
        undo_settlement(books.anne, debit=number, credit="BNK/2011/1", why="x", date=DAY)
    history = [
        (each.by, each.amount, each.why) for each in card(books.anne, number=number).settlements
    ]
    assert history == [("BNK/2011/1", 11900, ""), ("BNK/2011/1", -11900, "Bounced")]
    ages = [receivables_by_age(books.anne, on=date(2011, 3, n)).rows for n in (9, 10, 20)]
    assert [[row.total for row in rows] for rows in ages] == [[11900], [], [0]]
    assert_tied(books)


def test_reversing_a_payment_opens_what_it_paid(books: Books) -> None:
    customer(books, "1001")
    number = invoice(books, "1001", "100").number
    pay(books, 11900, invoice=number)
    reverse_entry(books.anne, entry="BNK/2011/1", why="Bounced", on=DAY)
    assert open_of(number) == 11900
    assert sorted(OpenItem.objects.values_list("open", flat=True)) == [0, 0, 11900]
    assert_tied(books)


def test_an_invoices_entry_is_not_reversed(books: Books) -> None:
    customer(books, "1001")
    invoice(books, "1001", "100")
    with pytest.raises(NotReversible):
        reverse_entry(books.anne, entry="VRK/2011/1", why="x")


def test_lines_that_people_post_on_the_account_are_items_too(books: Books) -> None:
    add_parties(books, ["1001"])
    books.post(
        entry("2011-03-01", (RECEIVABLES, 5000), (SALES, -5000)),
        entry("2011-03-02", (BANK, 5000), (RECEIVABLES, -3000), (RECEIVABLES, -2000)),
    )
    assert_tied(books)
    with pytest.raises(NothingToSettle):
        settle(books.anne, settlements=[SettlementDraft(debit="MEM/2011/1", credit="MEM/2011/2")])
    second = SettlementDraft(debit="MEM/2011/1", credit="MEM/2011/2#2")
    assert settle(books.anne, settlements=[second]).amount == 2000
    reverse_entry(books.anne, entry="MEM/2011/1", why="Wrong", on=DAY)
    assert OpenItem.objects.get(amount=-2000).open == -2000
    assert_tied(books)
