"""Write customers and the parties they are, for many at once.

Only sales' own actions call this, inside their transaction.
"""

from collections.abc import Sequence

import msgspec

from kantoor.departments.sales.drafts import Buyer
from kantoor.departments.sales.models import Customer
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.rows import write_parties, write_roles
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows

ROLE = "customer"
PAYMENT_DAYS = 30


class NewCustomer(msgspec.Struct, frozen=True):
    """A customer to be written; `kind` is person or organisation, `country` ISO 3166 or empty.

    `number` is its place in our own series, where its code comes from there.
    """

    code: str
    name: str
    country: str = ""
    kind: str = "organisation"
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    vat_number: str = ""
    registration: str = ""
    language: str = ""
    payment_days: int = PAYMENT_DAYS
    credit_limit: int | None = None
    number: int | None = None


def write_customers(actor: Actor, fresh: Sequence[NewCustomer]) -> dict[str, Buyer]:
    """Write customers who are none yet; a party of the same code becomes a customer."""
    if not fresh:
        return {}
    parties = rows_by_key(
        "SELECT code, id, country, vat_number FROM kernel_party"
        " WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        [each.code for each in fresh],
    )
    new = [each for each in fresh if each.code not in parties]
    keys = write_parties(actor.company_id, new)
    parties |= {each.code: (keys[each.code], each.country, each.vat_number) for each in new}
    write_roles(ROLE, [parties[each.code][0] for each in fresh])
    first = take_ids(Customer, len(fresh))
    insert_rows(
        Customer,
        [
            (first + n, actor.company_id, parties[each.code][0], each.number, each.payment_days,
             each.credit_limit, 0)
            for n, each in enumerate(fresh)
        ],
    )  # fmt: skip
    buyers = {}
    for each in fresh:
        party_id, country, vat_number = parties[each.code]
        buyers[each.code] = Buyer(party_id, country, vat_number, each.payment_days, False)
    return buyers
