"""The terms of suppliers, as their invoices need them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from kantoor.kernel.store.lookup import rows_by_key


class Terms(NamedTuple):
    """A supplier: who they are, when they are paid, and how their lines are booked."""

    party_id: int
    subject_id: int | None
    name: str
    country: str
    payment_days: int
    discount_percent: Decimal
    discount_days: int
    account_id: int | None
    tax_code: str
    hold: str


_TERMS = (
    "SELECT {}, party.id, party.subject_id, party.name, party.country, supplier.payment_days,"
    " supplier.discount_percent, supplier.discount_days, supplier.account_id, tax.code,"
    " supplier.hold FROM finance_supplier supplier"
    " JOIN kernel_party party ON party.id = supplier.party_id"
    " LEFT JOIN finance_tax_code tax ON tax.id = supplier.tax_code_id"
    " WHERE supplier.company_id = %s AND {} IN ({{}})"
)


def terms_of(company_id: int, codes: Iterable[str]) -> dict[str, Terms]:
    """The suppliers with these codes, as far as they exist."""
    wanted = [code for code in codes if "\0" not in code]
    found = rows_by_key(_TERMS.format("party.code", "party.code"), [company_id], wanted)
    return {code: _terms(row) for code, row in found.items()}


def terms_by_party(company_id: int, party_ids: Iterable[int]) -> dict[int, Terms]:
    """The suppliers that these parties are, as far as they are."""
    found = rows_by_key(
        _TERMS.format("supplier.party_id", "supplier.party_id"), [company_id], party_ids
    )
    return {key: _terms(row) for key, row in found.items()}


def _terms(row: tuple[Any, ...]) -> Terms:
    party_id, subject_id, name, country, payment_days, percent, days, account, tax, hold = row
    scaled = Decimal(percent).scaleb(-6)
    return Terms(
        party_id, subject_id, name, country, payment_days, scaled, days, account, tax or "", hold
    )
