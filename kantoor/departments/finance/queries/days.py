"""Which day it is for a company."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from kantoor.kernel.actors.actor import Actor


def today_of(actor: Actor) -> date:
    """Today where the actor is."""
    return timezone.localdate(timezone=ZoneInfo(actor.zone))
