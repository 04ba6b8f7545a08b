"""How many minutes people have on days."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Sum

from kantoor.departments.hr.models import HourLine
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


def minutes_of_days(
    actor: Actor, wanted: Collection[tuple[int, date]]
) -> Counter[tuple[int, date]]:
    """The minutes written of people (their keys) on days, in one statement."""
    rows = scoped(actor, HourLine).filter(
        party__in={party for party, _day in wanted}, day__in={day for _party, day in wanted}
    )
    sums = rows.order_by().values_list("party_id", "day").annotate(Sum("minutes"))
    return Counter({(party, day): minutes for party, day, minutes in sums})
