"""Write parties, and what they are to the company, for many at once.

Only departments' own actions call this, inside their transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kantoor.kernel.addresses import with_one_domain
from kantoor.kernel.parties.models import Party, PartyRole
from kantoor.kernel.record.erasure import new_subjects
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows


class NewParty(Protocol):
    """A party to be written; `kind` is person or organisation, `country` ISO 3166 or empty."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def street(self) -> str: ...
    @property
    def postcode(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def vat_number(self) -> str: ...
    @property
    def registration(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person to be written of whom no more is known than how to reach them."""

    code: str
    name: str
    email: str
    phone: str
    language: str
    kind: str = "person"
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    vat_number: str = ""
    registration: str = ""


def write_parties(company_id: int, fresh: Sequence[NewParty]) -> dict[str, int]:
    """Write parties whose codes are new; gives their keys by code."""
    if not fresh:
        return {}
    first, at = take_ids(Party, len(fresh)), now()
    persons = sum([each.kind == "person" for each in fresh])
    subjects = iter(new_subjects(persons) if persons else ())
    insert_rows(
        Party,
        [
            (first + n, next(subjects) if each.kind == "person" else None, company_id,
             each.code, each.kind, each.name, with_one_domain(each.email), each.phone, each.street, each.postcode,
             each.city, each.country, each.vat_number, each.registration, each.language, at, None)
            for n, each in enumerate(fresh)
        ],
    )  # fmt: skip
    return {each.code: first + n for n, each in enumerate(fresh)}


def write_roles(role: str, party_ids: Sequence[int]) -> None:
    """Make parties customers or suppliers, as far as they are not yet."""
    had = rows_by_key(
        "SELECT party_id, id FROM kernel_party_role WHERE role = %s AND party_id IN ({})",
        [role],
        party_ids,
    )
    fresh = [party_id for party_id in party_ids if party_id not in had]
    if fresh:
        first = take_ids(PartyRole, len(fresh))
        insert_rows(PartyRole, [(first + n, party_id, role) for n, party_id in enumerate(fresh)])
