"""What an import says of itself, before and after: every difference, with its place."""

from datetime import date

import msgspec


class LedgerFile(msgspec.Struct, frozen=True):
    """A file handed in: its name, and its content (base64 in JSON)."""

    name: str
    content: bytes


class ReadFile(msgspec.Struct, frozen=True):
    """A file as it was understood; `known` when it was imported before."""

    name: str
    format: str
    sha256: str
    bytes: int
    entries: int
    known: bool


class AccountPlan(msgspec.Struct, frozen=True):
    """What becomes of an account of the file.

    `how`: `mapped` (as the mapping says), `found` (there is one of this code or RGS code), or
    `made`. `source_balance` and `balance` are minor units, debit positive: what the file adds up
    to, and what would be posted.
    """

    source: str
    source_name: str
    code: str
    name: str
    kind: str
    group: str
    how: str
    rgs: str
    source_balance: int
    balance: int


class PartyPlan(msgspec.Struct, frozen=True):
    """What becomes of a party of the file: `found` or `made`."""

    code: str
    name: str
    how: str


class Refused(msgspec.Struct, frozen=True):
    """What can't be imported, or is left out: with its file and line."""

    file: str
    line: int
    code: str
    message: str


class CommodityBalance(msgspec.Struct, frozen=True):
    """What an account of the file holds of a commodity in the end, as an exact decimal."""

    account: str
    commodity: str
    amount: str


class LedgerImport(msgspec.Struct, frozen=True, kw_only=True):
    """An import as it would be, or was when `done`.

    `ok` when nothing stands in the way; `known` when all files were imported before, so that
    nothing is to be done. `balances` are the file's own, by commodity; `accounts` compares them
    with what is posted.
    """

    ok: bool
    done: bool
    known: bool
    currency: str
    files: list[ReadFile]
    entries: int
    lines: int
    first: date | None
    last: date | None
    accounts: list[AccountPlan]
    parties: list[PartyPlan]
    open_items: int
    refused: list[Refused]
    notes: list[Refused]
    balances: list[CommodityBalance]
    debit: int
    credit: int
