"""Bank accounts: each with a ledger account and a journal that are its own."""

import pytest

from kantoor.departments.finance.actions.banking.accounts import (
    add_bank_account,
    add_bank_accounts,
    rename_bank_account,
    restore_bank_account,
    retire_bank_account,
)
from kantoor.departments.finance.drafts_banking import BankAccountAdded, BankAccountDraft
from kantoor.departments.finance.errors import UnknownAccount, UnknownJournal
from kantoor.departments.finance.models import Account, BankAccount, Journal
from kantoor.departments.finance.queries.banking.accounts import bank_accounts
from kantoor.departments.finance.reference.ibans import same_account
from kantoor.departments.finance.tests.people import Books, sale
from kantoor.kernel.errors import (
    Conflict,
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
    Refusals,
)

ABN, ING = "NL91ABNA0417164300", "NL20INGB0001234567"


def test_the_first_bank_account_takes_the_banks_account_and_journal(books: Books) -> None:
    added = add_bank_account(books.anne, name="Current account", iban="nl91 abna 0417 1643 00")
    assert added == BankAccountAdded("BNK1", "10201", "BNK")
    found = BankAccount.objects.get()
    assert (found.iban, found.bic, found.currency) == (ABN, "ABNANL2A", "EUR")


def test_every_other_gets_a_ledger_account_and_journal_of_its_own(books: Books) -> None:
    add_bank_account(books.anne, name="Current account", iban=ABN)
    added = add_bank_account(books.anne, name="Savings", iban=ING)
    assert added.code == "BNK2"
    account = Account.objects.get(company_id=books.company_id, code=added.account)
    journal = Journal.objects.get(company_id=books.company_id, code=added.journal)
    assert (account.name_en, account.kind, account.group) == ("Savings", "asset", "cash")
    assert (journal.name_en, journal.kind) == ("Savings", "bank")


def test_account_and_journal_can_be_named(books: Books) -> None:
    added = add_bank_account(books.anne, name="Savings", iban=ING, account="10270", code="SPA")
    assert added == BankAccountAdded("SPA", "10270", "BNK")


@pytest.mark.parametrize(
    ("given", "error", "field"),
    [
        ({"iban": "NL91ABNA0417164301"}, InvalidInput, "iban"),
        ({"iban": ""}, InvalidInput, "iban"),
        ({"iban": ING, "bic": "X"}, InvalidInput, "bic"),
        ({"iban": ING, "currency": "XXXX"}, InvalidInput, "currency"),
        ({"iban": ABN}, Conflict, "iban"),
        ({"iban": ING, "code": "BNK1"}, Conflict, "code"),
        ({"iban": ING, "code": "a b"}, InvalidInput, "code"),
        ({"iban": ING, "account": "10201"}, Conflict, "account"),
        ({"iban": ING, "account": "13011"}, UnknownAccount, "account"),
        ({"iban": ING, "journal": "MEM"}, UnknownJournal, "journal"),
        ({"iban": ING, "journal": "BNK"}, Conflict, "journal"),
        ({"number": "1" * 41}, InvalidInput, "number"),
    ],
)
def test_what_can_not_be_is_refused_by_its_field(
    books: Books, given: dict[str, str], error: type[DomainError], field: str
) -> None:
    add_bank_account(books.anne, name="Current account", iban=ABN)
    with pytest.raises(error) as refused:
        add_bank_account(books.anne, name="Another", **given)
    assert refused.value.place.field == field


def test_several_are_added_all_or_none(books: Books) -> None:
    drafts = [
        BankAccountDraft(name="A", iban=ABN),
        BankAccountDraft(name="B", iban=ABN),
        BankAccountDraft(name="", iban=ING),
    ]
    with pytest.raises(Refusals) as refused:
        add_bank_accounts(books.anne, accounts=drafts)
    assert [each.place.line for each in refused.value.errors] == [2, 3]
    assert not BankAccount.objects.exists()


def test_a_foreign_account_without_iban_goes_by_its_number(books: Books) -> None:
    add_bank_account(books.anne, name="New York", number="12-345 678", currency="usd")
    found = BankAccount.objects.get()
    assert (found.number, found.currency) == ("12345678", "USD")


def test_renaming_and_retiring(books: Books) -> None:
    add_bank_account(books.anne, name="Current account", iban=ABN)
    rename_bank_account(books.anne, code="BNK1", name="House bank")
    retire_bank_account(books.anne, code="BNK1")
    assert bank_accounts(books.anne) == []
    assert [each.name for each in bank_accounts(books.anne, retired=True)] == ["House bank"]
    restore_bank_account(books.anne, code="BNK1")
    assert len(bank_accounts(books.anne)) == 1
    with pytest.raises(NotFound):
        rename_bank_account(books.anne, code="BNK9", name="Nobody's")


def test_the_register_says_what_the_ledger_says(books: Books) -> None:
    add_bank_account(books.anne, name="Current account", iban=ABN)
    books.post(sale("2011-01-03", 1250))
    [row] = bank_accounts(books.anne)
    assert (row.booked, row.said, row.lines) == (1250, None, 0)


def test_only_who_may_see_them_sees_them(books: Books, other_books: Books) -> None:
    add_bank_account(books.anne, name="Current account", iban=ABN)
    assert bank_accounts(other_books.anne) == []
    with pytest.raises(NotAllowed):
        bank_accounts(books.bob("finance.read_ledger"))


@pytest.mark.parametrize(
    ("said", "same"),
    [
        (ABN, True),
        ("NL91 ABNA 0417 1643 00", True),
        ("417164300", True),
        ("0417164300EUR", True),
        ("ABNA/0417164300", True),
        ("INGB/0417164300", False),
        ("4300", False),
        (ING, False),
        ("", False),
    ],
)
def test_a_number_of_before_the_iban_is_recognised(said: str, same: bool) -> None:
    assert same_account(said, ABN, "") is same
