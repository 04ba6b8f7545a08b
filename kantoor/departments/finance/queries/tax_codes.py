"""The tax codes that a company's sales have needed so far."""

from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import TaxCode
from kantoor.departments.finance.queries.accounts import name_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class TaxCodeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A way of taxing a sale; `rate` is a percentage."""

    code: str
    name: str
    category: str
    rate: Decimal
    country: str
    valid_from: date | None
    valid_to: date | None
    reason: str
    sales_account: str
    tax_account: str


@query(permission="finance.read_ledger", title=_("Tax codes"), exposed=True)
def tax_code_register(actor: Actor, /) -> list[TaxCodeRow]:
    """The tax codes in order of code, in one statement."""
    found = scoped(actor, TaxCode).select_related("sales_account", "tax_account").order_by("code")
    dutch = actor.language.startswith("nl")
    return [
        TaxCodeRow(
            code=each.code,
            name=name_of(actor, each),
            category=each.category,
            rate=each.rate,
            country=each.country,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            reason=each.reason_nl if dutch else each.reason_en,
            sales_account=each.sales_account.code,
            tax_account=each.tax_account.code if each.tax_account else "",
        )
        for each in found
    ]
