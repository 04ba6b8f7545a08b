"""Whom somebody is in another company: nothing is shown of one that they may not see."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor, actor_for, console_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.errors import NotAllowed, NotFound


def in_company(actor: Actor, company: Company) -> Actor | None:
    """The same person in another company; None when they have no role there."""
    if company.pk == actor.company_id:
        return actor
    user = User.objects.filter(pk=actor.user_id or 0).first()
    if user is None or user.kind == "system":
        # The installation itself, at its own console.
        return console_actor(company) if "*" in actor.permissions else None
    try:
        return actor_for(user, company, actor.scopes)
    except NotAllowed:
        return None


def company_named(actor: Actor, name: str, permission: str, field: str) -> tuple[Company, Actor]:
    """A company by its name, and the actor in it; NotFound alike for one they may not see."""
    found = Company.objects.filter(name=name.strip()).first()
    there = in_company(actor, found) if found else None
    if found is None or there is None or not there.may(permission):
        message = _("There is no company “{name}” that you may do this for.")
        raise NotFound(message.format(name=name[:60]), field=field)
    return found, there
