"""What the machine accounts of procedures may do: roles that they are given and lose again."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import MANAGE_USERS
from kantoor.kernel.actors.models import Grant
from kantoor.kernel.actors.roles import give_role
from kantoor.kernel.errors import NotFound
from kantoor.procedures.actions.importing import procedure_named


@action(permission=MANAGE_USERS, title=_("Let a procedure act in a role"))
def give_procedure_role(actor: Actor, /, *, procedure: str, role: str) -> None:
    """Give the account of a procedure a role: what it does itself it may do by its roles alone.

    Raises UnknownProcedure, NotFound, Conflict, DutiesExclude.
    """
    found = procedure_named(actor, procedure)
    give_role(actor, found.account, role)
    concerns(f"procedures.procedure/{found.pk}")


@action(permission=MANAGE_USERS, title=_("Take a role away from a procedure"))
def end_procedure_role(actor: Actor, /, *, procedure: str, role: str) -> None:
    """Take a role away from the account of a procedure. Raises UnknownProcedure, NotFound."""
    found = procedure_named(actor, procedure)
    grant = Grant.objects.filter(
        user=found.account, role__code=role, company=actor.company_id, ended_at=None
    ).first()
    if grant is None:
        message = _("“{name}” does not have this role.").format(name=found.name)
        raise NotFound(message, field="role")
    grant.ended_at = timezone.now()
    grant.save()
    concerns(f"procedures.procedure/{found.pk}")
