"""The tax codes that a company's sales and purchases have needed so far."""

from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import TaxCode
from kantoor.departments.finance.queries.accounts import name_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class TaxCodeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A way of taxing: `use` is sale or purchase, `rate` and `deductible` are percentages.

    `reversed` says that the company owes the tax on a purchase itself.
    """

    use: str
    code: str
    name: str
    category: str
    rate: Decimal
    country: str
    valid_from: date | None
    valid_to: date | None
    reason: str
    deductible: Decimal
    reversed: bool
    sales_account: str
    tax_account: str
    input_account: str


@query(permission="finance.read_ledger", title=_("Tax codes"), exposed=True)
def tax_code_register(actor: Actor, /) -> list[TaxCodeRow]:
    """The tax codes sales first and in order of code, in one statement."""
    found = scoped(actor, TaxCode).select_related("sales_account", "tax_account", "input_account")
    found = found.order_by("use", "code")
    dutch = actor.language.startswith("nl")
    return [
        TaxCodeRow(
            use=each.use,
            code=each.code,
            name=name_of(actor, each),
            category=each.category,
            rate=each.rate,
            country=each.country,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            reason=each.reason_nl if dutch else each.reason_en,
            deductible=each.deductible,
            reversed=each.reversed,
            sales_account=each.sales_account.code if each.sales_account else "",
            tax_account=each.tax_account.code if each.tax_account else "",
            input_account=each.input_account.code if each.input_account else "",
        )
        for each in found
    ]
