"""The plan of a time: the approved budgets of its fiscal years, by account, dimension and period."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.accounts import headings
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.money import half_up_ratio
from kantoor.kernel.store.lookup import fetch

PERMISSION = "finance.read_budgets"
CREDIT_KINDS = ("income", "liability", "equity")
"""Kinds of accounts whose amounts are read with the sign turned: credit is above zero."""


def sign_of(kind: str) -> int:
    """What a debit on an account of this kind is multiplied by to be read."""
    return -1 if kind in CREDIT_KINDS else 1


class Planned(NamedTuple):
    """What is planned on an account for lines with a dimension set, in days of a period."""

    account_id: int
    dimensions: str
    starts_on: date
    ends_on: date
    amount: int


_PLAN = """
SELECT amount.account_id, COALESCE(dims.key, ''), CAST(period.starts_on AS text),
    CAST(period.ends_on AS text), CAST(SUM(amount.amount) AS bigint)
FROM finance_budget budget
JOIN finance_budget_version version ON version.id = (
    SELECT MAX(id) FROM finance_budget_version latest
    WHERE latest.budget_id = budget.id AND latest.state = 'approved')
JOIN finance_budget_amount amount ON amount.version_id = version.id
JOIN finance_period period ON period.year_id = budget.year_id AND period.number = amount.number
LEFT JOIN finance_dimension_set dims ON dims.id = amount.dimension_set_id
WHERE budget.company_id = %s AND period.starts_on <= %s AND period.ends_on >= %s{only}
GROUP BY amount.account_id, dims.key, period.starts_on, period.ends_on
"""


def planned(
    company_id: int, start: date, end: date, dimension: str = "", budget_id: int | None = None
) -> list[Planned]:
    """What the approved budgets plan in periods that days lie in; one statement.

    `dimension` keeps to amounts with a value (`cost_centre=100`).
    """
    only, params = "", [company_id, end.isoformat(), start.isoformat()]
    if dimension:
        inside = "instr" if connection.vendor == "sqlite" else "strpos"
        only += f" AND {inside}('|' || COALESCE(dims.key, '') || '|', %s) > 0"
        params.append(f"|{dimension}|")
    if budget_id is not None:
        only += " AND budget.id = %s"
        params.append(budget_id)
    return [
        Planned(account, key, date.fromisoformat(first), date.fromisoformat(last), int(amount))
        for account, key, first, last, amount in fetch(_PLAN.format(only=only), params)
    ]


def by_account(found: Sequence[Planned], start: date, end: date) -> dict[int, int]:
    """What is planned by account between two days.

    Of a period that the days cut, its part by days, rounded half up.
    """
    sums: dict[int, int] = {}
    for each in found:
        first, last = max(start, each.starts_on), min(end, each.ends_on)
        days, within = (each.ends_on - each.starts_on).days + 1, (last - first).days + 1
        amount = each.amount if days == within else half_up_ratio(each.amount * within, days)
        sums[each.account_id] = sums.get(each.account_id, 0) + amount
    return sums


def planned_of(
    actor: Actor, spans: Sequence[tuple[date, date]], dimension: str = ""
) -> dict[int, list[int]]:
    """What is planned on each account within each of several times, debit positive.

    One statement whatever the number of times. Raises NotAllowed for who may not see budgets.
    """
    if not actor.may(PERMISSION):
        raise NotAllowed(_("You may not see budgets."))
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    found = planned(actor.company_id, first, last, dimension)
    kinds = {each.id: each.kind for each in headings(actor)}
    sums: dict[int, list[int]] = {}
    for place, (start, end) in enumerate(spans):
        within = [each for each in found if each.starts_on <= end and each.ends_on >= start]
        for account, amount in by_account(within, start, end).items():
            amounts = sums.setdefault(account, [0] * len(spans))
            amounts[place] = sign_of(kinds.get(account, "")) * amount
    return sums
