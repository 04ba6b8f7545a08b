"""Write suppliers and the parties they are, for many at once.

Only finance's own actions call this, inside their transaction.
"""

from collections.abc import Sequence

import msgspec

from kantoor.departments.finance.models import Supplier
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.rows import write_parties, write_roles
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows

ROLE = "supplier"


class NewSupplier(msgspec.Struct, frozen=True, kw_only=True):
    """A checked supplier to be written; `number` is its place in our own series, if any."""

    code: str
    name: str
    country: str
    kind: str
    email: str
    phone: str
    street: str
    postcode: str
    city: str
    vat_number: str
    registration: str
    language: str
    payment_days: int
    discount_percent: int
    discount_days: int
    account_id: int | None
    tax_code_id: int | None
    endpoint: str
    number: int | None


def write_suppliers(actor: Actor, fresh: Sequence[NewSupplier]) -> dict[str, int]:
    """Write suppliers; a party of the same code becomes one. Gives the parties' keys by code."""
    if not fresh:
        return {}
    parties: dict[str, int] = rows_by_key(
        "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        [each.code for each in fresh],
    )
    new = [each for each in fresh if each.code not in parties]
    parties |= write_parties(actor.company_id, new)
    write_roles(ROLE, [parties[each.code] for each in fresh])
    first = take_ids(Supplier, len(fresh))
    insert_rows(
        Supplier,
        [
            (first + n, actor.company_id, parties[each.code], each.number, each.payment_days,
             each.discount_percent, each.discount_days, each.account_id, each.tax_code_id,
             each.endpoint, "")
            for n, each in enumerate(fresh)
        ],
    )  # fmt: skip
    return parties
