"""What another department hands in of money that people of the company are owed."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec


class StaffLine(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody paid for the company: `gross` in minor units of its currency, VAT in it.

    `tax` is a purchase's tax code (`P21`), empty outside VAT; `tax_amount` is what the receipt
    says of it, reckoned out of the gross amount where it says nothing.
    """

    account: str
    gross: int
    tax: str = ""
    tax_amount: int | None = None
    dimensions: Mapping[str, str] = msgspec.field(default_factory=dict)
    text: str = ""


class StaffClaim(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed to one person: `party` is their code, `reference` the number that people know.

    `origin` is the document it books (`hr.expense_claim/12`).
    """

    party: str
    date: date
    reference: str
    origin: str
    lines: Sequence[StaffLine]
    text: str = ""
