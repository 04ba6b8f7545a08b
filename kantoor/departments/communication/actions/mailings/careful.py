"""Whether somebody means it, who writes to nobody or to everybody."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.models import Audience
from kantoor.departments.communication.queries.audiences.kinds import EVERYBODY
from kantoor.departments.communication.queries.audiences.resolving import size_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput


def refuse_careless(
    actor: Actor, audience: Audience | None, *, confirmed: int | None, place: int = 1
) -> None:
    """Raises InvalidInput where an audience is nobody or everybody and its size was not said."""
    everybody = audience is None or audience.parts.filter(kind=EVERYBODY, left_out=False).exists()
    size = size_of(actor, audience)
    if (everybody or not size) and confirmed != size:
        message = _("This goes to {n}: say the number to confirm it.").format(n=size)
        raise InvalidInput(message, field="size", line=place)
