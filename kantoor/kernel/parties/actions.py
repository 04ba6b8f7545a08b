"""Say who a user is among the parties of a company."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import MANAGE_USERS
from kantoor.kernel.actors.models import Grant, User
from kantoor.kernel.errors import Conflict, NotFound
from kantoor.kernel.parties.models import Party, PartyUser
from kantoor.kernel.queries import scoped


@action(permission=MANAGE_USERS, title=_("Say which relation a user is"))
def link_user(actor: Actor, /, *, user: str, party: str) -> None:
    """Say which relation somebody who signs in is, so that they see what is their own.

    An empty `party` undoes it. Raises NotFound, Conflict when somebody else is that relation.
    """
    found = User.objects.filter(sign_in=user).first()
    works_here = found is not None and (
        found.administrator
        or Grant.objects.filter(user=found, company=actor.company_id, ended_at=None).exists()
    )
    if found is None or not works_here:
        message = _("Nobody signs in here as “{name}”.").format(name=user[:40])
        raise NotFound(message, field="user")
    concerns(f"kernel.user/{found.pk}")
    scoped(actor, PartyUser).filter(user=found).delete()
    if not party:
        return
    other = scoped(actor, Party).filter(code=party).first()
    if other is None:
        message = _("There is no party “{code}”.").format(code=party[:40])
        raise NotFound(message, field="party")
    if PartyUser.objects.filter(party=other).exists():
        raise Conflict(_("Somebody else signs in as this relation."), field="party")
    PartyUser.objects.create(party=other, company_id=actor.company_id, user=found)
