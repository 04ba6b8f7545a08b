"""Receivables by age: what each customer owed on a day, by how long it was due."""

from datetime import date, timedelta

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

STEPS = (0, 30, 60, 90)
"""Ages in days after the due date: not due, then up to 30, 60, 90, and older."""


class CustomerAges(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer owes in minor units; `ages` are not due, 1-30, 31-60, 61-90 and older."""

    party: str
    name: str
    total: int
    ages: list[int]


class ReceivablesByAge(msgspec.Struct, frozen=True, kw_only=True):
    """Customers with the largest debt first, as many as were asked; `ages` and `total` are of all."""

    currency: str
    on: date
    customers: list[CustomerAges]
    count: int
    ages: list[int]
    total: int


@query(permission="finance.read_receivables", title=_("Receivables by age"))
def ages_of_receivables(
    actor: Actor, /, *, on: date | None = None, most: int = 100
) -> ReceivablesByAge:
    """What was owed at the end of a day, today unless said; two statements, whatever the number.

    What was settled after the day counts as open on it.
    """
    on = on or timezone.localdate()
    check_span(on, on)
    sums = ", ".join(f"CAST(SUM({_age(n)}) AS bigint)" for n in range(len(STEPS) + 1))
    bounds = [_bound(on, n) for n in range(len(STEPS) + 1)]
    flat = [each for pair in bounds for each in pair]
    base, params = _open_on(actor, on)
    whole = fetch(
        f"SELECT {sums}, COUNT(DISTINCT party_id) FROM ({base}) item",  # noqa: S608
        [*flat, *params],
    )[0]
    rows = fetch(
        f"SELECT party.code, party.name, CAST(SUM(item.open) AS bigint), {sums}"  # noqa: S608
        f" FROM ({base}) item LEFT JOIN kernel_party party ON party.id = item.party_id"
        " GROUP BY item.party_id, party.code, party.name HAVING SUM(item.open) <> 0"
        " ORDER BY SUM(item.open) DESC, party.code LIMIT %s",
        [*flat, *params, most],
    )
    ages = [int(each or 0) for each in whole[:-1]]
    return ReceivablesByAge(
        currency=actor.currency,
        on=on,
        customers=[
            CustomerAges(party=code or "", name=name or "", total=total, ages=[int(n) for n in own])
            for code, name, total, *own in rows
        ],
        count=int(whole[-1]),
        ages=ages,
        total=sum(ages),
    )


def due_between(on: date, place: int) -> tuple[date | None, date | None]:
    """The due dates of an age, both included; None is without that bound."""
    first = None if place == len(STEPS) else on - timedelta(days=STEPS[place])
    if place == 0:
        return on, None
    return first, on - timedelta(days=STEPS[place - 1] + 1)


def _bound(on: date, place: int) -> list[str]:
    first, last = due_between(on, place)
    return [(first or date.min).isoformat(), (last or date.max).isoformat()]


def _age(_place: int) -> str:
    return "CASE WHEN item.due_on >= %s AND item.due_on <= %s THEN item.open ELSE 0 END"


def _open_on(actor: Actor, on: date) -> tuple[str, list[object]]:
    """What is open now of items until the day, and what later settlements took off them."""
    mine = (
        " JOIN finance_account account ON account.id = item.account_id"
        " AND account.role = 'receivables'"
        " WHERE item.company_id = %s AND item.date <= %s"
    )
    parts = [
        "SELECT item.party_id, item.due_on, item.open FROM finance_open_item item"  # noqa: S608
        f"{mine} AND item.open <> 0"
    ]
    params: list[object] = [actor.company_id, on.isoformat()]
    for side, sign in (("debit_id", ""), ("credit_id", "-")):
        parts.append(
            f"SELECT item.party_id, item.due_on, {sign}later.amount FROM finance_settlement later"  # noqa: S608
            f" JOIN finance_open_item item ON item.line_id = later.{side}{mine}"
            " AND later.company_id = %s AND later.date > %s"
        )
        params += [actor.company_id, on.isoformat(), actor.company_id, on.isoformat()]
    return " UNION ALL ".join(parts), params
