"""Suppliers: made, changed, held back, and released."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.supplier_rows import NewSupplier, write_suppliers
from kantoor.departments.finance.actions.tax import TaxCodes
from kantoor.departments.finance.drafts_purchases import NO_TAX, SupplierChange, SupplierDraft
from kantoor.departments.finance.errors import UnknownAccount, UnknownParty
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models import Supplier
from kantoor.departments.finance.queries.payables.accounts import cost_accounts
from kantoor.departments.finance.reference.countries import country_code
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.addresses import with_one_domain
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.money import MICRO
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import rows_by_key

MANAGE = "finance.manage_suppliers"
PARTY_FIELDS = (
    "name", "email", "phone", "street", "postcode", "city", "country", "vat_number",
    "registration", "language",
)  # fmt: skip
TERMS = (
    "payment_days", "discount_percent", "discount_days", "account", "tax_code", "endpoint", "hold",
)  # fmt: skip
LONGEST_DAYS = 365


@action(permission=MANAGE, title=_("Add suppliers"), bulk_of="finance.create_supplier")
def create_suppliers(actor: Actor, /, *, suppliers: Sequence[SupplierDraft]) -> list[str]:
    """Add suppliers, all or none; gives their codes. A party of that code becomes a supplier.

    Raises Conflict where there is a supplier of that code, UnknownAccount, UnknownTaxCode, or
    InvalidInput with the place among those given.
    """
    unnumbered = sum([not each.code.strip() for each in suppliers])
    number = take_numbers(f"finance.supplier/{actor.company_id}", unnumbered) if unnumbered else 0
    terms = _Terms(actor, suppliers)
    fresh = []
    for place, each in enumerate(suppliers, 1):
        own = None
        if not each.code.strip():
            own, number = number, number + 1
        fresh.append(_checked(terms, each, own, place))
    _refuse_known(actor, [each.code for each in fresh])
    keys = write_suppliers(actor, fresh)
    if len(fresh) == 1:
        concerns(f"kernel.party/{keys[fresh[0].code]}")
    return [each.code for each in fresh]


@action(permission=MANAGE, title=_("Add a supplier"))
def create_supplier(actor: Actor, /, *, supplier: SupplierDraft) -> str:
    """Add one supplier; gives the code."""
    return create_suppliers(actor, suppliers=[supplier])[0]


@action(permission=MANAGE, title=_("Change suppliers"), bulk_of="finance.alter_supplier")
def alter_suppliers(actor: Actor, /, *, changes: Sequence[SupplierChange]) -> None:
    """Change suppliers, all or none: particulars, terms, and how their invoices are booked.

    Raises UnknownParty, UnknownAccount, UnknownTaxCode, or InvalidInput with the place.
    """
    if not changes:
        return
    found = _locked(actor, [each.code for each in changes])
    terms = _Terms(actor, changes)
    for place, each in enumerate(changes, 1):
        _change(terms, _known(found, each.code, place), each, place)
    Party.objects.bulk_update([each.party for each in found.values()], PARTY_FIELDS)
    Supplier.objects.bulk_update(found.values(), TERMS)
    _concern(found)


@action(permission=MANAGE, title=_("Change a supplier"))
def alter_supplier(actor: Actor, /, *, change: SupplierChange) -> None:
    """Change one supplier."""
    alter_suppliers(actor, changes=[change])


@action(permission=MANAGE, title=_("Hold what is paid to suppliers"))
def hold_suppliers(actor: Actor, /, *, suppliers: Sequence[str], why: str) -> None:
    """Pay these suppliers nothing until they are released; their invoices go on coming in."""
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    _set_hold(actor, suppliers, why.strip())


@action(permission=MANAGE, title=_("Release suppliers to be paid"))
def release_suppliers(actor: Actor, /, *, suppliers: Sequence[str]) -> None:
    """Let these suppliers be paid again."""
    _set_hold(actor, suppliers, "")


def _set_hold(actor: Actor, codes: Sequence[str], hold: str) -> None:
    found = _locked(actor, codes)
    for place, code in enumerate(codes, 1):
        _known(found, code, place).hold = hold
    Supplier.objects.bulk_update(found.values(), ["hold"])
    _concern(found)


def _locked(actor: Actor, codes: Iterable[str]) -> dict[str, Supplier]:
    rows = scoped(actor, Supplier).select_for_update(of=("self",)).select_related("party")
    found = rows.filter(party__company_id=actor.company_id, party__code__in=set(codes))
    return {row.party.code: row for row in found.order_by("pk")}


def _known(found: dict[str, Supplier], code: str, place: int | None = None) -> Supplier:
    if code not in found:
        message = _("There is no supplier “{code}”.").format(code=code[:40])
        raise UnknownParty(message, field="supplier", line=place)
    return found[code]


def _concern(found: dict[str, Supplier]) -> None:
    if len(found) == 1:
        concerns(f"kernel.party/{next(iter(found.values())).party_id}")


class _Terms:
    """Accounts and tax codes by code, looked up once for many suppliers."""

    def __init__(self, actor: Actor, given: Sequence[SupplierDraft | SupplierChange]) -> None:
        self.accounts = cost_accounts(actor.company_id, {each.account for each in given if each.account})  # fmt: skip
        named = any(each.tax for each in given)
        self.taxes = TaxCodes(actor.company_id, actor.country) if named else None

    def account(self, code: str, place: int) -> int | None:
        """The key of an account; None for none."""
        if code and code not in self.accounts:
            message = _("There is no account “{code}” in use that takes purchases.")
            raise UnknownAccount(message.format(code=code[:40]), field="account", line=place)
        return self.accounts.get(code)

    def tax(self, code: str, place: int) -> int | None:
        """The key of a tax code; None for none."""
        if not code or code == NO_TAX or self.taxes is None:
            return None
        return self.taxes.purchase(code, timezone.localdate(), place).id


def _change(terms: _Terms, supplier: Supplier, change: SupplierChange, place: int) -> None:
    for field in PARTY_FIELDS:
        if (value := getattr(change, field)) is not None:
            setattr(supplier.party, field, _country(value, place) if field == "country" else value)
    if change.email is not None:
        supplier.party.email = with_one_domain(change.email)
    if not supplier.party.name.strip():
        raise InvalidInput(_("A supplier needs a name."), field="name", line=place)
    if change.account is not None:
        supplier.account_id = terms.account(change.account, place)
    if change.tax is not None:
        supplier.tax_code_id = terms.tax(change.tax, place)
    for field in ("payment_days", "discount_days"):
        if (days := getattr(change, field)) is not None:
            setattr(supplier, field, _days(days, field, place))
    if change.discount_percent is not None:
        _percent(change.discount_percent, place)
        supplier.discount_percent = change.discount_percent
    if change.endpoint is not None:
        supplier.endpoint = change.endpoint.strip()


def _checked(terms: _Terms, draft: SupplierDraft, number: int | None, place: int) -> NewSupplier:
    if not draft.name.strip():
        raise InvalidInput(_("A supplier needs a name."), field="name", line=place)
    lengths = {**_lengths(Party, ("code", *PARTY_FIELDS)), **_lengths(Supplier, ("endpoint",))}
    for field, longest in lengths.items():
        text = getattr(draft, field)
        if field != "country" and (len(text) > longest or "\0" in text):
            message = _("This is longer than {most} characters.").format(most=longest)
            raise InvalidInput(message, field=field, line=place)
    given = {field: getattr(draft, field).strip() for field in PARTY_FIELDS if field != "country"}
    return NewSupplier(
        code=draft.code.strip() or f"S{number:05}",
        kind=draft.kind,
        country=_country(draft.country, place),
        payment_days=_days(draft.payment_days, "payment_days", place),
        discount_percent=_percent(draft.discount_percent, place),
        discount_days=_days(draft.discount_days, "discount_days", place),
        account_id=terms.account(draft.account, place),
        tax_code_id=terms.tax(draft.tax, place),
        endpoint=draft.endpoint.strip(),
        number=number,
        **given,
    )


def _lengths(model: Any, names: Iterable[str]) -> dict[str, int]:
    return {name: model._meta.get_field(name).max_length for name in names}


def _country(text: str, place: int | None) -> str:
    if not text.strip():
        return ""
    code = country_code(text)
    if code is None:
        message = _("There is no country “{country}”.").format(country=text[:40])
        raise InvalidInput(message, field="country", line=place)
    return code


def _days(days: int, field: str, place: int | None) -> int:
    if not 0 <= days <= LONGEST_DAYS:
        message = _("Give 0 to {most} days.").format(most=LONGEST_DAYS)
        raise InvalidInput(message, field=field, line=place)
    return days


def _percent(percent: Decimal, place: int | None) -> int:
    scaled = in_millionths(percent)
    if scaled is None or not 0 <= scaled < 100 * MICRO:
        message = _("A discount is 0 or more and below 100 percent.")
        raise InvalidInput(message, field="discount_percent", line=place)
    return scaled


def _refuse_known(actor: Actor, codes: Sequence[str]) -> None:
    known = rows_by_key(
        "SELECT party.code, supplier.id FROM finance_supplier supplier"
        " JOIN kernel_party party ON party.id = supplier.party_id"
        " WHERE supplier.company_id = %s AND party.code IN ({})",
        [actor.company_id],
        codes,
    )
    seen: set[str] = set()
    for place, code in enumerate(codes, 1):
        if code in known or code in seen:
            message = _("There is a supplier {code} already.").format(code=code)
            raise Conflict(message, field="code", line=place)
        seen.add(code)
