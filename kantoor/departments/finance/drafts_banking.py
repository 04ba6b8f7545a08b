"""What is handed in about bank accounts, their statements and lines, and what comes of it."""

from collections.abc import Sequence

import msgspec


class BankAccountDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A bank account of the company's own, to be added.

    Without `currency` it is in the company's; without `code`, `account` and `journal` they are
    chosen: the first bank account takes the account with the role of the bank and its journal,
    any other gets new ones. `number` is for an account that has no IBAN.
    """

    name: str
    iban: str = ""
    number: str = ""
    bic: str = ""
    currency: str = ""
    code: str = ""
    account: str = ""
    journal: str = ""


class BankAccountAdded(msgspec.Struct, frozen=True):
    """A bank account that was added, with the ledger account and journal that became its own."""

    code: str
    account: str
    journal: str


class BankFileDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A bank's file as it came: CAMT.053, MT940, OFX or CSV, plain or gzip.

    `account` is the code of the bank account that it must be of (else its IBAN says), `mapping`
    the bank's form of CSV where it isn't to be found out.
    """

    name: str
    content: bytes
    account: str = ""
    mapping: str = ""


class Warned(msgspec.Struct, frozen=True):
    """Something that was let pass, by its rule and in words."""

    rule: str
    message: str


class BankFileTaken(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a bank's file: new statements and lines, and those that were known already.

    `opened` are the codes of bank accounts that were added for it.
    """

    name: str
    form: str
    statements: int
    known: int
    lines: int
    known_lines: int
    accounts: Sequence[str]
    opened: Sequence[str]
    warnings: Sequence[Warned]


class ItemShare(msgspec.Struct, frozen=True, kw_only=True):
    """So much of a line pays an open item, by the number of its invoice or entry (`BNK/2011/3#2`).

    No amount is as much as is open and the line has left. Amounts have the sign of the line. Of an
    item in another currency than the line's, `settles` says what is paid of it in its own (minor
    units without sign); all that is open when unsaid. With `discount` the discount for early
    payment of a purchase invoice is taken first.
    """

    item: str
    amount: int | None = None
    settles: int | None = None
    discount: bool = False


class LineBooking(msgspec.Struct, frozen=True, kw_only=True):
    """What a line of a statement is: payments of open items, and where the rest belongs.

    The rest goes to `account` (with `tax` a tax code that it includes), or stays open in favour
    of `party`. A small rest without either is a payment difference.
    """

    line: int
    items: Sequence[ItemShare] = ()
    account: str = ""
    party: str = ""
    tax: str = ""
    text: str = ""


class LeftOver(msgspec.Struct, frozen=True):
    """A line that was not booked, and why not."""

    line: int
    why: str


class LinesBooked(msgspec.Struct, frozen=True, kw_only=True):
    """What was booked: how many lines, the entries' first and last number, and what was settled."""

    lines: int
    first: str
    last: str
    settled: int
    left: Sequence[LeftOver] = ()


class BankRuleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A rule for lines of statements, to be added or changed by its name.

    All that it names must fit: `contains` in the text or the name, the `counterparty`'s IBAN, the
    signed amount between `least` and `most` (minor units). It says where such a line belongs:
    `account` with a `tax` code that it includes, or open in favour of a `party`.
    """

    name: str
    contains: str = ""
    counterparty: str = ""
    bank_account: str = ""
    least: int | None = None
    most: int | None = None
    account: str = ""
    party: str = ""
    tax: str = ""
    text: str = ""
    automatic: bool = False
    place: int = 100
