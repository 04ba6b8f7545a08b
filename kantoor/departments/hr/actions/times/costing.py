"""Book the cost of approved hours by month; what changed since goes as a difference."""

import calendar
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import EntryDraft, LineDraft, post_entry
from kantoor.departments.hr.actions.times.checking import FIRST, LAST, PROJECT
from kantoor.departments.hr.drafts_times import HourCostsPosted
from kantoor.departments.hr.errors_times import NoHourRate
from kantoor.departments.hr.models import HourCost, HourSettings
from kantoor.departments.hr.queries.times.costs import Cost, Place, booked_costs, costs_by_place
from kantoor.departments.hr.queries.times.rates import settings_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import exponent

BILL = "hr.bill_time"
COST_CENTRE = "cost_centre"


@action(permission=BILL, title=_("Book the cost of hours"))
def post_hour_costs(actor: Actor, /, *, month: date) -> HourCostsPosted:
    """Book what the approved hours of a month cost, by cost centre and project.

    Any day of the month says which. What was booked before is left out: again books only what
    changed since, and nothing where nothing did. In a closed month it is booked on the first open
    day after it. Raises NoHourRate, InvalidInput, and what finance refuses.
    """
    if not FIRST <= month <= LAST:
        raise InvalidInput(_("Give a day of this century."), field="month")
    Company.objects.select_for_update(no_key=True).get(pk=actor.company_id)
    first = month.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    settings = settings_of(actor.company_id)
    if settings is None:
        raise NoHourRate(_("Say first on which accounts hours are booked."), field="month")
    due = _differences(actor, first, last)
    if not due:
        return HourCostsPosted("", 0, 0)
    lines = _lines(settings, due)
    entry = ""
    if lines:
        text = str(_("Hours {month}").format(month=f"{first:%Y-%m}"))
        draft = EntryDraft(date=last, text=text, reference=f"{first:%Y-%m}", lines=lines)
        entry = post_entry(actor, entry=draft, next_open=True).first
    HourCost.objects.bulk_create(
        HourCost(
            company_id=actor.company_id,
            month=first,
            entry=entry,
            cost_centre=place.cost_centre,
            project=place.project,
            minutes=cost.minutes,
            amount=cost.amount,
        )
        for place, cost in due.items()
    )
    minutes = sum(cost.minutes for cost in due.values())
    return HourCostsPosted(entry, minutes, sum(cost.amount for cost in due.values()))


def _differences(actor: Actor, first: date, last: date) -> dict[Place, Cost]:
    """What is to be booked yet, by place in order."""
    wanted = costs_by_place(actor.company_id, first, last, exponent(actor.currency))
    booked = booked_costs(actor.company_id, first)
    nothing = Cost(0, 0)
    due = {}
    for place in sorted(wanted.keys() | booked.keys()):
        now, before = wanted.get(place, nothing), booked.get(place, nothing)
        if now != before:
            due[place] = Cost(now.minutes - before.minutes, now.amount - before.amount)
    return due


def _lines(settings: HourSettings, due: dict[Place, Cost]) -> list[LineDraft]:
    """Each place debited, and its cost centre credited for what it covered."""
    lines = []
    for place, cost in due.items():
        if not cost.amount:
            continue
        centre = {COST_CENTRE: place.cost_centre} if place.cost_centre else {}
        project = {PROJECT: place.project} if place.project else {}
        dimensions = {**centre, **project}
        lines += [
            LineDraft(account=settings.cost, amount=cost.amount, dimensions=dimensions),
            LineDraft(account=settings.covered, amount=-cost.amount, dimensions=centre),
        ]
    return lines
