"""Which day it is for a company."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kantoor.kernel.actors.actor import Actor


def today_of(actor: Actor) -> date:
    """Today where the actor is."""
    return datetime.now(ZoneInfo(actor.zone)).date()
