"""Find the customers of documents by code, many at once."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.drafts import Buyer
from kantoor.departments.sales.errors import UnknownCustomer
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import rows_by_key


def buyers_by_code(actor: Actor, codes: Iterable[str]) -> dict[str, Buyer]:
    """Those of these parties that are customers of the company."""
    found = rows_by_key(
        "SELECT party.code, party.id, party.country, party.vat_number,"
        " customer.payment_days, customer.blocked FROM kernel_party party"
        " JOIN sales_customer customer ON customer.party_id = party.id"
        " WHERE party.company_id = %s AND party.code IN ({})",
        [actor.company_id],
        codes,
    )
    return {
        code: Buyer(party_id, country, vat_number, days, bool(blocked))
        for code, (party_id, country, vat_number, days, blocked) in found.items()
    }


def buyer_of(buyers: dict[str, Buyer], code: str, place: int | None = None) -> Buyer:
    """The customer of that code; raises UnknownCustomer."""
    buyer = buyers.get(code)
    if buyer is None:
        message = _("There is no customer “{code}”.").format(code=code[:40])
        raise UnknownCustomer(message, field="customer", line=place)
    return buyer
