"""Which rate holds for an hour: read at once, then picked without asking the database again."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import dimension_values
from kantoor.departments.hr.errors_times import NoHourRate
from kantoor.departments.hr.models import HourCostRate, HourRate, HourSettings
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

BILL, PAY = "hr.bill_time", "hr.manage_pay"


class Rate(NamedTuple):
    """What an hour is worth, in major units of a currency."""

    rate: Decimal
    currency: str


class HourRates:
    """The rates of a company by what they are for and from when they hold."""

    def __init__(self, company_id: int) -> None:
        self._by_key: dict[tuple[str, int | None, int | None], list[tuple[date, Rate]]] = {}
        rows: Any = HourRate.objects.filter(company_id=company_id).order_by("start", "pk")
        for project, customer, party, start, rate, currency in rows.values_list(
            "project", "customer_id", "party_id", "start", "rate", "currency"
        ):
            held = self._by_key.setdefault((project, customer, party), [])
            held.append((start, Rate(rate, currency)))

    def on(self, day: date, project: str, customer: int | None, party: int) -> Rate | None:
        """The narrowest rate in force: project goes before customer, customer before employee."""
        for key in _narrowest_first(project, customer, party):
            held = self._by_key.get(key)
            if held and (n := bisect_right(held, day, key=lambda each: each[0])):
                return held[n - 1][1]
        return None


def _narrowest_first(
    project: str, customer: int | None, party: int
) -> list[tuple[str, int | None, int | None]]:
    projects = [project, ""] if project else [""]
    customers = [customer, None] if customer is not None else [None]
    return [(a, b, c) for a in projects for b in customers for c in (party, None)]


class CostRates:
    """What an hour of each function costs, from when."""

    def __init__(self, company_id: int) -> None:
        self._by_title: dict[str, list[tuple[date, Decimal]]] = {}
        rows: Any = HourCostRate.objects.filter(company_id=company_id).order_by("start", "pk")
        for title, start, rate in rows.values_list("job_title", "start", "rate"):
            self._by_title.setdefault(title.casefold(), []).append((start, rate))

    def on(self, day: date, job_title: str) -> Decimal:
        """The rate of a function on a day, or of any. Raises NoHourRate."""
        for title in (job_title.casefold(), ""):
            held = self._by_title.get(title)
            if held and (n := bisect_right(held, day, key=lambda each: each[0])):
                return held[n - 1][1]
        message = _("Nothing says what an hour of “{title}” costs on {day}; set it first.")
        raise NoHourRate(message.format(title=job_title or "–", day=day.isoformat()))


def settings_of(company_id: int) -> HourSettings | None:
    """Where hours are booked, as it was last said."""
    return HourSettings.objects.filter(company_id=company_id).order_by("-pk").first()


class HourRateRow(msgspec.Struct, frozen=True):
    """A rate as listed; empty is any."""

    id: int
    start: date
    project: str
    customer: str
    employee: str
    rate: Decimal
    currency: str


class HourCostRateRow(msgspec.Struct, frozen=True):
    """A rate of cost as listed; an empty function is any other."""

    id: int
    start: date
    job_title: str
    rate: Decimal


@query(permission=BILL, title=_("What hours are worth"), exposed=True)
def hour_rates(actor: Actor, /) -> Sequence[HourRateRow]:
    """All rates, the newest first; of two that start on one day the upper holds."""
    rows: Any = scoped(actor, HourRate).order_by("-start", "-pk")
    return [
        HourRateRow(key, start, project, customer or "", employee or "", rate, currency)
        for key, start, project, customer, employee, rate, currency in rows.values_list(
            "pk", "start", "project", "customer__name", "party__name", "rate", "currency"
        )
    ]


@query(permission=BILL, title=_("Projects to set a rate for"))
def rated_projects(actor: Actor, /) -> dict[str, str]:
    """Names by code of projects in use."""
    return dimension_values(actor.company_id, "project")


@query(permission=PAY, title=_("What hours cost"), exposed=True)
def hour_cost_rates(actor: Actor, /) -> Sequence[HourCostRateRow]:
    """All rates of cost by function, the newest first."""
    rows: Any = scoped(actor, HourCostRate).order_by("-start", "-pk")
    values = rows.values_list("pk", "start", "job_title", "rate")
    return [HourCostRateRow(*each) for each in values]
