"""Booking lines: exact, in parts, together, returned, by rules, and undone."""

from datetime import date
from decimal import Decimal

import pytest

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.banking.automatic import book_certain
from kantoor.departments.finance.actions.banking.bookings import (
    book_line,
    book_lines,
    undo_booking,
    undo_bookings,
)
from kantoor.departments.finance.actions.banking.rules import (
    drop_bank_rule,
    keep_bank_rule,
    keep_bank_rules,
    rest_bank_rule,
)
from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.actions.currency.rates import set_rate
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_banking import BankRuleDraft, ItemShare, LineBooking
from kantoor.departments.finance.errors import TooMuch, UnknownAccount, UnknownInvoice, UnknownParty
from kantoor.departments.finance.models import EntryTax, Line, OpenItem, StatementLine
from kantoor.departments.finance.queries.banking.accounts import bank_accounts
from kantoor.departments.finance.queries.banking.references import ogm_of, rf_of
from kantoor.departments.finance.queries.banking.rules import bank_rules
from kantoor.departments.finance.tests.banking.papers import ABN, ING, Row, camt, many
from kantoor.departments.finance.tests.billing import assert_tied, customer, invoice, open_of
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    RECEIVABLES,
    SALES,
    Books,
    entry,
)
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound, Refusals
from kantoor.kernel.record.verify.system import verify


@pytest.fixture
def bank(books: Books) -> Books:
    """Books with a bank account and two customers."""
    add_bank_account(books.anne, name="Current account", iban=ABN)
    customer(books, "K1")
    customer(books, "K2")
    return books


def take(bank: Books, *rows: Row, opening: int = 0) -> list[int]:
    """Take in a statement; gives the keys of its lines."""
    import_statement(bank.anne, name="bank.xml", content=camt(opening, *rows))
    return list(StatementLine.objects.order_by("id").values_list("pk", flat=True))[-len(rows) :]


def paid(amount: int, text: str = "", **more: str) -> Row:
    """A movement of the fifth of March."""
    return Row("2011-03-05", amount, text, **more)


def booked(key: int) -> list[tuple[str, int]]:
    """The entry of a line: accounts with amounts."""
    line = StatementLine.objects.get(pk=key)
    assert line.entry_id is not None
    rows = Line.objects.filter(entry_id=line.entry_id).order_by("id")
    return list(rows.values_list("account__code", "amount"))


def how(key: int) -> str:
    return StatementLine.objects.get(pk=key).how


@pytest.mark.parametrize("kind", ["number", "spaced", "rf", "ogm", "end_to_end"])
def test_who_names_the_invoice_pays_it(bank: Books, kind: str) -> None:
    made = invoice(bank, "K1", "100")
    number = made.number
    ogm = ogm_of(number)
    row = {
        "number": paid(made.gross, f"Payment of {number}, thanks"),
        "spaced": paid(made.gross, f"inv {number[:2]} {number[2:6]} {number[6:]}"),
        "rf": paid(made.gross, structured=rf_of(number)),
        "ogm": paid(made.gross, f"+++{ogm[:3]}/{ogm[3:7]}/{ogm[7:]}+++"),
        "end_to_end": paid(made.gross, "thanks", end_to_end=number),
    }[kind]
    [key] = take(bank, row)
    done = book_certain(bank.anne)
    assert (done.lines, done.settled, done.left) == (1, made.gross, [])
    assert booked(key) == [(BANK, made.gross), (RECEIVABLES, -made.gross)]
    assert (open_of(number), how(key)) == (0, "exact")
    assert_tied(bank)
    assert verify().faults == []


def test_one_payment_for_several_invoices_of_a_customer(bank: Books) -> None:
    one, two = invoice(bank, "K1", "100"), invoice(bank, "K1", "50")
    take(bank, paid(one.gross + two.gross, f"{one.number} and {two.number}"))
    assert book_certain(bank.anne).settled == one.gross + two.gross
    assert open_of(one.number) == open_of(two.number) == 0


