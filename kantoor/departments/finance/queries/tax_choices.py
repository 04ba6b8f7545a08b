"""The tax codes that a person may choose, on an invoice or for a purchase."""

from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import TaxCode
from kantoor.departments.finance.models.tax import PURCHASE, SALE
from kantoor.departments.finance.queries.invoice_card import in_language
from kantoor.departments.finance.reference import vat
from kantoor.departments.finance.tax_names import choices, names_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.queries import query, scoped


class TaxChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A tax code: `category` is of EN 16931, `rate` a percentage."""

    code: str
    name: str
    category: str
    rate: Decimal


@query(permission="finance.read_receivables", title=_("Tax codes to choose from"), exposed=True)
def tax_choices(actor: Actor, /, *, on: date | None = None) -> list[TaxChoice]:
    """The tax codes of sales in force on a day (today if unsaid): in use, and those that can be."""
    day = on or today_of(actor)
    invoiced = scoped(actor, TaxCode).filter(use=SALE, sales_account__isnull=False)
    kept = {each.code: _kept(each) for each in invoiced if _in_force(each, day)}
    fresh = {each.code: each for each in _possible(actor.country, day, actor.language)}
    return [found for _code, found in sorted({**fresh, **kept}.items())]


@query(permission="finance.read_ledger", title=_("Tax codes of purchases"), exposed=True)
def purchase_tax_choices(actor: Actor, /, *, on: date | None = None) -> list[TaxChoice]:
    """The tax codes of purchases in force on a day (today if unsaid), in use or not."""
    day = on or today_of(actor)
    kept = [_kept(each) for each in scoped(actor, TaxCode).filter(use=PURCHASE)
            if _in_force(each, day)]  # fmt: skip
    fresh = [
        TaxChoice(
            code=each.code,
            name=each.names()[actor.language == "nl"],
            category=each.ground.category,
            rate=each.rate,
        )
        for each in vat.purchase_codes(actor.country, day)
    ]
    return list({each.code: each for each in (*fresh, *kept)}.values())


def tax_of_receipts(actor: Actor, code: str, on: date) -> bool:
    """Whether a code is VAT that can stand on a receipt: a purchase's, which the seller owes."""
    kept = scoped(actor, TaxCode).filter(use=PURCHASE, code=code).first()
    if kept is not None:
        return _in_force(kept, on) and not kept.reversed
    meant = vat.purchase_code(code, actor.country, on)
    return meant is not None and not meant.ground.reversed


def _kept(code: TaxCode) -> TaxChoice:
    return TaxChoice(
        code=code.code, name=in_language(code, "name"), category=code.category, rate=code.rate
    )


def _in_force(code: TaxCode, day: date) -> bool:
    begun = code.valid_from is None or code.valid_from <= day
    return begun and (code.valid_to is None or day <= code.valid_to)


def _possible(country: str, day: date, language: str) -> list[TaxChoice]:
    return [
        TaxChoice(
            code=each.code,
            name=names_of(*each)[language == "nl"],
            category=vat.treatment_by(each.ground, each.rate).en16931_category,
            rate=each.rate,
        )
        for each in choices(country, day)
        if each.ground != "private_use"
    ]
