"""Whose an incoming invoice is: by VAT number, electronic address, registration, IBAN, or name."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models.payables import POSTED
from kantoor.kernel.store.lookup import fetch, rows_by_key


class Signs(NamedTuple):
    """What an invoice says of its seller; empty where it says nothing."""

    vat_number: str = ""
    endpoint: str = ""
    registration: str = ""
    ibans: Sequence[str] = ()
    name: str = ""


class Match(NamedTuple):
    """The supplier an invoice is of, and by what it was known; `party_id` is None for nobody."""

    party_id: int | None
    why: str


def plain(text: str) -> str:
    """A number or name as it is compared: capitals and digits."""
    return "".join(filter(str.isalnum, text.upper()))


WAYS = (
    ("vat_number", _("by VAT number")),
    ("endpoint", _("by electronic address")),
    ("registration", _("by registration number")),
    ("iban", _("by IBAN")),
    ("name", _("by name")),
)
Known = dict[str, dict[str, set[int]]]
"""For each way, the parties by what is compared."""


class Suppliers:
    """The company's suppliers by all that an invoice may know them by, read once."""

    def __init__(self, company_id: int) -> None:
        self.company_id = company_id
        self._known: Known = {way: {} for way, _why in WAYS}
        rows = fetch(
            "SELECT party.id, party.vat_number, supplier.endpoint, party.registration, party.name"
            " FROM finance_supplier supplier JOIN kernel_party party"
            " ON party.id = supplier.party_id WHERE supplier.company_id = %s",
            [company_id],
        )
        for party_id, *texts in rows:
            ways = ("vat_number", "endpoint", "registration", "name")
            for way, text in zip(ways, texts, strict=True):
                if found := plain(text):
                    self._known[way].setdefault(found, set()).add(party_id)

    def look_up_ibans(self, ibans: Iterable[str]) -> None:
        """Learn whose these accounts are, by the invoices that were posted with them."""
        wanted = {plain(iban) for iban in ibans if iban}
        found = rows_by_key(
            "SELECT min(id), iban, party_id FROM finance_purchase_invoice"  # noqa: S608
            f" WHERE company_id = %s AND state = '{POSTED}' AND iban IN ({{}})"
            " GROUP BY iban, party_id",
            [self.company_id],
            wanted,
        )
        for iban, party_id in found.values():
            self._known["iban"].setdefault(iban, set()).add(party_id)

    def match(self, signs: Signs) -> Match:
        """The supplier that the first sign that fits only one names."""
        said = {
            "vat_number": [signs.vat_number],
            "endpoint": [signs.endpoint],
            "registration": [signs.registration],
            "iban": list(signs.ibans),
            "name": [signs.name],
        }
        for way, why in WAYS:
            found = {
                party_id
                for text in said[way]
                if text
                for party_id in self._known[way].get(plain(text), ())
            }
            if len(found) == 1:
                return Match(found.pop(), str(why))
        return Match(None, "")
