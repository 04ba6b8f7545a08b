"""Kinds of expenses as they are listed and chosen from."""

from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import ExpenseCategory
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class CategoryRow(msgspec.Struct, frozen=True):
    """A kind of expense; amounts in minor units, `rate` in major units of the currency."""

    id: int
    code: str
    name: str
    kind: str
    account: str
    tax: str
    rate: Decimal | None
    most_minor: int | None
    over: str
    receipt_from_minor: int | None
    active: bool
    currency: str


@query(permission="hr.use_own", title=_("Expense categories"), exposed=True)
def expense_categories(actor: Actor, /, *, active: bool | None = None) -> list[CategoryRow]:
    """The kinds of expenses, by name."""
    return _listed(actor, active)


@query(permission="hr.read_expenses", title=_("Expense categories"))
def all_expense_categories(actor: Actor, /, *, active: bool | None = None) -> list[CategoryRow]:
    """The same for who looks after expenses, and may have none to claim."""
    return _listed(actor, active)


def _listed(actor: Actor, active: bool | None) -> list[CategoryRow]:
    found = scoped(actor, ExpenseCategory).order_by("name", "pk")
    if active is not None:
        found = found.filter(active=active)
    return [_row(actor, row) for row in found]


def _row(actor: Actor, row: Any) -> CategoryRow:
    return CategoryRow(
        row.pk,
        row.code,
        row.name,
        row.kind,
        row.account,
        row.tax,
        row.rate,
        row.most_minor,
        row.over,
        row.receipt_from_minor,
        row.active,
        actor.currency,
    )
