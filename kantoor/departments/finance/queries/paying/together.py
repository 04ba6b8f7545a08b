"""Transfers that another department made up, as one file for the bank that books them as one sum.

Whose they are and how much each gets stays with that department; finance sees one debit.
"""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.sepa.orders import Account, Order, PaymentFile
from kantoor.departments.finance.formats.sepa.transfers import VERSIONS, write_transfers
from kantoor.departments.finance.models import BankAccount
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

LONGEST_ID = 35
"""Characters of a reference in SEPA."""


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """What one gets, in cents; `end_to_end` is our reference, of at most 35 characters."""

    end_to_end: str
    name: str
    iban: str
    amount: int
    remittance: str


def file_of_transfers(
    actor: Actor,
    *,
    message_id: str,
    made_at: datetime,
    execute_on: date,
    transfers: Sequence[Transfer],
    purpose: str = "",
) -> bytes:
    """A pain.001 from the first of the company's accounts in euro; the same gives the same bytes.

    `purpose` is the category of them all, such as SALA for salaries. For departments that asked
    permission themselves. Raises InvalidInput without transfers, and Conflict where the company has
    no account in euro with an IBAN.
    """
    if not transfers:
        raise InvalidInput(_("There is nothing to pay."))
    accounts = scoped(actor, BankAccount).filter(active=True, currency="EUR").exclude(iban="")
    own = accounts.select_related("company").order_by("code").first()
    if own is None:
        raise Conflict(_("Add the company's bank account, with its IBAN, to finance first."))
    wanted = PaymentFile(
        message_id=message_id[:LONGEST_ID],
        made_at=made_at,
        own=Account(name=own.company.name, iban=own.iban, bic=own.bic),
        execute_on=execute_on,
        orders=[
            Order(
                end_to_end=each.end_to_end[:LONGEST_ID],
                other=Account(name=each.name, iban=each.iban),
                amount=each.amount,
                remittance=each.remittance,
            )
            for each in transfers
        ],
        batch=True,
        purpose=purpose,
    )
    return write_transfers(wanted, VERSIONS[0])
