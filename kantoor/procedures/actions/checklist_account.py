"""What the account of the checklists may see: roles that it is given and loses again."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import MANAGE_USERS
from kantoor.kernel.actors.models import Grant, User
from kantoor.kernel.actors.roles import give_role
from kantoor.kernel.errors import NotFound
from kantoor.procedures.queries.observing import account_name


@action(permission=MANAGE_USERS, title=_("Let checklists see what a role sees"))
def give_checklists_role(actor: Actor, /, *, role: str) -> None:
    """Give the account that observes for checklists a role: it sees by its roles alone.

    Raises NotFound, Conflict, DutiesExclude.
    """
    account = _account(actor)
    give_role(actor, account, role)
    concerns(f"kernel.user/{account.pk}")


@action(permission=MANAGE_USERS, title=_("Take a role away from checklists"))
def end_checklists_role(actor: Actor, /, *, role: str) -> None:
    """Take a role away from the account that observes for checklists. Raises NotFound."""
    account = _account(actor)
    grant = Grant.objects.filter(
        user=account, role__code=role, company=actor.company_id, ended_at=None
    ).first()
    if grant is None:
        raise NotFound(_("Checklists do not have this role."), field="role")
    grant.ended_at = timezone.now()
    grant.save()
    concerns(f"kernel.user/{account.pk}")


def _account(actor: Actor) -> User:
    found = User.objects.filter(sign_in=account_name(actor.company_id)).first()
    if found is None:
        raise NotFound(_("The account is made with the first checklist; keep one first."))
    return found
