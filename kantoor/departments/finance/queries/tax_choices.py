"""The tax codes that a person may choose on an invoice."""

from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import TaxCode
from kantoor.departments.finance.queries.days import today_of
from kantoor.departments.finance.queries.invoice_card import in_language
from kantoor.departments.finance.reference import vat
from kantoor.departments.finance.tax_names import code_of, names_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class TaxChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A tax code: `category` is of EN 16931, `rate` a percentage."""

    code: str
    name: str
    category: str
    rate: Decimal


@query(permission="finance.read_receivables", title=_("Tax codes to choose from"), exposed=True)
def tax_choices(actor: Actor, /, *, on: date | None = None) -> list[TaxChoice]:
    """The tax codes in force on a day (today if unsaid): those in use, and those that can be."""
    day = on or today_of(actor)
    kept = {each.code: _kept(each) for each in scoped(actor, TaxCode) if _in_force(each, day)}
    fresh = {each.code: each for each in _possible(actor.country, day, actor.language)}
    return [found for _code, found in sorted({**fresh, **kept}.items())]


def _kept(code: TaxCode) -> TaxChoice:
    return TaxChoice(
        code=code.code, name=in_language(code, "name"), category=code.category, rate=code.rate
    )


def _in_force(code: TaxCode, day: date) -> bool:
    begun = code.valid_from is None or code.valid_from <= day
    return begun and (code.valid_to is None or day <= code.valid_to)


def _possible(country: str, day: date, language: str) -> list[TaxChoice]:
    rates = [vat.standard_rate(country, day), *(vat.reduced_rates(country, day) or ())]
    grounds = [("reduced", "S", rate) for rate in rates if rate is not None]
    grounds += [("zero_rated", "Z", Decimal(0)), ("exempt", "E", Decimal(0))]
    return [
        TaxChoice(
            code=code_of(ground, rate),
            name=names_of(ground, rate)[language == "nl"],
            category=category,
            rate=rate,
        )
        for ground, category, rate in grounds
    ]
