"""What approved hours of a period cost: by person, project, customer, cost centre and rate.

The minutes of such a group times its rate are rounded half up once; sums are of these.
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kantoor.departments.hr.models import HourCost, HourLine
from kantoor.departments.hr.models.times.sheets import APPROVED
from kantoor.departments.hr.queries.people.terms import terms_between
from kantoor.departments.hr.queries.times.rates import CostRates
from kantoor.kernel.money import MICRO, SCALE, half_up_ratio


class CostGroup(NamedTuple):
    """Hours that cost the same and are booked on the same."""

    party: int
    project: str
    customer: int | None
    cost_centre: str
    rate: Decimal


class Place(NamedTuple):
    """Where cost is booked."""

    cost_centre: str
    project: str


class Cost(NamedTuple):
    """Minutes, and what they cost in minor units of the company's currency."""

    minutes: int
    amount: int


def cost_groups(company_id: int, start: date, end: date) -> Counter[CostGroup]:
    """The approved minutes of a period by group, in three statements. Raises NoHourRate."""
    rates = CostRates(company_id)
    terms = terms_between(company_id, start, end)
    rows = HourLine.objects.filter(
        company_id=company_id, day__range=(start, end), sheet__state=APPROVED
    )
    found: Counter[CostGroup] = Counter()
    values = rows.order_by("party_id", "day", "pk").values_list(
        "party_id", "project", "customer_id", "day", "minutes"
    )
    for party, project, customer, day, minutes in values.iterator(10_000):
        # An employment that was shortened afterwards leaves hours without terms.
        held = next((t for t in terms.get(party, ()) if t.start <= day <= t.end), None)
        title, centre = (held.job_title, held.cost_centre) if held else ("", "")
        found[CostGroup(party, project, customer, centre, rates.on(day, title))] += minutes
    return found


def amount_of(minutes: int, rate: Decimal, places: int) -> int:
    """Minutes at a rate an hour, in minor units of a currency with so many decimals."""
    whole: int = 60 * 10 ** (SCALE - places)
    return half_up_ratio(minutes * int(rate * MICRO), whole)


def costs_by_place(company_id: int, start: date, end: date, places: int) -> dict[Place, Cost]:
    """What hours of a period cost by cost centre and project."""
    found: dict[Place, Cost] = {}
    for group, minutes in cost_groups(company_id, start, end).items():
        place = Place(group.cost_centre, group.project)
        held = found.get(place, Cost(0, 0))
        amount = amount_of(minutes, group.rate, places)
        found[place] = Cost(held.minutes + minutes, held.amount + amount)
    return found


def booked_costs(company_id: int, month: date) -> dict[Place, Cost]:
    """What was booked of the hours of a month until now."""
    found: dict[Place, Cost] = {}
    rows = HourCost.objects.filter(company_id=company_id, month=month)
    for centre, project, minutes, amount in rows.values_list(
        "cost_centre", "project", "minutes", "amount"
    ):
        held = found.get(Place(centre, project), Cost(0, 0))
        found[Place(centre, project)] = Cost(held.minutes + minutes, held.amount + amount)
    return found
