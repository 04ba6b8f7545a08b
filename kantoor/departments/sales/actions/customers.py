"""Customers: made, changed, and how much they may owe."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import country_code
from kantoor.departments.sales.actions.credit import in_words
from kantoor.departments.sales.actions.customer_rows import NewCustomer, write_customers
from kantoor.departments.sales.errors import KnownAlready, UnknownCustomer
from kantoor.departments.sales.models import Customer
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.addresses import with_one_domain
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.parties.models import Party
from kantoor.kernel.parties.vat_numbers import vat_number
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import rows_by_key

MANAGE, LIMIT = "sales.manage_customers", "sales.set_credit_limit"
PARTY_FIELDS = (
    "name", "email", "phone", "street", "postcode", "city", "country", "vat_number",
    "registration", "language",
)  # fmt: skip
LONGEST_PAYMENT_DAYS = 365


class CustomerDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A customer; without a code they get one from our own series.

    `country` is a name or an ISO 3166 code, `payment_days` how long they have to pay.
    """

    name: str
    code: str = ""
    kind: Literal["person", "organisation"] = "organisation"
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    vat_number: str = ""
    registration: str = ""
    language: str = ""
    payment_days: int = 30


class CustomerChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of the customer with this code; what is not said stays as it is."""

    code: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    vat_number: str | None = None
    registration: str | None = None
    language: str | None = None
    payment_days: int | None = None
    blocked: bool | None = None


@action(permission=MANAGE, title=_("Add customers"), bulk_of="sales.create_customer")
def create_customers(actor: Actor, /, *, customers: Sequence[CustomerDraft]) -> list[str]:
    """Add customers, all or none; gives their codes. A party of that code becomes a customer.

    Raises KnownAlready where there is a customer of that code.
    """
    unnumbered = sum([not each.code for each in customers])
    number = take_numbers(f"sales.customer/{actor.company_id}", unnumbered) if unnumbered else 0
    fresh = []
    for place, each in enumerate(customers, 1):
        own = None
        if not each.code:
            own, number = number, number + 1
        fresh.append(_checked(each, own, place))
    _refuse_known(actor, [each.code for each in fresh])
    write_customers(actor, fresh)
    return [each.code for each in fresh]


@action(permission=MANAGE, title=_("Add a customer"))
def create_customer(actor: Actor, /, *, customer: CustomerDraft) -> str:
    """Add one customer; gives the code."""
    return create_customers(actor, customers=[customer])[0]


@action(permission=MANAGE, title=_("Change customers"), bulk_of="sales.alter_customer")
def alter_customers(actor: Actor, /, *, changes: Sequence[CustomerChange]) -> None:
    """Change customers, all or none: particulars, terms of payment, whether anything is sold.

    Raises UnknownCustomer, or InvalidInput with the place of the change.
    """
    if not changes:
        return
    rows = scoped(actor, Customer).select_for_update(of=("self",)).select_related("party")
    wanted = {each.code for each in changes}
    found = {row.party.code: row for row in rows.filter(party__code__in=wanted).order_by("pk")}
    for place, each in enumerate(changes, 1):
        customer = found.get(each.code)
        if customer is None:
            raise _unknown(each.code, place)
        _change(customer, each, place)
    Party.objects.bulk_update([each.party for each in found.values()], PARTY_FIELDS)
    Customer.objects.bulk_update(found.values(), ["payment_days", "blocked"])
    if len(found) == 1:
        concerns(f"kernel.party/{next(iter(found.values())).party_id}")


@action(permission=MANAGE, title=_("Change a customer"))
def alter_customer(actor: Actor, /, *, change: CustomerChange) -> None:
    """Change one customer."""
    alter_customers(actor, changes=[change])


def _change(customer: Customer, change: CustomerChange, place: int) -> None:
    party = customer.party
    for field in PARTY_FIELDS:
        if (value := getattr(change, field)) is not None:
            setattr(party, field, _country(value, place) if field == "country" else value)
    if change.email is not None:
        party.email = with_one_domain(change.email)
    if change.vat_number is not None:
        party.vat_number = vat_number(change.vat_number, party.country, line=place)
    if not party.name.strip():
        raise InvalidInput(_("A customer needs a name."), field="name", line=place)
    if change.payment_days is not None:
        customer.payment_days = _payment_days(change.payment_days, place)
    if change.blocked is not None:
        customer.blocked = change.blocked


def _above_own_limit(actor: Actor, parameters: Mapping[str, Any]) -> str | None:
    most, asked = actor.limit(LIMIT), parameters["limit"]
    if most is None or (asked is not None and asked <= most):
        return None
    return str(_("a credit limit above {most}").format(most=in_words(most, actor.currency)))


@action(permission=LIMIT, title=_("Set a credit limit"), second_pair=_above_own_limit)
def set_credit_limit(actor: Actor, /, *, customer: str, limit: int | None) -> None:
    """Set the most that a customer may owe, in minor units; None is without limit.

    Above what the actor may grant alone, a second person has to approve it.
    """
    if limit is not None and not 0 <= limit <= LARGEST:
        raise InvalidInput(_("A credit limit is nought or more."), field="limit")
    found = customer_of(actor, customer)
    found.credit_limit = limit
    found.save()
    concerns(f"kernel.party/{found.party_id}")


def customer_of(actor: Actor, code: str) -> Customer:
    """The customer of that code, locked until the action ends; raises UnknownCustomer."""
    rows = scoped(actor, Customer).select_for_update()
    found = rows.filter(party__company_id=actor.company_id, party__code=code).first()
    if found is None:
        raise _unknown(code)
    return found


def _unknown(code: str, place: int | None = None) -> UnknownCustomer:
    message = _("There is no customer “{code}”.").format(code=code[:40])
    return UnknownCustomer(message, field="customer", line=place)


def _checked(draft: CustomerDraft, number: int | None, place: int) -> NewCustomer:
    code = draft.code.strip() or f"C{number:05}"
    if not draft.name.strip():
        raise InvalidInput(_("A customer needs a name."), field="name", line=place)
    for field, longest in _lengths().items():
        text = getattr(draft, field)
        if len(text) > longest or "\0" in text:
            message = _("This is longer than {most} characters.").format(most=longest)
            raise InvalidInput(message, field=field, line=place)
    given = {field: getattr(draft, field) for field in PARTY_FIELDS if field != "country"}
    country = _country(draft.country, place)
    given["vat_number"] = vat_number(draft.vat_number, country, line=place)
    return NewCustomer(
        code=code,
        kind=draft.kind,
        country=country,
        payment_days=_payment_days(draft.payment_days, place),
        number=number,
        **given,
    )


def _lengths() -> dict[str, int]:
    fields = [Party._meta.get_field(name) for name in ("code", *PARTY_FIELDS) if name != "country"]
    return {field.name: field.max_length for field in fields}  # type: ignore[union-attr, misc]


def _country(text: str, place: int | None = None) -> str:
    if not text.strip():
        return ""
    code = country_code(text)
    if code is None:
        message = _("There is no country “{country}”.").format(country=text[:40])
        raise InvalidInput(message, field="country", line=place)
    return code


def _payment_days(days: int, place: int | None = None) -> int:
    if not 0 <= days <= LONGEST_PAYMENT_DAYS:
        message = _("A customer pays within 0 to {most} days.").format(most=LONGEST_PAYMENT_DAYS)
        raise InvalidInput(message, field="payment_days", line=place)
    return days


def _refuse_known(actor: Actor, codes: Sequence[str]) -> None:
    known = rows_by_key(
        "SELECT party.code, customer.id FROM sales_customer customer"
        " JOIN kernel_party party ON party.id = customer.party_id"
        " WHERE customer.company_id = %s AND party.code IN ({})",
        [actor.company_id],
        codes,
    )
    seen: set[str] = set()
    for place, code in enumerate(codes, 1):
        if code in known or code in seen:
            message = _("There is a customer {code} already.").format(code=code)
            raise KnownAlready(message, field="code", line=place)
        seen.add(code)
