"""What an audit file says, whatever its dialect: amounts in minor units, debit positive."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple


class BankAccount(NamedTuple):
    """A bank account: `number` is its IBAN where it has one, `account` the ledger account's code."""

    number: str
    bic: str
    currency: str = ""
    account: str = ""
    iban: bool = True


class Company(NamedTuple):
    """Whose books they are, with who answers for the file."""

    name: str
    country: str
    registration: str
    vat_number: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    contact: str = ""
    banks: Sequence[BankAccount] = ()


class Header(NamedTuple):
    """Which time the file is about, in which currency, and what made it; both days included."""

    fiscal_year: str
    start: datetime.date
    end: datetime.date
    currency: str
    places: int
    made_on: datetime.date
    software: str
    version: str
    rgs_version: str


class Control(NamedTuple):
    """What a party has on a control account (`receivables` or `payables`) at start and end."""

    account: str
    role: str
    opening: int
    closing: int


class Party(NamedTuple):
    """A customer or supplier with what was open on the control accounts at the start and the end.

    `kind` is C (customer), S (supplier), B (both) or empty.
    """

    code: str
    name: str
    email: str
    registration: str
    country: str
    vat_number: str
    kind: str
    street: str
    postcode: str
    city: str
    controls: Sequence[Control] = ()
    banks: Sequence[BankAccount] = ()

    @property
    def opening(self) -> int:
        """What was open at the start, on all control accounts."""
        return sum(each.opening for each in self.controls)

    @property
    def closing(self) -> int:
        """What was open at the end."""
        return sum(each.closing for each in self.controls)


class Account(NamedTuple):
    """A ledger account; `carried` when it stands on the balance sheet."""

    code: str
    name: str
    carried: bool
    rgs: str
    kind: str = ""
    opening: int = 0
    closing: int = 0
    group: str = ""


class TaxCode(NamedTuple):
    """A VAT code with the accounts that its tax is posted to, or empty.

    `rate` and `deductible` are percentages scaled 10**-6.
    """

    code: str
    name: str
    to_pay: str
    to_claim: str
    rate: int = 0
    country: str = ""
    deductible: int = 100_000_000
    since: datetime.date | None = None
    until: datetime.date | None = None


class Value(NamedTuple):
    """A value of a dimension, such as cost centre 100."""

    dimension: str
    dimension_name: str
    code: str
    name: str
    active: bool


class Period(NamedTuple):
    """A period with the number it has in the file."""

    number: int
    start: datetime.date
    end: datetime.date


class Tax(NamedTuple):
    """Tax said on a line; `rate` is a percentage scaled 10**-6, `base` what it is reckoned on."""

    code: str
    rate: int
    amount: int
    base: int = 0


class Line(NamedTuple):
    """A line of a transaction; `currency_amount` is in minor units of `currency`, if another."""

    account: str
    amount: int
    text: str
    party: str
    currency: str
    currency_amount: int
    dimensions: Mapping[str, str]
    invoice: str
    taxes: Sequence[Tax] = ()
    bank: str = ""
    role: str = ""
    due_on: datetime.date | None = None


class Transaction(NamedTuple):
    """An entry; `reference` is the number of the document it books."""

    number: str
    text: str
    period: int
    date: datetime.date
    reference: str
    lines: Sequence[Line]
    recorded: datetime.date | None = None


class Journal(NamedTuple):
    """A journal with its entries; `kind` is Kantoor's (`sales`, `bank` …)."""

    code: str
    name: str
    kind: str
    transactions: Iterable[Transaction]
    offset: str = ""
    bank: str = ""


class Item(NamedTuple):
    """An open item at the start, or a line on a control account: of the sub-ledger."""

    account: str
    amount: int
    party: str
    reference: str
    date: datetime.date
    due_on: datetime.date
    text: str = ""
    journal: str = ""
    transaction: str = ""
    line: int = 0


class Totals(NamedTuple):
    """How many lines follow, and what they add up to, both without sign."""

    lines: int
    debit: int
    credit: int
    entries: int = 0


class Subledger(NamedTuple):
    """Customers (CU) or suppliers (SU) item by item."""

    kind: str
    name: str
    totals: Totals
    items: Iterable[Item]


class AuditFile(NamedTuple):
    """A whole audit file; what can be large is read in the order of the file, the rest at will."""

    header: Header
    company: Company
    parties: Iterable[Party]
    accounts: Sequence[Account]
    tax_codes: Sequence[TaxCode]
    periods: Sequence[Period]
    opening: Sequence[tuple[str, int]]
    opening_items: Sequence[Subledger]
    totals: Totals
    journals: Iterator[Journal]
    items: Sequence[Subledger]
    values: Sequence[Value] = ()
