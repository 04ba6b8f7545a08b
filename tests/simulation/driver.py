"""Draws actions at random, performs each in both models, and compares what comes of it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kantoor.departments.finance.actions.closing import close_period, reopen_period
from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.payments import receive_payments
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.actions.single_invoices import credit_invoice, issue_invoice
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput, Payment
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    RECEIVABLES,
    SALES,
    SHARES,
    VAT,
    Books,
)
from kantoor.kernel.errors import DomainError
from kantoor.kernel.store.lookup import fetch
from tests.simulation.model import Model

ACCOUNTS = [BANK, SHARES, SALES, PURCHASES]
PARTIES = ["P1", "P2", "P3"]


@dataclass
class Driver:
    """One simulation: the seed says all of it."""

    books: Books
    seed: int
    model: Model = field(default_factory=Model)
    performed: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        self.chosen = random.Random(self.seed)
        self.ways: list[Callable[[], None]] = [
            *[self.post] * 8, *[self.invoice] * 5, *[self.pay] * 4,
            *[self.reverse] * 3, self.credit, self.close, self.reopen,
        ]  # fmt: skip

    def step(self) -> None:
        """One action, drawn at random, and the comparison after it."""
        self.chosen.choice(self.ways)()
        self.compare()

    def day(self) -> date:
        return date(2025, self.chosen.randint(1, 12), self.chosen.randint(1, 28))

    def expect(self, wanted: str, work: Callable[[], object]) -> object | None:
        """Perform an action; both models must refuse it, or neither."""
        found, refusal = None, None
        try:
            found = work()
        except DomainError as error:
            refusal = error
        if refusal is not None:
            assert wanted, f"seed {self.seed}: only the product refuses: {refusal}"
            codes = [each.code for each in getattr(refusal, "errors", [refusal])]
            assert wanted == "other" or wanted in codes, f"seed {self.seed}: {wanted}, not {codes}"
            self.refused += 1
            return None
        assert not wanted, f"seed {self.seed}: only the model refuses, with {wanted}"
        self.performed += 1
        return found

    def post(self) -> None:
        """One to four entries in bulk, some of them wrong: then none of them is posted."""
        batch = [(self.day(), self.moves()) for _ in range(self.chosen.randint(1, 4))]
        refusals = [self.model.refusal_of_entry(str(day), moves) for day, moves in batch]
        drafts = [
            EntryDraft(
                date=day,
                text="simulated",
                lines=[LineDraft(account=code, amount=amount) for code, amount in moves],
            )
            for day, moves in batch
        ]
        wanted = next((each for each in refusals if each), "")
        several = len({each for each in refusals if each}) > 1
        before = self.last_entry()
        posted = self.expect(
            "other" if several else wanted, lambda: post_entries(self.books.anne, entries=drafts)
        )
        if posted is not None:
            numbers = self.numbers_after(before)
            for number, (day, moves) in zip(numbers, batch, strict=True):
                self.model.post(number, str(day), moves)

    def moves(self) -> list[tuple[str, int]]:
        count = self.chosen.randint(1, 5) if self.chosen.random() < 0.1 else 3
        amounts = [self.chosen.randint(-500_000, 500_000) for _ in range(count - 1)]
        off = 1 if self.chosen.random() < 0.05 else 0
        codes = self.chosen.choices(ACCOUNTS, k=count)
        return list(zip(codes, [*amounts, -sum(amounts) + off], strict=True))

    def invoice(self) -> None:
        day, party = self.day(), self.chosen.choice(PARTIES)
        quantity, price = self.chosen.randint(1, 90), self.chosen.randint(1, 99_999)
        line = InvoiceLineInput(
            text="goods", quantity=Decimal(quantity), unit_price=Decimal(price) / 100
        )
        wanted = "finance.closed_period" if self.model.months[str(day)[:7]] == "hard" else ""
        before = self.last_entry()
        issued = self.expect(
            wanted, lambda: issue_invoice(self.books.anne, party=party, date=day, lines=[line])
        )
        if issued is not None:
            owed = self.model.invoice(party, quantity * price)
            self.model.invoices[issued.number] = owed  # type: ignore[attr-defined]
            moves = [(RECEIVABLES, owed.net + owed.tax), (SALES, -owed.net), (VAT, -owed.tax)]
            (number,) = self.numbers_after(before)
            self.model.post(number, str(day), [m for m in moves if m[1]], from_invoice=True)

    def pay(self) -> None:
        if not self.model.invoices:
            return
        number = self.chosen.choice(list(self.model.invoices))
        day, amount = self.day(), self.chosen.randint(1, 3_000_000)
        wanted = "finance.closed_period" if self.model.months[str(day)[:7]] == "hard" else ""
        before = self.last_entry()
        payment = Payment(date=day, amount=amount, invoice=number, account=BANK)
        paid = self.expect(wanted, lambda: receive_payments(self.books.anne, payments=[payment]))
        if paid is not None:
            self.model.pay(number, amount)
            (entry,) = self.numbers_after(before)
            moves = [(BANK, amount), (RECEIVABLES, -amount)]
            self.model.post(entry, str(day), moves, from_invoice=True)

    def credit(self) -> None:
        if not self.model.invoices:
            return
        number, day = self.chosen.choice(list(self.model.invoices)), date(2025, 12, 28)
        before = self.last_entry()
        done = self.expect(
            self.model.refusal_of_credit(number, str(day)),
            lambda: credit_invoice(self.books.anne, invoice=number, date=day, why="returned"),
        )
        if done is not None:
            owed = self.model.credit(number)
            (entry,) = self.numbers_after(before)
            moves = [(RECEIVABLES, -owed.net - owed.tax), (SALES, owed.net), (VAT, owed.tax)]
            self.model.post(entry, str(day), [m for m in moves if m[1]], from_invoice=True)

    def reverse(self) -> None:
        own = [number for number, each in self.model.entries.items() if not each.from_invoice]
        if not own:
            return
        number, day = self.chosen.choice(own), self.day()
        before = self.last_entry()
        done = self.expect(
            self.model.refusal_of_reversal(number, str(day)),
            lambda: reverse_entry(self.books.anne, entry=number, why="mistaken", on=day),
        )
        if done is not None:
            (new,) = self.numbers_after(before)
            self.model.reverse(number, new, str(day))

    def close(self) -> None:
        month = f"2025-{self.chosen.randint(1, 12):02}"
        how = self.chosen.choice(["soft", "soft", "hard"])
        state = self.model.months[month]
        if state != "open" or sum(s == "hard" for s in self.model.months.values()) > 3:
            return
        if not fetch("SELECT 1 FROM finance_period LIMIT 1"):
            return
        close_period(self.books.anne, period=month, how=how)  # type: ignore[arg-type]
        self.model.months[month] = how

    def reopen(self) -> None:
        soft = [month for month, state in self.model.months.items() if state == "soft"]
        if soft:
            reopen_period(self.books.anne, period=soft[0], why="late invoice")
            self.model.months[soft[0]] = "open"

    def last_entry(self) -> int:
        return int(fetch("SELECT coalesce(max(id), 0) FROM finance_entry")[0][0])

    def numbers_after(self, last: int) -> list[str]:
        rows = fetch(
            "SELECT journal.code, year.code, entry.number FROM finance_entry entry"
            " JOIN finance_journal journal ON journal.id = entry.journal_id"
            " JOIN finance_fiscal_year year ON year.id = entry.year_id"
            " WHERE entry.id > %s ORDER BY entry.id",
            [last],
        )
        return ["/".join(map(str, row)) for row in rows]

    def compare(self) -> None:
        """Balances, lines and what each party owes, against the second model's."""
        kept = fetch(
            "SELECT account.code, CAST(sum(balance.debit) AS bigint),"
            " CAST(sum(balance.credit) AS bigint) FROM finance_balance balance"
            " JOIN finance_account account ON account.id = balance.account_id GROUP BY 1"
        )
        balances = {code: (debit, credit) for code, debit, credit in kept}
        codes = {*self.model.debits, *self.model.credits}
        assert balances == {c: (self.model.debits[c], self.model.credits[c]) for c in codes}
        owed = fetch(
            "SELECT party.code, CAST(sum(item.open) AS bigint) FROM finance_open_item item"
            " JOIN kernel_party party ON party.id = item.party_id GROUP BY 1"
        )
        assert {code: left for code, left in owed if left} == self.model.owed_by_party()
        count = fetch("SELECT count(*) FROM finance_entry")[0][0]
        assert count == len(self.model.entries)
