"""Suppliers, bank accounts and payment runs in tests, made with few words."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kantoor.departments.finance.actions.entries import post_entry
from kantoor.departments.finance.actions.paying.approving import approve_payment_run
from kantoor.departments.finance.actions.paying.making import make_payment_file
from kantoor.departments.finance.actions.paying.party_accounts import (
    propose_party_account,
    verify_party_account,
)
from kantoor.departments.finance.actions.paying.proposing import propose_payments
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_payments import FileMade, RunMade
from kantoor.departments.finance.models import Account, BankAccount, Journal, OpenItem
from kantoor.departments.finance.queries.paying.runs import payment_run
from kantoor.departments.finance.tests.people import PURCHASES, Books, add_parties, employ
from kantoor.kernel.actions.runner import NeedsSecondPair, action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.actors.models import Grant

PAYABLES, IN_TRANSIT = "16011", "16017"
OWN = "NL91ABNA0417164300"
IBANS = ("NL20INGB0001234567", "DE89370400440532013000", "BE68539007547034", "NL39RABO0300065264")
EVERYTHING = {"finance.*": None}


@action(permission="tests.write", title="Add the company's bank account", hidden=True)
def add_own_account_row(actor: Actor, /, *, iban: str) -> None:
    """The bank account that the company pays from."""
    BankAccount.objects.create(
        company_id=actor.company_id,
        code="BNK",
        name="Bank",
        iban=iban,
        bic="ABNANL2A",
        currency=actor.currency,
        account=Account.objects.get(company_id=actor.company_id, role="bank"),
        journal=Journal.objects.get(company_id=actor.company_id, kind="bank"),
    )


class Treasury:
    """A company that pays: Carla proposes, Dirk and Els approve; all three may do all of finance."""

    def __init__(self, books: Books) -> None:
        self.books = books
        add_own_account_row(books.anne, iban=OWN)
        self.carla = employ(books, "Carla", EVERYTHING)
        self.dirk = employ(books, "Dirk", EVERYTHING)
        self.els = employ(books, "Els", EVERYTHING)

    def supplier(self, code: str, iban: str = IBANS[0]) -> str:
        """A supplier whose account two people put in the books; without an IBAN it has none."""
        add_parties(self.books, [code])
        if iban:
            propose_party_account(self.carla, party=code, iban=iban, why="contract")
            verify_party_account(self.dirk, iban=iban)
        return code

    def owe(self, party: str, amount: int, reference: str, on: date | None = None) -> None:
        """An amount owed to a supplier; below zero is a credit note."""
        lines = [
            LineDraft(account=PURCHASES, amount=amount),
            LineDraft(account=PAYABLES, amount=-amount, party=party),
        ]
        day = on or today() - timedelta(days=30)
        draft = EntryDraft(date=day, lines=lines, text="Purchase", reference=reference)
        post_entry(self.books.anne, entry=draft)

    def propose(self, **more: Any) -> RunMade:
        """Propose what is due today."""
        return propose_payments(self.carla, **{"due_until": today(), **more})

    def approve(self, number: str, first: Actor | None = None, second: Actor | None = None) -> None:
        """Two people approve a run as it stands."""
        first, second = first or self.dirk, second or self.els
        approve_request(second, approval_id=self.ask(number, first))

    def ask(self, number: str, first: Actor) -> int:
        """The first approves; gives the request that the second gets."""
        digest = payment_run(first, number=number).digest
        try:
            approve_payment_run(first, run=number, digest=digest)
        except NeedsSecondPair as waiting:
            return waiting.approval_id
        raise AssertionError("one person alone approved it")

    def send(self, number: str, **more: Any) -> FileMade:
        """Approve a run and make its file."""
        self.approve(number)
        return make_payment_file(self.carla, run=number, **more)

    def open_of(self, party: str, role: str = "payables") -> int:
        """What is open of a party on a control account."""
        found = OpenItem.objects.filter(
            company_id=self.books.company_id, party__code=party, account__role=role
        )
        return sum(found.values_list("open", flat=True))


def today() -> date:
    """Today, as the company's people have it."""
    return timezone.localdate()


@action(permission="tests.write", title="End grants", hidden=True)
def end_grants(actor: Actor, /, *, names: list[str]) -> None:
    """Take all roles of these people away."""
    Grant.objects.filter(user__name__in=names).update(ended_at=timezone.now())
