"""What a payment file says, before it is XML: frozen values, amounts in cents."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

Sequence_ = Literal["FRST", "RCUR", "OOFF", "FNAL"]
MOST_ORDERS = 100_000
"""Orders of one file; banks take fewer."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Whose account it is. Without a BIC the bank finds it by the IBAN, as SEPA has it."""

    name: str
    iban: str
    bic: str = ""


class Order(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One transfer or collection; `reference` is structured, else `remittance` is said.

    For a collection `mandate`, `signed_on` and `sequence` say by which consent.
    """

    end_to_end: str
    other: Account
    amount: int
    reference: str = ""
    remittance: str = ""
    mandate: str = ""
    signed_on: date | None = None
    sequence: str = ""


class PaymentFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of orders of one kind, from (or to) one account on one day, in euro.

    `creditor` is the creditor identifier and `scheme` CORE or B2B, for collections. With `batch`
    the bank books one amount for all orders together. `purpose` is that of all of them, such as
    SALA for salaries (ISO 20022 ExternalCategoryPurpose1Code).
    """

    message_id: str
    made_at: datetime
    own: Account
    execute_on: date
    orders: Sequence[Order]
    creditor: str = ""
    scheme: str = ""
    batch: bool = True
    purpose: str = ""

    @property
    def amount(self) -> int:
        """The control sum."""
        return sum(order.amount for order in self.orders)


def euros(cents: int) -> str:
    """An amount as XML says it: `1234.50`."""
    assert cents > 0
    return f"{cents // 100}.{cents % 100:02}"
