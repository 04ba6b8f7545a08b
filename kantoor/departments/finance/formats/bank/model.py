"""What a bank's file says, whatever its form: statements, their entries, and parts of these.

Amounts are integers of minor units of the account's currency, above zero when money came in.
"""

from datetime import date
from typing import Literal

import msgspec

Kind = Literal["statement", "report", "notification", "investment"]
"""Only a statement is booked: a report is of a day under way, a notification of single entries."""


class BankFileError(Exception):
    """A file that can't be read: the rule it breaks, what is wrong in words, and where."""

    def __init__(self, rule: str, message: object, line: int | None = None) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.line = line


class Balance(msgspec.Struct, frozen=True, gc=False):
    """A balance at the end of a day; `interim` is one between two pages."""

    amount: int
    on: date
    currency: str
    interim: bool = False


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One transaction of an entry: whom it is with, what for, and references.

    `creditor_reference` is structured (ISO 11649, Belgian, Dutch betalingskenmerk); `original`
    what was ordered in another currency; `returned` the reason of a bank that sends it back.
    """

    amount: int
    text: str = ""
    name: str = ""
    iban: str = ""
    bic: str = ""
    end_to_end: str = ""
    mandate: str = ""
    creditor_reference: str = ""
    original: str = ""
    returned: str = ""


class BankEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One booking of the bank; its parts add up to it (a batch has many, most have one)."""

    amount: int
    booked_on: date
    valued_on: date
    currency: str
    reference: str
    kind: str
    parts: tuple[Part, ...]
    line: int = 0
    """Where it stands in the file."""


class BankStatement(msgspec.Struct, frozen=True, kw_only=True):
    """What a bank says of one account over some days; balances it does not give are None."""

    form: str
    kind: Kind
    account: str
    currency: str
    identity: str
    number: str
    opening: Balance | None
    closing: Balance | None
    entries: tuple[BankEntry, ...]
    starts_on: date | None = None
    ends_on: date | None = None
    owner: str = ""
    line: int = 0

    @property
    def moved(self) -> int:
        """What the entries add up to."""
        return sum([entry.amount for entry in self.entries])

    @property
    def opened_on(self) -> date | None:
        """The first day that it says anything of."""
        days = [entry.booked_on for entry in self.entries]
        given = self.starts_on or (self.opening.on if self.opening else None)
        return given or min(days, default=self.closed_on)

    @property
    def closed_on(self) -> date | None:
        """The day of its closing balance."""
        if self.closing is not None:
            return self.closing.on
        return self.ends_on or max((entry.booked_on for entry in self.entries), default=None)


class BankFile(msgspec.Struct, frozen=True):
    """A file that was read: its form (`camt.053.001.02`, `mt940` …) and what is in it."""

    form: str
    statements: tuple[BankStatement, ...]
