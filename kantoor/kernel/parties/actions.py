"""Say who users are among the parties of a company."""

from collections.abc import Mapping

from django.db.models import Q
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
    link_users(actor, parties={user: party})


@action(
    permission=MANAGE_USERS, title=_("Say which relations users are"), bulk_of="kernel.link_user"
)
def link_users(actor: Actor, /, *, parties: Mapping[str, str]) -> None:
    """The same for many: codes of parties by the names that people sign in with."""
    users = _working_here(actor, parties)
    wanted = {code for code in parties.values() if code}
    found = dict(scoped(actor, Party).filter(code__in=wanted).values_list("code", "pk"))
    for code in wanted - found.keys():
        message = _("There is no party “{code}”.").format(code=code[:40])
        raise NotFound(message, field="party")
    scoped(actor, PartyUser).filter(user_id__in=users.values()).delete()
    if PartyUser.objects.filter(party_id__in=found.values()).exists() or len(wanted) < sum(
        [bool(code) for code in parties.values()]
    ):
        raise Conflict(_("Somebody else signs in as this relation."), field="party")
    PartyUser.objects.bulk_create(
        [
            PartyUser(party_id=found[code], company_id=actor.company_id, user_id=users[sign_in])
            for sign_in, code in parties.items()
            if code
        ]
    )
    if len(users) == 1:
        concerns(f"kernel.user/{next(iter(users.values()))}")


def _working_here(actor: Actor, sign_ins: Mapping[str, str]) -> dict[str, int]:
    """The keys of users of this company; raises NotFound."""
    here = Grant.objects.filter(company=actor.company_id, ended_at=None).values("user_id")
    rows = User.objects.filter(Q(administrator=True) | Q(pk__in=here), sign_in__in=sign_ins)
    users = dict(rows.values_list("sign_in", "pk"))
    for name in sign_ins:
        if name not in users:
            message = _("Nobody signs in here as “{name}”.").format(name=name[:40])
            raise NotFound(message, field="user")
    return users
