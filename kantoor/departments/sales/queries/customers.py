"""Customers: the register with what they owe, and one customer with terms and standing."""

import msgspec
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import owed_by_parties
from kantoor.departments.sales.errors import UnknownCustomer
from kantoor.departments.sales.models import Customer
from kantoor.departments.sales.queries.credit import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class CustomerRow(msgspec.Struct, frozen=True):
    """A customer as listed; amounts in minor units of the company's currency."""

    party_id: int
    code: str
    name: str
    country: str
    payment_days: int
    credit_limit: int | None
    blocked: bool
    open: int
    overdue: int


class CustomerShown(msgspec.Struct, frozen=True):
    """A customer with particulars and terms."""

    customer: CustomerRow
    kind: str
    email: str
    phone: str
    street: str
    postcode: str
    city: str
    vat_number: str
    registration: str
    language: str


@query(permission=READ, title=_("Customers"), exposed=True)
def customers(
    actor: Actor,
    /,
    *,
    search: str = "",
    country: str = "",
    blocked: bool | None = None,
    sort: str = "code",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[CustomerRow]:
    """The customers, each with what they owe; two statements whatever their number."""
    found = scoped(actor, Customer).select_related("party")
    if search:
        found = found.filter(Q(party__code__startswith=search) | Q(party__name__icontains=search))
    if country:
        found = found.filter(party__country=country)
    if blocked is not None:
        found = found.filter(blocked=blocked)
    keys = {"code": ("party__code",), "name": ("party__name",), "country": ("party__country",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    return page.with_rows(_rows(actor, page.rows))


@query(permission=READ, title=_("A customer"), exposed=True)
def customer(actor: Actor, /, *, code: str) -> CustomerShown:
    """One customer by code. Raises UnknownCustomer."""
    found: QuerySet[Customer] = scoped(actor, Customer).select_related("party")
    row = found.filter(party__company_id=actor.company_id, party__code=code).first()
    if row is None:
        message = _("There is no customer “{code}”.").format(code=code[:40])
        raise UnknownCustomer(message, field="code")
    party = row.party
    return CustomerShown(
        _rows(actor, [row])[0],
        party.kind,
        party.email,
        party.phone,
        party.street,
        party.postcode,
        party.city,
        party.vat_number,
        party.registration,
        party.language,
    )


def _rows(actor: Actor, found: list[Customer]) -> list[CustomerRow]:
    owed = owed_by_parties(actor, [each.party_id for each in found])
    rows = []
    for each in found:
        debt = owed.get(each.party_id)
        rows.append(
            CustomerRow(
                each.party_id,
                each.party.code,
                each.party.name,
                each.party.country,
                each.payment_days,
                each.credit_limit,
                each.blocked,
                debt.open if debt else 0,
                debt.overdue if debt else 0,
            )
        )
    return rows
