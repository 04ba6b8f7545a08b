"""Who counts as one of two people: somebody who signed in, no machine and not the console."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import NotAllowed


def only_people(actor: Actor) -> None:
    """Refuse who is not a person that signed in; raises NotAllowed.

    At the console whoever has the machine could be two people in a minute (`--as`).
    """
    if not actor.signed_in:
        message = _("Sign in on the pages for this: the console can't tell who sits there.")
        raise NotAllowed(message)
    if not User.objects.filter(pk=actor.user_id or 0, kind="person", active=True).exists():
        raise NotAllowed(_("Only a person can do this, not a machine."))
