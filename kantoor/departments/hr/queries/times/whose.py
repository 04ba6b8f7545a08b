"""On whose hours somebody decides: who they manage, and who left them a while ago."""

from datetime import timedelta

from django.utils import timezone

from kantoor.departments.hr.queries.people.own import left_lately, people_of
from kantoor.kernel.actors.actor import Actor

AFTER = timedelta(weeks=8)
"""As long after the last day a manager still decides on the hours of who left."""


def hours_of(actor: Actor) -> frozenset[int]:
    """The parties on whose hours the actor decides today, by being their manager."""
    today = timezone.localdate()
    return people_of(actor, today) | left_lately(actor, today - AFTER, today)
