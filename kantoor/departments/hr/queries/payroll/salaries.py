"""Salaries and components as they are listed."""

from datetime import date
from decimal import Decimal

import msgspec
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import Component, Salary
from kantoor.departments.hr.queries.payroll.slips import SEE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class SalaryRow(msgspec.Struct, frozen=True):
    """A salary version; `amount` in minor units a month or an hour of the full week."""

    id: int
    employee: str
    name: str
    start: date
    per: str
    amount: int
    week_hours: Decimal
    credit: bool
    age_class: str


class ComponentRow(msgspec.Struct, frozen=True):
    """A component as it holds now."""

    code: str
    name: str
    kind: str
    formula: str
    everyone: bool
    start: date
    ended: bool


@query(permission=SEE, title=_("Salaries"), exposed=True)
def salaries(
    actor: Actor,
    /,
    *,
    employee: str = "",
    search: str = "",
    history: bool = False,
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[SalaryRow]:
    """The latest salary of each employee; with `history` all versions."""
    found = scoped(actor, Salary).select_related("party")
    if not history:
        latest = Salary.objects.filter(party=OuterRef("party")).order_by("-start", "-pk")
        found = found.filter(pk=Subquery(latest.values("pk")[:1]))
    if employee:
        found = found.filter(party__code=employee)
    if search and "\0" not in search:
        found = found.filter(party__name__icontains=search)
    keys = {"name": ("party__name",), "start": ("start",), "amount": ("amount",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    return page.map(
        lambda each: SalaryRow(
            each.pk, each.party.code, each.party.name, each.start, each.per, each.amount,
            Decimal(each.week_minutes) / 60, each.credit, each.age_class,
        )
    )  # fmt: skip


@query(permission=SEE, title=_("Pay components"), exposed=True, shows_nobody=True)
def pay_components(actor: Actor, /) -> list[ComponentRow]:
    """The company's components in their latest version, by code."""
    rows = scoped(actor, Component).order_by("code", "start", "pk")
    latest = {row.code: row for row in rows}
    return [
        ComponentRow(
            each.code, each.name, each.kind, each.formula, each.everyone, each.start, each.ended
        )
        for each in latest.values()
    ]
