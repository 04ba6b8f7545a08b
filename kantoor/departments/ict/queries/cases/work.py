"""Time spent on cases and what it cost: of one case, and by case, department, service or queue.

Each line costs its minutes at the rate of its day, rounded half up to minor units; all sums are of
these, so that every way of looking adds up to the same.
"""

import calendar
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case, CaseWork, Queue, Service, WorkRate
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import MICRO, SCALE, exponent, half_up_ratio
from kantoor.kernel.paging import PAGE, Page
from kantoor.kernel.parties.units import Unit, Whereabouts
from kantoor.kernel.queries import query, scoped

MANAGE, COSTS = "ict.manage_desk", "ict.see_costs"
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
By = Literal["case", "department", "service", "queue"]


class WorkShown(msgspec.Struct, frozen=True):
    """A line of time; `open` can be taken back.

    `cost` in minor units; None where no rate holds, and for who may not see costs.
    """

    id: int
    day: date
    who: str
    user: int
    minutes: int
    cost: int | None
    open: bool


class WorkCostRow(msgspec.Struct, frozen=True):
    """Minutes of a case, department, service or queue, and their cost in minor units.

    `unrated` are those of the minutes that no rate holds for. `code` is empty where there is none.
    """

    id: str
    code: str
    name: str
    minutes: int
    unrated: int
    cost: int


class WorkRateRow(msgspec.Struct, frozen=True):
    """A rate as listed; with neither service nor queue it is for any."""

    id: int
    start: date
    service: str
    queue: str
    rate: Decimal


class Line(NamedTuple):
    """A line of time as it counts."""

    case: int
    requester: int | None
    service: int | None
    queue: int | None
    day: date
    minutes: int


def last_day(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


class WorkRates:
    """The rates of a company, read at once: what a line costs without asking again."""

    def __init__(self, company_id: int, currency: str) -> None:
        self._whole = 60 * 10 ** (SCALE - exponent(currency))
        self._held: dict[tuple[int | None, int | None], list[tuple[date, int]]] = {}
        rows: Any = WorkRate.objects.filter(company_id=company_id).order_by("start", "pk")
        for service, queue, start, rate in rows.values_list(
            "service_id", "queue_id", "start", "rate"
        ):
            self._held.setdefault((service, queue), []).append((start, int(rate * MICRO)))

    def cost(self, day: date, service: int | None, queue: int | None, minutes: int) -> int | None:
        """What minutes of a day cost in minor units; None where no rate holds."""
        for key in dict.fromkeys([(service, None), (None, queue), (None, None)]):
            held = self._held.get(key)
            if held and (n := bisect_right(held, day, key=lambda each: each[0])):
                return half_up_ratio(minutes * held[n - 1][1], self._whole)
        return None


def work_of(row: Case, actor: Actor) -> list[WorkShown]:
    """The lines of a case in the order they were written; what they cost for who may see it."""
    lines = list(row.work.select_related("user", "reversed_by").order_by("pk"))
    if not lines:
        return []
    rates = WorkRates(row.company_id, actor.currency) if actor.may(COSTS) else None
    return [
        WorkShown(
            each.pk, each.day, each.user.name, each.user_id, each.minutes,
            rates.cost(each.day, each.service_id, each.queue_id, each.minutes) if rates else None,
            each.reverses_id is None and getattr(each, "reversed_by", None) is None,
        )
        for each in lines
    ]  # fmt: skip


@query(permission=COSTS, title=_("Time and cost"), exposed=True)
def work_costs(
    actor: Actor, /, *, by: By = "service", start: date | None = None, end: date | None = None,
    cursor: str = "", limit: int = PAGE,
) -> Page[WorkCostRow]:  # fmt: skip
    """Time spent in a period (this month unless said) and its cost, the dearest first.

    A line counts for the department that the requester worked in on its day. Raises InvalidInput for a
    period that is none.
    """
    today = timezone.localdate()
    first = start or (end or today).replace(day=1)
    last = end or last_day(first)
    if not FIRST <= first <= last <= LAST:
        raise InvalidInput(_("Give two days of this century, the first one first."), field="start")
    lines = lines_of(actor, first, last)
    key_of = _keys(actor, by, lines, first, last)
    rates = WorkRates(actor.company_id, actor.currency)
    sums: dict[Any, list[int]] = {}
    for line in lines:
        held = sums.setdefault(key_of(line), [0, 0, 0])
        cost = rates.cost(line.day, line.service, line.queue, line.minutes)
        held[0] += line.minutes
        held[1] += line.minutes if cost is None else 0
        held[2] += cost or 0
    ordered = sorted(sums.items(), key=lambda each: (-each[1][2], -each[1][0], str(each[0])))
    place = int(cursor) if cursor.isdecimal() and len(cursor) < 7 else 0
    shown = ordered[place : place + limit]
    names = _names(actor, by, [key for key, _held in shown])
    rows = []
    for key, (minutes, unrated, cost) in shown:
        code, name = names.get(key, ("", ""))
        rows.append(WorkCostRow(code or "-", code, name, minutes, unrated, cost))
    more = place + limit < len(ordered)
    total = [sum(held[n] for held in sums.values()) for n in range(3)]
    return Page(
        rows=rows,
        next_cursor=str(place + limit) if more else "",
        count=None if cursor else len(ordered),
        sums={} if cursor else {"minutes": total[0], "unrated": total[1], "cost": total[2]},
    )


def lines_of(actor: Actor, first: date, last: date) -> list[Line]:
    """The time spent in a period, both days included, in the order it was written down."""
    rows = scoped(actor, CaseWork).filter(day__range=(first, last)).order_by("pk")
    values = rows.values_list(
        "case_id", "case__requester_id", "service_id", "queue_id", "day", "minutes"
    )
    return [Line(*each) for each in values.iterator(10_000)]


def _keys(
    actor: Actor, by: By, lines: Sequence[Line], first: date, last: date
) -> Callable[[Line], Any]:
    """What a line counts for."""
    if by == "case":
        return lambda line: line.case
    if by == "service":
        return lambda line: line.service
    if by == "queue":
        return lambda line: line.queue
    asked = sorted({line.requester for line in lines if line.requester is not None})
    places = Whereabouts(actor.company_id, asked, first, last)

    def unit(line: Line) -> Unit | None:
        place = places.on(line.requester, line.day)
        return place.unit if place else None

    return unit


def _names(actor: Actor, by: By, keys: Sequence[Any]) -> dict[Any, tuple[str, str]]:
    """Code and name by key; none for what has no service, queue or department."""
    if by == "department":
        return {key: (key.code, key.name) for key in keys if key is not None}
    if by == "case":
        return {row.pk: (str(row), row.title) for row in scoped(actor, Case).filter(pk__in=keys)}
    model: type[Service | Queue] = Service if by == "service" else Queue
    rows = scoped(actor, model).filter(pk__in=[key for key in keys if key is not None])
    return {row.pk: (row.code, row.name) for row in rows}


@query(permission=MANAGE, title=_("What an hour of work costs"), exposed=True)
def work_rates(actor: Actor, /) -> Sequence[WorkRateRow]:
    """All rates, the newest first; of two that start on one day the upper holds."""
    rows: Any = scoped(actor, WorkRate).order_by("-start", "-pk")
    values = rows.values_list("pk", "start", "service__name", "queue__name", "rate")
    return [
        WorkRateRow(key, start, service or "", queue or "", rate)
        for key, start, service, queue, rate in values
    ]
