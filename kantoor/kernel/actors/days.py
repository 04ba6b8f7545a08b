"""Which day it is: that of the actor, for all that is done or asked in their name."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from kantoor.kernel.actors.actor import Actor


def where(actor: Actor) -> timezone.override:
    """While it is open, today and the hours of the clock are those where the actor is.

    `timezone.localdate()` and `timezone.localtime()` say them. The runner, the queries and the
    jobs open it; who works outside of those says a zone.
    """
    return timezone.override(ZoneInfo(actor.zone))


def today_of(actor: Actor) -> date:
    """Today where the actor is, also outside of what is done in their name."""
    return timezone.localdate(timezone=ZoneInfo(actor.zone))


def furthest_day() -> date:
    """The day that has begun somewhere (UTC+14 is first): which companies are worth a look."""
    return (timezone.now() + timedelta(hours=14)).date()
