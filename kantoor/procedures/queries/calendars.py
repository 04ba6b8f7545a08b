"""The calendar by which a company counts the times of its procedures."""

from dataclasses import dataclass

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.models import Calendar
from kantoor.kernel.calendars.queries import latest_versions
from kantoor.kernel.queries import scoped

CODE = "procedures"
"""A calendar of this code goes before the others; else the company's first is taken."""


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The terms of the calendar (empty where the company has none), and the company's zone."""

    terms: str
    zone: str


def clockwork_of(actor: Actor) -> Clockwork:
    """How the actor's company counts time."""
    found = scoped(actor, Calendar).order_by("pk").values_list("pk", "code")
    keys = [pk for pk, code in found if code == CODE] or [pk for pk, _code in found]
    terms = latest_versions(keys[:1])[keys[0]].terms if keys else ""
    return Clockwork(terms, actor.zone)
