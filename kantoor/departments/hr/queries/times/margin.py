"""Hours with what they cost and what was invoiced of them, by project, customer or employee."""

import calendar
from collections import Counter
from datetime import date
from typing import Any, Literal

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import dimension_values
from kantoor.departments.hr.models import HourBilling
from kantoor.departments.hr.queries.times.costs import CostGroup, amount_of, cost_groups
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import exponent
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

BILL = "hr.bill_time"
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
By = Literal["project", "customer", "employee"]


class MarginRow(msgspec.Struct, frozen=True):
    """Minutes worked and invoiced, and amounts in minor units of the company's currency.

    `code` is empty for hours on no project or for no customer.
    """

    id: str
    code: str
    name: str
    minutes: int
    billed_minutes: int
    cost: int
    billed: int
    margin: int


@query(permission=BILL, title=_("Hours and margin"), exposed=True)
def hour_margin(
    actor: Actor, /, *, by: By = "project", start: date | None = None, end: date | None = None
) -> list[MarginRow]:
    """Approved hours of a period (this month unless said), their cost, and what was invoiced in it.

    Invoices count by their day, hours by theirs. Raises NoHourRate where nothing says what hours
    cost, InvalidInput for a period that is none.
    """
    today = timezone.localdate()
    first = start or (end or today).replace(day=1)
    last = end or first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if not FIRST <= first <= last <= LAST:
        raise InvalidInput(_("Give two days of this century, the first one first."), field="start")
    minutes: Counter[Any] = Counter()
    cost: Counter[Any] = Counter()
    places = exponent(actor.currency)
    for group, some in cost_groups(actor.company_id, first, last).items():
        key = _key(by, group)
        minutes[key] += some
        cost[key] += amount_of(some, group.rate, places)
    billed_minutes, billed = _billed(actor, by, first, last)
    names = _names(actor, by, minutes.keys() | billed.keys())
    rows = []
    for key in minutes.keys() | billed.keys():
        code, name = names.get(key, (str(key or ""), str(key or "")))
        rows.append(
            MarginRow(
                code or "-", code, name, minutes[key], billed_minutes[key], cost[key], billed[key],
                billed[key] - cost[key],
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.name.casefold(), row.code))


def _key(by: By, group: CostGroup) -> Any:
    if by == "project":
        return group.project
    return group.customer if by == "customer" else group.party


def _billed(actor: Actor, by: By, first: date, last: date) -> tuple[Counter[Any], Counter[Any]]:
    column = {"project": "project", "customer": "customer_id", "employee": "party_id"}[by]
    rows = scoped(actor, HourBilling).filter(date__range=(first, last), freed_at=None)
    minutes: Counter[Any] = Counter()
    own: Counter[Any] = Counter()
    for key, some, amount in rows.values_list(column, "minutes", "own"):
        minutes[key] += some
        own[key] += amount
    return minutes, own


def _names(actor: Actor, by: By, keys: Any) -> dict[Any, tuple[str, str]]:
    if by == "project":
        known = dimension_values(actor.company_id, "project")
        return {key: (key, known.get(key, key)) for key in keys}
    rows = scoped(actor, Party).filter(pk__in=[key for key in keys if key is not None])
    found: dict[Any, tuple[str, str]] = {
        key: (code, name) for key, code, name in rows.values_list("pk", "code", "name")
    }
    return found | {None: ("", "")}
