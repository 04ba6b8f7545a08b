"""What can be invoiced: approved billable hours on no invoice, by customer, project, employee.

A line of an invoice is the hours of one employee on one project at one rate. An invoice counts
hours in six decimals (a third of an hour is 0.333333); its amount is these times the rate, rounded
half up once for the line, as EN 16931 asks (BT-131).

A line that takes another back has the rate at which the other was invoiced, and the other way
round, whatever rates were set since: together they come to nothing.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import HourLine
from kantoor.departments.hr.models.times.sheets import APPROVED
from kantoor.departments.hr.queries.times.rates import HourRates, Rate
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import MICRO, SCALE, exponent, half_up_ratio
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

BILL = "hr.bill_time"
_COUNTERPART = (
    "reverses__billed__billing__rate", "reverses__billed__billing__currency",
    "reversed_by__billed__billing__rate", "reversed_by__billed__billing__currency",
)  # fmt: skip


class Group(NamedTuple):
    """What becomes one line of an invoice; `rate` is None where nothing says what it is worth."""

    customer: int
    project: str
    party: int
    rate: Rate | None


class Hours:
    """The lines of a group, their minutes, and the days they lie between."""

    __slots__ = ("first", "last", "lines", "minutes")

    def __init__(self, day: date) -> None:
        self.first = self.last = day
        self.minutes = 0
        self.lines: list[int] = []

    def add(self, line: int, day: date, minutes: int) -> None:
        """Take a line in."""
        self.lines.append(line)
        self.minutes += minutes
        self.first, self.last = min(self.first, day), max(self.last, day)


def hours_to_bill(
    company_id: int, until: date, customers: Collection[int] | None = None
) -> dict[Group, Hours]:
    """Hours to a day by group, in two statements; those that add up to nothing are left out."""
    rates = HourRates(company_id)
    rows = HourLine.objects.filter(
        company_id=company_id, billable=True, billed=None, day__lte=until, sheet__state=APPROVED
    )
    if customers is not None:
        rows = rows.filter(customer__in=customers)
    found: dict[Group, Hours] = {}
    values = rows.order_by("customer_id", "project", "party_id", "day", "pk").values_list(
        "pk", "customer_id", "project", "party_id", "day", "minutes", *_COUNTERPART
    )
    for key, customer, project, party, day, minutes, *invoiced in values.iterator(10_000):
        assert customer is not None
        rate = _invoiced_at(*invoiced) or rates.on(day, project, customer, party)
        group = Group(customer, project, party, rate)
        hours = found.get(group)
        if hours is None:
            hours = found[group] = Hours(day)
        hours.add(key, day, minutes)
    return {group: hours for group, hours in found.items() if hours.minutes}


def _invoiced_at(
    taken: Decimal | None, taken_in: str | None, taker: Decimal | None, taker_in: str | None
) -> Rate | None:
    """The rate at which the line that this one takes back, or is taken back by, was invoiced."""
    if taken is not None and taken_in is not None:
        return Rate(taken, taken_in)
    return Rate(taker, taker_in) if taker is not None and taker_in is not None else None


def quantity_of(minutes: int) -> int:
    """Minutes as hours in units of 10**-6, rounded half up."""
    return half_up_ratio(minutes * MICRO, 60)


def net_of(minutes: int, rate: Rate) -> int:
    """What hours come to, in minor units of the currency of the rate."""
    price = int(rate.rate * MICRO)
    whole: int = 10 ** (2 * SCALE - exponent(rate.currency))
    return half_up_ratio(quantity_of(minutes) * price, whole)


class ToInvoice(msgspec.Struct, frozen=True):
    """What a customer can be invoiced; `missing` minutes have no rate. Amount in `currency`."""

    customer: str
    name: str
    projects: str
    people: int
    minutes: int
    missing: int
    amount: int
    currency: str


@query(permission=BILL, title=_("Hours to invoice"), exposed=True)
def hours_to_invoice(actor: Actor, /, *, until: date | None = None) -> list[ToInvoice]:
    """A proposal: approved billable hours on no invoice yet, by customer and currency."""
    found = hours_to_bill(actor.company_id, until or date.max)
    parties = scoped(actor, Party).filter(pk__in={group.customer for group in found})
    names = {key: (code, name) for key, code, name in parties.values_list("pk", "code", "name")}
    rows: dict[tuple[int, str], list[tuple[Group, int]]] = {}
    for group, hours in found.items():
        currency = group.rate.currency if group.rate else actor.currency
        rows.setdefault((group.customer, currency), []).append((group, hours.minutes))
    return [
        ToInvoice(
            *names[customer],
            projects=", ".join(sorted({group.project for group, _m in some if group.project})),
            people=len({group.party for group, _m in some}),
            minutes=sum(minutes for _group, minutes in some),
            missing=sum(minutes for group, minutes in some if group.rate is None),
            amount=sum(net_of(minutes, group.rate) for group, minutes in some if group.rate),
            currency=currency,
        )
        for (customer, currency), some in sorted(rows.items(), key=lambda row: names[row[0][0]])
    ]


def price_of(rate: Decimal) -> int:
    """A rate in units of 10**-6."""
    return int(rate * MICRO)
