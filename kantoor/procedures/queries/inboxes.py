"""Whose tasks somebody sees: their own, those of their roles and teams, and of whom they stand in for."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Grant, Role
from kantoor.procedures.models import StandIn, TeamMember


@dataclass(frozen=True)
class Inboxes:
    """`own` are the keys of one's own inboxes; `standing_in` those of others, with whose they are."""

    own: frozenset[str]
    standing_in: dict[str, int] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """All of them."""
        return sorted(self.own | self.standing_in.keys())


def inboxes_of(actor: Actor) -> Inboxes:
    """The inboxes that the actor works from, in three statements."""
    if actor.user_id is None:
        return Inboxes(frozenset())
    principals = _principals(actor)
    people = [actor.user_id, *principals]
    roles = Grant.objects.filter(user_id__in=people, company=actor.company_id, ended_at=None)
    teams = TeamMember.objects.filter(user_id__in=people, team__company=actor.company_id)
    whose: dict[str, int] = {}
    own = {f"user/{actor.user_id}", *_of_administrators(actor)}
    for prefix, rows in (
        ("role", roles.values_list("user_id", "role_id")),
        ("team", teams.values_list("user_id", "team_id")),
    ):
        for user, pk in rows:
            if user == actor.user_id:
                own.add(f"{prefix}/{pk}")
            else:
                whose.setdefault(f"{prefix}/{pk}", user)
    whose |= {f"user/{pk}": pk for pk in principals}
    return Inboxes(frozenset(own), {key: pk for key, pk in whose.items() if key not in own})


def _of_administrators(actor: Actor) -> list[str]:
    """Who may do everything works from the inbox of that role too, without having been given it."""
    if "*" not in actor.permissions:
        return []
    roles = Role.objects.filter(code="administrator").values_list("pk", flat=True)
    return [f"role/{pk}" for pk in roles]


def _principals(actor: Actor) -> list[int]:
    """Whom the actor stands in for today."""
    today = datetime.now(ZoneInfo(actor.zone)).date()
    found = StandIn.objects.filter(
        company=actor.company_id, deputy=actor.user_id, first__lte=today, last__gte=today,
        ended_at=None, user__active=True,
    )  # fmt: skip
    return list(found.values_list("user_id", flat=True).distinct())
