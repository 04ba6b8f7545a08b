"""The yearly listing of Belgian customers who are taxable persons (klantenlisting).

Btw-wetboek, art. 53quinquies; royal decree no. 23: every customer with a Belgian VAT number whose
purchases of a calendar year come to more than EUR 250 without VAT, by 31 March of the next year.
"""

import re
from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import EARLIEST, LATEST
from kantoor.departments.finance.queries.vat.belgium import COUNTRY
from kantoor.departments.finance.queries.vat.facts import ENTRIES, SALES
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.paging import Page
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

MORE_THAN = 250_00
"""Cents; a customer with no more than this in a year is left out."""
LEFT_OUT = ("exempt",)
"""Grounds that don't count: sales exempt by art. 44."""


class ClientRow(msgspec.Struct, frozen=True, kw_only=True):
    """A customer with a Belgian VAT number: turnover without VAT and the VAT on it, in cents."""

    vat_number: str
    party: str
    name: str
    base: int
    tax: int


_SIGN = "(CASE WHEN doc.kind = 'credit_note' THEN -1 ELSE 1 END)"
_INVOICES = (
    f"SELECT buyer.vat_number, MAX(party.code), MAX(buyer.name),"
    f" CAST(SUM({_SIGN} * fact.own_base) AS bigint), CAST(SUM({_SIGN} * fact.own_amount) AS bigint)"
    f"{SALES} JOIN finance_particulars buyer ON buyer.id = doc.buyer_id"
    " JOIN kernel_party party ON party.id = doc.party_id"
    " WHERE doc.company_id = %s AND doc.date >= %s AND doc.date <= %s"
    " AND UPPER(buyer.vat_number) LIKE %s AND code.ground <> %s GROUP BY buyer.vat_number"
)
_ENTRIES = (
    "SELECT party.vat_number, MAX(party.code), MAX(party.name),"
    " CAST(SUM(fact.base) AS bigint), CAST(SUM(fact.amount) AS bigint)"
    f"{ENTRIES} JOIN kernel_party party ON party.id = fact.party_id"
    " WHERE fact.company_id = %s AND fact.date >= %s AND fact.date <= %s AND code.use = 'sale'"
    " AND UPPER(party.vat_number) LIKE %s AND code.ground <> %s GROUP BY party.vat_number"
)


@query(permission="finance.read_vat", title=_("Belgian client listing"), exposed=True)
def belgian_client_listing(actor: Actor, /, *, year: int = 0) -> Page[ClientRow]:
    """The customers to be listed of a calendar year (last year when nought), by VAT number.

    Credit notes are taken off; what was sold exempt by art. 44 doesn't count. Two statements;
    nothing for a company elsewhere. Raises InvalidInput.
    """
    if actor.country != COUNTRY:
        return Page(rows=[])
    year = year or today_of(actor).year - 1
    if not EARLIEST <= year <= LATEST:
        raise InvalidInput(_("Write the year in four digits."), field="year")
    asked = [
        actor.company_id, date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat(),
        f"{COUNTRY}%", *LEFT_OUT,
    ]  # fmt: skip
    found: dict[str, tuple[str, str, int, int]] = {}
    for sql in (_INVOICES, _ENTRIES):
        for number, party, name, base, tax in fetch(sql, asked):
            # The same number may have been written with points or spaces.
            plain = re.sub(r"[^0-9A-Z]", "", number.upper())
            had = found.get(plain, (party, name, 0, 0))
            found[plain] = (had[0], had[1], had[2] + base, had[3] + tax)
    rows = [
        ClientRow(vat_number=number, party=party, name=name, base=base, tax=tax)
        for number, (party, name, base, tax) in sorted(found.items())
        if base > MORE_THAN
    ]
    sums: dict[str, int | Decimal] = {
        "base": sum(each.base for each in rows),
        "tax": sum(each.tax for each in rows),
    }
    return Page(rows=rows, count=len(rows), sums=sums)
