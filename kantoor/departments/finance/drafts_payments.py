"""What is handed in about accounts of parties, mandates and payment runs, and what comes of it."""

from datetime import date
from typing import Literal

import msgspec

Scheme = Literal["CORE", "B2B"]
MandateKind = Literal["recurring", "one_off"]


class PartyAccountDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A bank account of a party; `why` says how the number is known to be theirs.

    The BIC follows from the IBAN where its country's list tells. `holder` is the name on the
    account where it is not the party's.
    """

    party: str
    iban: str
    why: str
    bic: str = ""
    holder: str = ""
    origin: str = ""


class MandateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's consent to collect; without a reference it gets one."""

    party: str
    signed_on: date
    reference: str = ""
    scheme: Scheme = "CORE"
    kind: MandateKind = "recurring"
    last_used_on: date | None = None


class RunMade(msgspec.Struct, frozen=True):
    """A payment run: its number, how many orders and how much in cents, and what was left out."""

    number: str
    orders: int
    amount: int
    left_out: int


class FileMade(msgspec.Struct, frozen=True):
    """A payment file that was made: its name, SHA-256, and the entry that books it."""

    number: str
    name: str
    sha256: str
    orders: int
    amount: int
    entry: str


class StatusTaken(msgspec.Struct, frozen=True):
    """What a status report changed: how many orders were accepted and rejected by it."""

    run: str
    accepted: int
    rejected: int


class Rejected(msgspec.Struct, frozen=True):
    """How many payments were booked back, and their sum in cents."""

    orders: int
    amount: int
