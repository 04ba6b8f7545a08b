"""Separation of duties in what procedures ask a second person for."""

from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.approvals import refuse_approvers
from kantoor.kernel.actors.models import Approval
from kantoor.kernel.errors import NotAllowed
from kantoor.procedures.actions.people import barred_by, done_by, is_barred
from kantoor.procedures.models import Task, Wait
from kantoor.procedures.models.waits import APPROVAL
from kantoor.procedures.queries.drawings import ready_for


@refuse_approvers
def refuse_requester(actor: Actor, request: Approval) -> None:
    """Refuse who set the procedure going, and who did the steps that `notBy` names.

    The request itself is the machine account's, so that its own rule sees nobody to refuse.
    """
    waits = Wait.objects.filter(
        company=request.company_id, name="kernel.approval_decided", field="approval_id",
        value=str(request.pk), kind=APPROVAL,
    )  # fmt: skip
    wait = waits.select_related("instance").first()
    if wait is None:
        return
    instance = wait.instance
    element = ready_for([instance])[instance.pk].elements.get(wait.element)
    names = {"requester", *(element.not_by if element is not None else ())}
    barred = barred_by(sorted(names), instance, done_by([instance.pk]))
    tasks = Task.objects.filter(instance=instance, token=wait.token, deputy_for=actor.user_id)
    if is_barred(barred, actor.user_id) or tasks.exists():
        raise NotAllowed(
            _("Duties are separated here: you asked for this, or did an earlier step of it.")
        )
