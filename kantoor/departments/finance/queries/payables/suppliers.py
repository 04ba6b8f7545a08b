"""Suppliers: the register with what we owe them, and one supplier's card."""

from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import OpenItem, Supplier
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import rows_by_key


class SupplierRow(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier with what we owe them in minor units: all of it, and what is past due.

    `hold` says why they are paid nothing now.
    """

    code: str
    name: str
    country: str
    payment_days: int
    hold: str
    open: int
    overdue: int


class SupplierCard(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier complete: particulars, terms, and how their lines are booked."""

    id: int
    supplier: SupplierRow
    email: str
    phone: str
    street: str
    postcode: str
    city: str
    vat_number: str
    registration: str
    language: str
    endpoint: str
    discount_percent: Decimal
    discount_days: int
    account: str
    tax: str


SORTS = {"code": ("party__code",), "name": ("party__name",), "country": ("party__country",)}
PERMISSION = "finance.read_payables"


@query(permission=PERMISSION, title=_("Suppliers"), exposed=True)
def suppliers(
    actor: Actor,
    /,
    *,
    held: bool = False,
    country: str = "",
    search: str = "",
    sort: str = "code",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[SupplierRow]:
    """Suppliers with what we owe them; `search` is a code or part of a name."""
    found = scoped(actor, Supplier).select_related("party")
    if held:
        found = found.exclude(hold="")
    if country:
        found = found.filter(party__country=country.upper())
    if search and "\0" not in search:
        found = found.filter(Q(party__code__istartswith=search) | Q(party__name__icontains=search))
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    owed = owed_to(actor, [each.party_id for each in page.rows])
    return page.map(lambda each: _row(each, owed.get(each.party_id, (0, 0))))


@query(permission=PERMISSION, title=_("A supplier"), exposed=True)
def supplier(actor: Actor, /, *, code: str) -> SupplierCard:
    """One supplier, by code; raises NotFound."""
    rows = scoped(actor, Supplier).select_related("party", "account", "tax_code")
    found = rows.filter(party__code=code, party__company_id=actor.company_id).first()
    if found is None:
        found = _unnamed(actor, code)
    if found is None:
        raise NotFound(_("There is no supplier “{code}”.").format(code=code[:40]), field="code")
    party = found.party
    return SupplierCard(
        id=party.pk,
        supplier=_row(found, owed_to(actor, [party.pk]).get(party.pk, (0, 0))),
        email=party.email,
        phone=party.phone,
        street=party.street,
        postcode=party.postcode,
        city=party.city,
        vat_number=party.vat_number,
        registration=party.registration,
        language=party.language,
        endpoint=found.endpoint,
        discount_percent=Decimal(found.discount_percent),
        discount_days=found.discount_days,
        account=found.account.code if found.account else "",
        tax=found.tax_code.code if found.tax_code else "",
    )


def _unnamed(actor: Actor, code: str) -> Supplier | None:
    """A party that something is owed to without its having been made a supplier, with usual terms."""
    party = scoped(actor, Party).filter(code=code).first()
    owed = OpenItem.objects.filter(party=party, account__role="payables")
    if party is None or not owed.exists():
        return None
    return Supplier(company_id=actor.company_id, party=party)


def owed_to(actor: Actor, party_ids: list[int]) -> dict[int, tuple[int, int]]:
    """What we owe these parties, and what of it is past due, in minor units."""
    found: dict[int, Any] = rows_by_key(
        "SELECT item.party_id, CAST(sum(-item.open) AS bigint), CAST(sum("
        " CASE WHEN item.due_on < %s AND item.open < 0 THEN -item.open ELSE 0 END) AS bigint)"
        " FROM finance_open_item item JOIN finance_account account"
        " ON account.id = item.account_id AND account.role = 'payables'"
        " WHERE item.company_id = %s AND item.open <> 0 AND item.party_id IN ({})"
        " GROUP BY item.party_id",
        [today_of(actor).isoformat(), actor.company_id],
        party_ids,
    )
    return found


def _row(each: Supplier, owed: tuple[int, int]) -> SupplierRow:
    return SupplierRow(
        code=each.party.code,
        name=each.party.name,
        country=each.party.country,
        payment_days=each.payment_days,
        hold=each.hold,
        open=owed[0],
        overdue=owed[1],
    )
