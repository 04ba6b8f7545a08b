"""Customers by the keys of their parties, for pages that link to them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.models import Customer
from kantoor.departments.sales.queries.credit import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


@query(permission=READ, title=_("Codes and names of customers"))
def customer_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Code and name of those of these parties that are the company's customers."""
    found = scoped(actor, Customer).filter(party_id__in=list(keys)[:1000])
    rows = found.values_list("party_id", "party__code", "party__name")
    return {key: (code, name) for key, code, name in rows}
