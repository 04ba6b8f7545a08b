"""To whom something is given by who arranges it: exactly one of a role, a team and a person."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import colleague
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.procedures.actions.people import Addressing, user_key


def address_of(actor: Actor, *, role: str = "", team: str = "", person: str = "") -> str:
    """The inbox of the one that is named; raises InvalidInput, NotFound with the field."""
    given = [name for name, value in (("role", role), ("team", team), ("person", person)) if value]
    if len(given) != 1:
        message = _("Say who does it: one role, one team or one person.")
        raise InvalidInput(message, field=given[1] if given else "role")
    if person:
        return user_key(worker(actor, person, "person"))
    addressing = Addressing(actor)
    try:
        return f"role/{addressing.role(role)}" if role else f"team/{addressing.team(team)}"
    except NotFound as unknown:
        raise NotFound(unknown.message, field=given[0]) from None


def worker(actor: Actor, sign_in: str, field: str = "user") -> int:
    """The key of a colleague who can sign in; raises NotFound, InvalidInput."""
    try:
        person = colleague(actor, sign_in)
    except NotFound as unknown:
        raise NotFound(unknown.message, field=field) from None
    if person.kind != "person" or not person.active:
        raise InvalidInput(_("Choose a colleague who can sign in."), field=field)
    return person.pk
