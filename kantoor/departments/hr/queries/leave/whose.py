"""Whose leave somebody may see: their own, that of the people they manage, or everybody's."""

from datetime import date

from django.utils import timezone

from kantoor.departments.hr.queries.people.own import find_own_party, people_of
from kantoor.kernel.actors.actor import Actor

READ, MANAGE, OWN = "hr.read_leave", "hr.manage_leave", "hr.use_own"


def seen_by(actor: Actor, on: date | None = None) -> set[int] | None:
    """The parties whose leave the actor may see; None is everybody's."""
    if actor.may(READ) or actor.may(MANAGE):
        return None
    own = find_own_party(actor)
    managed = people_of(actor, on or timezone.localdate())
    return {*managed, *([own.pk] if own else ())}


def decided_by(actor: Actor) -> set[int] | None:
    """The parties on whose requests the actor decides; None is everybody's but their own."""
    return None if actor.may(MANAGE) else {*people_of(actor, timezone.localdate())}
