"""What the work of a month costs the departments that asked, and what of it was booked.

A line of work goes to the cost centre that the requester's contract names on its day. What has
none, and what ICT did for itself, stays with ICT.
"""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import dimension_values
from kantoor.departments.ict.models import Charge, ChargeSettings
from kantoor.departments.ict.queries.cases.work import (
    COSTS,
    FIRST,
    LAST,
    WorkRates,
    last_day,
    lines_of,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.units import Whereabouts
from kantoor.kernel.queries import query

COST_CENTRE = "cost_centre"


class Cost(NamedTuple):
    """Minutes, those of them that no rate holds for, and what they cost in minor units."""

    minutes: int = 0
    unrated: int = 0
    amount: int = 0


class Booked(NamedTuple):
    """What a month has booked on a cost centre by the same settings, and in which entry last."""

    minutes: int
    amount: int
    entry: str


class ChargeRow(msgspec.Struct, frozen=True):
    """A cost centre in a month; amounts in minor units of the company's currency.

    `due` is what is to be booked yet. `code` is empty for what stays with ICT.
    """

    id: str
    code: str
    name: str
    minutes: int
    unrated: int
    cost: int
    booked: int
    due: int
    entry: str


def charge_settings(company_id: int) -> ChargeSettings | None:
    """Where cases are booked, as it was last said."""
    return ChargeSettings.objects.filter(company_id=company_id).order_by("-pk").first()


def costs_by_centre(actor: Actor, month: date) -> dict[str, Cost]:
    """What the work of a month costs by the cost centre of who asked; `month` is its first day."""
    last = last_day(month)
    lines = lines_of(actor, month, last)
    asked = sorted({line.requester for line in lines if line.requester is not None})
    places = Whereabouts(actor.company_id, asked, month, last)
    rates = WorkRates(actor.company_id, actor.currency)
    found: dict[str, Cost] = {}
    for line in lines:
        place = places.on(line.requester, line.day)
        centre = place.cost_centre if place else ""
        cost = rates.cost(line.day, line.service, line.queue, line.minutes)
        held = found.get(centre, Cost())
        unrated = line.minutes if cost is None else 0
        found[centre] = Cost(
            held.minutes + line.minutes, held.unrated + unrated, held.amount + (cost or 0)
        )
    return found


def booked_charges(company_id: int, month: date) -> dict[tuple[int, str], Booked]:
    """What a month has booked until now, by the key of the settings and the cost centre."""
    found: dict[tuple[int, str], Booked] = {}
    rows = Charge.objects.filter(company_id=company_id, month=month).order_by("pk")
    for settings, centre, minutes, amount, entry in rows.values_list(
        "settings_id", "cost_centre", "minutes", "amount", "entry"
    ):
        held = found.get((settings, centre), Booked(0, 0, ""))
        found[settings, centre] = Booked(
            held.minutes + minutes, held.amount + amount, entry or held.entry
        )
    return found


@query(permission=COSTS, title=_("Cost of cases to departments"), exposed=True)
def case_charges(actor: Actor, /, *, month: str = "") -> list[ChargeRow]:
    """What the work of a month (such as 2026-10; the last one unless said) costs whom.

    Beside it what was booked of it. Raises InvalidInput for what is no month.
    """
    first = _month(month)
    costs = costs_by_centre(actor, first)
    settings = charge_settings(actor.company_id)
    own = {"", settings.cost_centre} if settings else {""}
    booked: Counter[str] = Counter()
    entries: dict[str, str] = {}
    for (_settings, centre), held in booked_charges(actor.company_id, first).items():
        booked[centre] += held.amount
        entries[centre] = held.entry
    names = dimension_values(actor.company_id, COST_CENTRE)
    rows = []
    for centre in sorted(costs.keys() | booked.keys()):
        cost = costs.get(centre, Cost())
        due = (0 if centre in own else cost.amount) - booked[centre]
        rows.append(
            ChargeRow(
                centre or "-", centre, names.get(centre, centre), cost.minutes, cost.unrated,
                cost.amount, booked[centre], due, entries.get(centre, ""),
            )
        )  # fmt: skip
    return rows


def _month(text: str) -> date:
    if not text:
        return (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = date.min
    if not FIRST <= found <= LAST:
        raise InvalidInput(_("Give a month of this century, such as 2026-10."), field="month")
    return found
