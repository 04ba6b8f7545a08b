"""The second model: a ledger and receivables in memory, written without looking at the first.

It knows dictionaries and integers only: no tables, no triggers, no bulk. What it refuses the
product must refuse, and after each step their figures must be the same.
"""

from collections import defaultdict
from dataclasses import dataclass, field

VAT_PERCENT = 21


@dataclass
class Booked:
    """One entry as the model knows it: its day and what it moved."""

    day: str
    moves: list[tuple[str, int]]
    reversal: bool = False
    reversed: bool = False
    from_invoice: bool = False


@dataclass
class Owed:
    """One invoice and what is left to pay of it."""

    party: str
    net: int
    tax: int
    left: int
    credited: bool = False


@dataclass
class Model:
    """Months are `open`, `soft` or `hard`; amounts are minor units, debit positive."""

    months: dict[str, str] = field(default_factory=lambda: defaultdict(lambda: "open"))
    entries: dict[str, Booked] = field(default_factory=dict)
    invoices: dict[str, Owed] = field(default_factory=dict)
    debits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    credits: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def refusal_of_entry(self, day: str, moves: list[tuple[str, int]]) -> str:
        """Why an entry cannot be posted, as the stable code; empty when it can."""
        if len(moves) < 2 or any(amount == 0 for _, amount in moves):
            return "finance.empty_entry"
        if sum(amount for _, amount in moves):
            return "finance.unbalanced"
        if self.months[day[:7]] == "hard":
            return "finance.closed_period"
        return ""

    def post(self, number: str, day: str, moves: list[tuple[str, int]], **kind: bool) -> None:
        """Book an entry under the number that it was given."""
        assert number not in self.entries
        self.entries[number] = Booked(day, moves, **kind)
        for account, amount in moves:
            if amount > 0:
                self.debits[account] += amount
            else:
                self.credits[account] -= amount

    def refusal_of_reversal(self, number: str, day: str) -> str:
        """Why an entry cannot be reversed on that day."""
        entry = self.entries[number]
        if entry.from_invoice or entry.reversal:
            return "other"
        if entry.reversed:
            return "finance.already_reversed"
        if day < entry.day:
            return "invalid"
        if self.months[day[:7]] == "hard":
            return "finance.closed_period"
        return ""

    def reverse(self, number: str, new_number: str, day: str) -> None:
        """Book the opposite of an entry."""
        entry = self.entries[number]
        entry.reversed = True
        opposite = [(account, -amount) for account, amount in entry.moves]
        self.post(new_number, day, opposite, reversal=True)

    def invoice(self, party: str, net: int) -> Owed:
        """An invoice at one rate, the tax rounded half up; gives what is owed of it."""
        tax = (net * VAT_PERCENT * 2 + 100) // 200
        return Owed(party, net, tax, net + tax)

    def pay(self, number: str, amount: int) -> None:
        """A payment for one invoice; what is paid too much stays in the party's favour."""
        self.invoices[number].left -= amount

    def refusal_of_credit(self, number: str, day: str) -> str:
        """Why an invoice cannot be taken back on that day."""
        if self.invoices[number].credited:
            return "finance.too_much"
        return "finance.closed_period" if self.months[day[:7]] == "hard" else ""

    def credit(self, number: str) -> Owed:
        """Take a whole invoice back."""
        owed = self.invoices[number]
        owed.credited = True
        owed.left -= owed.net + owed.tax
        return owed

    def owed_by_party(self) -> dict[str, int]:
        """What each party still owes, those who owe nothing left out."""
        found: dict[str, int] = defaultdict(int)
        for owed in self.invoices.values():
            found[owed.party] += owed.left
        return {party: amount for party, amount in found.items() if amount}