def test_the_same_invoice_is_not_paid_twice_by_itself(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    take(bank, paid(made.gross, made.number), paid(made.gross, f"again {made.number}"))
    done = book_certain(bank.anne)
    assert (done.lines, len(done.left)) == (1, 1)


def test_another_amount_is_not_certain(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    take(bank, paid(made.gross - 1, made.number))
    done = book_certain(bank.anne)
    assert (done.lines, [each.why for each in done.left]) == (
        0,
        ["Nothing is certain of this line."],
    )


def test_a_known_iban_with_the_amount_of_one_invoice_is_certain(bank: Books) -> None:
    first = invoice(bank, "K1", "100")
    take(bank, paid(first.gross, first.number, name="Molen BV", iban=ING))
    book_certain(bank.anne)
    second = invoice(bank, "K1", "80", on="2011-03-06")
    row = Row("2011-03-09", second.gross, "thank you", "Molen BV", ING)
    content = camt(first.gross, row, start="2011-03-31", end="2011-04-30", number="2")
    import_statement(bank.anne, name="2", content=content)
    assert book_certain(bank.anne).settled == second.gross


def test_a_part_payment_leaves_the_rest_open(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    [key] = take(bank, paid(5000, made.number))
    book_line(bank.anne, line=key, items=[ItemShare(item=made.number)])
    assert open_of(made.number) == made.gross - 5000
    assert how(key) == "hand"


def test_a_small_difference_goes_to_payment_differences(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    [key] = take(bank, paid(made.gross - 3, made.number))
    share = ItemShare(item=made.number, amount=made.gross)
    book_line(bank.anne, line=key, items=[share])
    assert open_of(made.number) == 0
    assert booked(key)[-1] == ("46430", 3)


def test_too_much_stays_open_in_favour_of_the_customer(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    [key] = take(bank, paid(made.gross + 700, made.number))
    with pytest.raises(InvalidInput):
        book_line(bank.anne, line=key, items=[ItemShare(item=made.number)])
    book_line(bank.anne, line=key, items=[ItemShare(item=made.number)], party="K1")
    assert sum(OpenItem.objects.values_list("open", flat=True)) == -700
    assert_tied(bank)


def test_a_discount_that_was_taken_goes_to_its_account(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    [key] = take(bank, paid(made.gross - 238, made.number))
    share = ItemShare(item=made.number, amount=made.gross)
    book_line(bank.anne, line=key, items=[share], account="70401")
    assert open_of(made.number) == 0
    assert booked(key)[-1] == ("70401", 238)


def test_costs_with_tax_are_parted_and_kept_as_facts_of_tax(bank: Books) -> None:
    import_statement(
        bank.anne,
        name="bank.xml",
        content=camt(0, Row("2019-03-05", -1210, "toner"), start="2019-03-01", end="2019-03-31"),
    )
    key = StatementLine.objects.get().pk
    book_line(bank.anne, line=key, account="46415", tax="P21")
    assert [amount for _account, amount in booked(key)] == [-1210, 1000, 210]
    [fact] = EntryTax.objects.all()
    assert (fact.base, fact.amount, fact.deductible) == (1000, 210, 210)
    undo_booking(bank.anne, line=key, why="private")
    assert sum(EntryTax.objects.values_list("amount", flat=True)) == 0
    assert verify().faults == []


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"items": [ItemShare(item="NONE")]}, UnknownInvoice),
        ({"account": "99999"}, UnknownAccount),
        ({"account": RECEIVABLES}, UnknownParty),
        ({"party": "NONE"}, UnknownParty),
        ({}, InvalidInput),
        ({"line": 999_999}, NotFound),
    ],
)
def test_what_can_not_be_booked_is_refused(
    bank: Books, given: dict[str, object], error: type[Exception]
) -> None:
    [key] = take(bank, paid(5000))
    with pytest.raises(error):
        book_line(bank.anne, **{"line": key, **given})  # type: ignore[arg-type]
    assert how(key) == ""


def test_no_more_is_taken_than_is_open(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    [key] = take(bank, paid(50_000, made.number))
    share = ItemShare(item=made.number, amount=made.gross + 1)
    with pytest.raises(TooMuch):
        book_line(bank.anne, line=key, items=[share])


def test_a_line_is_booked_once(bank: Books) -> None:
    [key] = take(bank, paid(-500, "costs"))
    book_line(bank.anne, line=key, account=PURCHASES)
    with pytest.raises(Conflict):
        book_line(bank.anne, line=key, account=PURCHASES)


def test_several_are_booked_all_or_none(bank: Books) -> None:
    one, two = take(bank, paid(-500, "a"), paid(-600, "b"))
    drafts = [LineBooking(line=one, account=PURCHASES), LineBooking(line=two, account="9")]
    with pytest.raises(UnknownAccount) as error:
        book_lines(bank.anne, bookings=drafts)
    assert error.value.place.line == 2
    with pytest.raises(Refusals):
        book_lines(bank.anne, bookings=[LineBooking(line=one), LineBooking(line=two)])
    assert how(one) == ""


def test_undoing_reverses_the_entry_and_opens_what_it_paid(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    [key] = take(bank, paid(made.gross, made.number))
    book_certain(bank.anne)
    assert undo_booking(bank.anne, line=key, why="wrong customer") == 1
    assert open_of(made.number) == made.gross
    assert how(key) == ""
    with pytest.raises(InvalidInput):
        undo_bookings(bank.anne, lines=[key], why="again")
    assert book_certain(bank.anne).lines == 1
    assert_tied(bank)
    assert verify().faults == []


def test_reversing_the_entry_in_the_ledger_lets_go_of_the_line(bank: Books) -> None:
    [key] = take(bank, paid(-500, "costs"))
    done = book_line(bank.anne, line=key, account=PURCHASES)
    reverse_entry(bank.anne, entry=done.first, why="typing mistake")
    assert how(key) == ""


def test_a_returned_direct_debit_opens_the_invoice_again(bank: Books) -> None:
    made = invoice(bank, "K1", "100")
    first, back = take(
        bank,
        paid(made.gross, made.number, iban=ING, end_to_end="E1"),
        Row("2011-03-08", -made.gross, "return", "", ING, end_to_end="E1", returned="MD06"),
    )
    assert book_certain(bank.anne).lines == 1
    assert open_of(made.number) == 0
    assert book_certain(bank.anne).lines == 1
    assert open_of(made.number) == made.gross
    assert booked(back) == [(BANK, -made.gross), (RECEIVABLES, made.gross)]
    assert how(first) == "exact"
    assert_tied(bank)
    assert verify().faults == []


def test_money_between_own_accounts_meets_in_transit(bank: Books) -> None:
    add_bank_account(bank.anne, name="Savings", iban=ING)
    [out] = take(bank, paid(-10_000, "to savings", iban=ING))
    content = camt(0, paid(10_000, "from current", iban=ABN), account=ING)
    import_statement(bank.anne, name="s", content=content)
    assert book_certain(bank.anne).lines == 2
    assert booked(out)[-1] == ("10510", 10_000)
    assert [row.lines for row in bank_accounts(bank.anne)] == [0, 0]


def test_an_automatic_rule_books_what_it_fits(bank: Books) -> None:
    keep_bank_rule(
        bank.anne, name="Costs", contains="bank costs", most=0, account="46415", automatic=True
    )
    one, two = take(bank, paid(-995, "Bank Costs March"), paid(995, "bank costs back"))
    assert book_certain(bank.anne).lines == 1
    assert (how(one), how(two)) == ("rule", "")
    assert booked(one) == [(BANK, -995), ("46415", 995)]


def test_rules_are_changed_rested_and_dropped(bank: Books) -> None:
    keep_bank_rule(bank.anne, name="Rent", counterparty=ING, account=PURCHASES)
    keep_bank_rule(bank.anne, name="Rent", contains="rent", party="K1", place=5)
    [rule] = bank_rules(bank.anne)
    assert (rule.contains, rule.counterparty, rule.party, rule.account) == ("rent", "", "K1", "")
    rest_bank_rule(bank.anne, name="Rent", active=False)
    assert not bank_rules(bank.anne)[0].active
    drop_bank_rule(bank.anne, name="Rent")
    assert bank_rules(bank.anne) == []
    with pytest.raises(NotFound):
        drop_bank_rule(bank.anne, name="Rent")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"account": PURCHASES}, "contains"),
        ({"contains": "ab", "account": PURCHASES}, "contains"),
        ({"contains": "rent"}, "account"),
        ({"contains": "rent", "account": "9"}, "account"),
        ({"contains": "rent", "party": "NONE"}, "party"),
        ({"counterparty": "NL00", "account": PURCHASES}, "counterparty"),
        ({"contains": "rent", "account": PURCHASES, "least": 5, "most": 4}, "least"),
        ({"contains": "rent", "account": PURCHASES, "bank_account": "X"}, "bank_account"),
    ],
)
def test_a_rule_that_can_not_be_is_refused(
    bank: Books, draft: dict[str, object], field: str
) -> None:
    with pytest.raises((InvalidInput, UnknownAccount, UnknownParty, NotFound)) as error:
        keep_bank_rules(bank.anne, rules=[BankRuleDraft(name="R", **draft)])  # type: ignore[arg-type]
    assert error.value.place.field == field


