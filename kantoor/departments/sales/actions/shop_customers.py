"""The customers of the front office's documents: found by their number, made when they are new."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from kantoor.departments.sales.actions.buyers import buyers_by_code
from kantoor.departments.sales.actions.customer_rows import NewCustomer, write_customers
from kantoor.departments.sales.drafts import Buyer
from kantoor.kernel.actors.actor import Actor

UNKNOWN = "-"


class Shopper(NamedTuple):
    """A customer as a document names it: by number, or only by country."""

    number: str
    country: str
    country_code: str
    source: str

    @property
    def code(self) -> str:
        """The party's code: the number, or that of the collective customer of source and country."""
        return self.number or f"{self.source[:24]}-{self.country_code or _slug(self.country)}"

    @property
    def name(self) -> str:
        if self.number:
            return _("Customer {number}").format(number=self.number)
        return _("Web shop customers without number, {country}").format(
            country=self.country or UNKNOWN
        )


def shop_buyers(actor: Actor, shoppers: Iterable[Shopper]) -> dict[Shopper, Buyer]:
    """The customers that documents name; those that are new become customers on our usual terms.

    A customer that appears with two countries keeps the first as its own; each document is taxed
    by the country in its rows.
    """
    distinct = list(dict.fromkeys(shoppers))
    known = buyers_by_code(actor, {each.code for each in distinct})
    fresh: dict[str, NewCustomer] = {}
    for each in distinct:
        if each.code not in known:
            fresh.setdefault(each.code, _new(each))
    known |= write_customers(actor, list(fresh.values()))
    return {each: known[each.code] for each in distinct}


def _new(shopper: Shopper) -> NewCustomer:
    # A number may stand for a person: then what we keep of them must be erasable.
    kind = "person" if shopper.number else "organisation"
    return NewCustomer(shopper.code, shopper.name, shopper.country_code, kind)


def _slug(country: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", country.casefold()).strip("-")[:15] or "unknown"
