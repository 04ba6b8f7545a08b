"""Payment runs before they are written: what a run says of its orders, and each of these."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kantoor.departments.finance.queries.paying.own_accounts import OwnAccount


class Seal(NamedTuple):
    """Who keeps what an order holds, the ledger account it is owed on, and the content's digest."""

    source: str
    owed_id: int
    content: str


class ReadyItem(NamedTuple):
    """An open item that an order pays, and how much."""

    line_id: int
    document: str
    amount: int
    discount: int = 0


class ReadyOrder(NamedTuple):
    """An order as it will be written."""

    subject_id: int | None
    party_id: int | None
    account_id: int | None
    name: str
    iban: str
    bic: str
    amount: int
    discount: int
    reference: str
    remittance: str
    items: Sequence[ReadyItem]
    mandate_id: int | None = None
    sequence: str = ""
    seal: Seal | None = None


class Header(NamedTuple):
    """What a run says of all its orders."""

    kind: str
    own: OwnAccount
    due_until: date
    execute_on: date
    text: str = ""
    scheme: str = ""
    creditor: str = ""
