"""Teams: people who share work, whatever their roles."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import visible_users
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.queries import scoped
from kantoor.procedures.department import MANAGE
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import Team, TeamMember


@action(permission=MANAGE, title=_("Add a team"))
def add_team(
    actor: Actor, /, *, code: str, name: str, name_nl: str = "", members: Sequence[str] = ()
) -> None:
    """Add a team of people, by their sign-in names. Raises Conflict, InvalidInput, NotFound."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", code):
        message = _("Use lower-case letters, digits and underscores, such as reception.")
        raise InvalidInput(message, field="code")
    if not name.strip():
        raise InvalidInput(_("Give the team a name."), field="name")
    if scoped(actor, Team).filter(code=code).exists():
        raise Conflict(_("There is a team of that code already."), field="code")
    team = Team.objects.create(
        company_id=actor.company_id, code=code, name=name.strip()[:200],
        name_nl=name_nl.strip()[:200],
    )  # fmt: skip
    _fill(actor, team, members)
    concerns(f"procedures.team/{team.pk}")


@action(permission=MANAGE, title=_("Set who is in a team"))
def set_team_members(actor: Actor, /, *, team: str, members: Sequence[str]) -> None:
    """Set the members of a team to just these people. Raises UnknownProcedure, NotFound."""
    found = scoped(actor, Team).select_for_update().filter(code=team).first()
    if found is None:
        message = _("There is no team “{team}”.").format(team=team[:40])
        raise UnknownProcedure(message, field="team")
    _fill(actor, found, members)
    concerns(f"procedures.team/{found.pk}")


def _fill(actor: Actor, team: Team, members: Sequence[str]) -> None:
    names = {each.lower() for each in members}
    people = visible_users(actor).filter(sign_in__in=names, kind="person", active=True)
    found = dict(people.values_list("sign_in", "pk"))
    if missing := sorted(names - found.keys()):
        message = _("There is no user “{user}” in this company.").format(user=missing[0])
        raise NotFound(message, field="members")
    there = dict(TeamMember.objects.filter(team=team).values_list("user_id", "pk"))
    gone = [pk for user, pk in there.items() if user not in found.values()]
    if gone:
        TeamMember.objects.filter(pk__in=gone).delete()
    TeamMember.objects.bulk_create(
        TeamMember(team=team, user_id=user) for user in found.values() if user not in there
    )