def test_a_supplier_is_paid_alike(bank: Books) -> None:
    bank.post(
        entry("2011-03-01", (PURCHASES, 4500), (_payables(bank), -4500), reference="SUP201177")
    )
    [key] = take(bank, paid(-4500, "your invoice SUP 201177"))
    assert book_certain(bank.anne).settled == 4500
    assert booked(key) == [(BANK, -4500), (_payables(bank), 4500)]


def _payables(bank: Books) -> str:
    from kantoor.departments.finance.models import Account

    return Account.objects.get(company_id=bank.company_id, role="payables").code


def test_another_companys_lines_are_out_of_reach(bank: Books, other_books: Books) -> None:
    [key] = take(bank, paid(-500, "costs"))
    with pytest.raises(NotFound):
        book_line(other_books.anne, line=key, account=PURCHASES)


def test_booking_takes_statements_that_do_not_grow_with_the_lines(
    bank: Books, django_assert_max_num_queries: object
) -> None:
    keep_bank_rule(bank.anne, name="All", contains="Payment", party="K1", automatic=True)
    take(bank, *many(400))
    with django_assert_max_num_queries(90):  # type: ignore[operator]
        assert book_certain(bank.anne).lines == 400


def test_a_dollar_account_settles_dollar_invoices_and_posts_the_difference(bank: Books) -> None:
    set_rate(bank.anne, currency="USD", date=date(2011, 3, 1), rate=Decimal("1.25"))
    set_rate(bank.anne, currency="USD", date=date(2011, 3, 5), rate=Decimal("1.20"))
    add_bank_account(bank.anne, name="Dollars", iban=ING, currency="USD")
    draft = EntryDraft(
        date=date(2011, 3, 1),
        reference="US-4711",
        lines=[
            LineDraft(
                account=RECEIVABLES, amount=0, currency="USD", currency_amount=12_000, party="K1"
            ),
            LineDraft(account=SALES, amount=0, currency="USD", currency_amount=-12_000),
        ],
    )
    bank.post(draft)
    content = camt(0, paid(12_000, "invoice US-4711"), account=ING, currency="USD")
    import_statement(bank.anne, name="usd", content=content)
    done = book_certain(bank.anne)
    assert (done.lines, done.settled) == (1, 10_000)
    key = StatementLine.objects.latest("id").pk
    assert [amount for _account, amount in booked(key)] == [10_000, -10_000]
    assert sum(OpenItem.objects.values_list("open", flat=True)) == 0
    gained = Line.objects.filter(account__role="exchange_difference")
    assert sum(gained.values_list("amount", flat=True)) == -400
    assert verify().faults == []
