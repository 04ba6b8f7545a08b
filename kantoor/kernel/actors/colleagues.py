"""Whom one may know of and manage: the people of one's own company, or of all of them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.actors.models import Grant, User
from kantoor.kernel.errors import NotAllowed, NotFound

MANAGE_USERS = "kernel.manage_users"


def oneself(actor: Actor) -> User:
    """The user that the actor is."""
    found = User.objects.filter(pk=actor.user_id or 0, kind="person", active=True).first()
    if found is None:
        raise NotAllowed(_("Only a person who is signed in can do this."))
    return found


def visible_users(actor: Actor) -> QuerySet[User]:
    """The users one may know of: all for who manages the installation, else one's colleagues."""
    everybody = User.objects.exclude(kind="system")
    if actor.may(MANAGE_INSTALLATION):
        return everybody
    return everybody.filter(grants__company=actor.company_id).distinct()


def colleague(actor: Actor, sign_in: str) -> User:
    """The user of that name, provided that one may know of them; raises NotFound."""
    found = visible_users(actor).filter(sign_in=sign_in.lower()).first()
    if found is None:
        message = _("There is no user “{user}” in this company.").format(user=sign_in)
        raise NotFound(message, field="user")
    return found


def manageable(actor: Actor, sign_in: str) -> User:
    """The user of that name, provided that one may change them; raises NotFound, NotAllowed."""
    found = colleague(actor, sign_in)
    if actor.may(MANAGE_INSTALLATION):
        return found
    elsewhere = Grant.objects.filter(user=found, ended_at=None).exclude(company=actor.company_id)
    if found.administrator or elsewhere.exists():
        message = _("{name} works in other companies too; ask an administrator of all.")
        raise NotAllowed(message.format(name=found.name), field="user")
    return found
