"""What leave would cost before it is asked, as the form shows while somebody chooses days."""

from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_leave import Part
from kantoor.departments.hr.models import LeaveKind
from kantoor.departments.hr.models.leave.requests import STANDING
from kantoor.departments.hr.queries.leave.costing import costs_of
from kantoor.departments.hr.queries.leave.loading import Whose, sources
from kantoor.departments.hr.queries.leave.reckoning.days import WHOLE, Asked
from kantoor.departments.hr.queries.leave.reckoning.ledger import (
    TAKEN,
    Entry,
    left_on,
    replay,
)
from kantoor.departments.hr.queries.leave.whose import OWN
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import one, query

LONGEST_DAYS = 366


class LeaveCost(msgspec.Struct, frozen=True):
    """What leave takes, the days that cost something, and what is left then of a counted kind."""

    minutes: int
    days: list[tuple[date, int]]
    left: int | None


@query(permission=OWN, title=_("What leave costs"), exposed=True)
def leave_cost(
    actor: Actor, /, *, first: date, last: date | None = None, kind: str = "holiday",
    first_part: Part = "whole", last_part: Part = "whole", hours: Decimal | None = None,
) -> LeaveCost:  # fmt: skip
    """What this leave of oneself costs; nothing is asked by it. Raises InvalidInput, NotLinked."""
    until = last or first
    if not 0 <= (until - first).days < LONGEST_DAYS:
        message = _("The last day is not before the first, and at most a year after it.")
        raise InvalidInput(message, field="last")
    party, chosen = own_party(actor), one(actor, LeaveKind, code=kind)
    asked = Asked(first, until, first_part, WHOLE if until == first else last_part)
    if hours is not None and until == first and 0 < hours <= 24:
        asked = Asked(first, until, minutes=int(hours * 60))
    days = costs_of(actor.company_id, [(party.pk, asked)])[0][0]
    minutes = sum(each for _day, each in days)
    if not chosen.counted:
        return LeaveCost(minutes, days, None)
    lots, entries = sources(actor.company_id, {party.pk}, STANDING)
    whose = Whose(party.pk, chosen.pk)
    more = [Entry(day, each, request=0, what=TAKEN) for day, each in days]
    moves = replay(lots.get(whose, ()), [*entries.get(whose, ()), *more])
    return LeaveCost(minutes, days, left_on(moves, until))
