"""Copies of names and addresses for invoices: one for each party and each change, then reused."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import UnknownParty
from kantoor.departments.finance.models import Particulars
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import fetch, rows_by_key
from kantoor.kernel.store.models import insert_rows

_PARTY = (
    "SELECT id, subject_id, name, street, postcode, city, registration FROM kernel_party"
    " WHERE company_id = %s AND id IN ({})"
)
_COMPANY = (
    "SELECT name, street, postcode, city, country, vat_number, registration"
    " FROM kernel_company WHERE id = %s"
)
_KNOWN = (
    "SELECT id, subject_id, party_id, name, street, postcode, city, country, vat_number,"
    " registration FROM finance_particulars"
    " WHERE company_id = %s AND erased_at IS NULL AND "
)
Copy = tuple[Any, ...]
"""Subject, party, name, street, postcode, city, country, VAT number, registration."""


class Seller(NamedTuple):
    """The company as its invoices name it."""

    particulars_id: int
    country: str


class Buyers:
    """The buyers of a batch of invoices: checked to be of the company, copied where they changed."""

    def __init__(self, company_id: int, party_ids: Iterable[int]) -> None:
        self.company_id = company_id
        wanted = set(party_ids)
        self._parties = rows_by_key(_PARTY, [company_id], wanted)
        known = _by_copy(company_id, "party_id IN ({})", wanted)
        self._known: dict[Copy, int] = known
        self._fresh: dict[Copy, int] = {}
        self._asked: dict[tuple[int, str, str], Copy] = {}

    def note(self, party_id: int, country: str, vat_number: str, line: int | None) -> Copy:
        """What an invoice shows of its buyer; raises UnknownParty."""
        asked = (party_id, country, vat_number)
        copy = self._asked.get(asked)
        if copy is None:
            copy = self._asked[asked] = self._copy(asked, line)
        return copy

    def _copy(self, asked: tuple[int, str, str], line: int | None) -> Copy:
        party_id, country, vat_number = asked
        found = self._parties.get(party_id)
        if found is None:
            raise UnknownParty(_("There is no such party."), field="party", line=line)
        if len(country) > 2 or len(vat_number) > 20:
            message = _("The country is two letters, the VAT number at most 20 characters.")
            raise UnknownParty(message, field="country", line=line)
        subject, name, street, postcode, city, registration = found
        copy = (subject, party_id, name, street, postcode, city, country, vat_number, registration)
        if copy not in self._known:
            self._fresh.setdefault(copy, len(self._fresh))
        return copy

    def keep(self) -> dict[Copy, int]:
        """Write the copies that are new; gives the key of each."""
        self._known.update(_insert(self.company_id, list(self._fresh)))
        self._fresh.clear()
        return self._known


def seller(company_id: int) -> Seller:
    """The company's own particulars, copied where they changed."""
    own = fetch(_COMPANY, [company_id])[0]
    copy = (None, None, *own)
    known = _by_copy(company_id, "party_id IS NULL", ())
    if copy not in known:
        known = _insert(company_id, [copy])
    return Seller(known[copy], own[4])


def _by_copy(company_id: int, which: str, keys: Iterable[int]) -> dict[Copy, int]:
    if "{}" in which:
        rows = rows_by_key(_KNOWN + which, [company_id], keys).items()
        return {row: key for key, row in rows}
    return {row[1:]: row[0] for row in fetch(_KNOWN + which, [company_id])}


def _insert(company_id: int, copies: Sequence[Copy]) -> dict[Copy, int]:
    if not copies:
        return {}
    first = take_ids(Particulars, len(copies))
    rows = [(key, copy[0], company_id, *copy[1:], None) for key, copy in enumerate(copies, first)]
    insert_rows(Particulars, rows)
    return {copy: key for key, copy in enumerate(copies, first)}
