"""The second pair of eyes: an action kept as a request until another person decides."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.context import approved, because_of
from kantoor.kernel.actions.registry import Action, action_named
from kantoor.kernel.actions.runner import NeedsSecondPair, action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import EVERYONE as EVERYONE
from kantoor.kernel.actors.actor import Actor, actor_for
from kantoor.kernel.actors.models import Approval, Company
from kantoor.kernel.errors import Conflict, NotAllowed, NotFound


def ask_approval(
    actor: Actor, declared: Action, parameters: Mapping[str, Any], why: str
) -> NeedsSecondPair:
    """Keep the action as a request; gives the (raisable) answer that it waits."""
    text = msgspec.json.encode(dict(parameters)).decode()
    key = _request_approval(
        actor, action_name=declared.name, permission=declared.permission, parameters=text, why=why
    )
    waiting = NeedsSecondPair(_("A second person has to approve this: {why}").format(why=why))
    waiting.approval_id = key
    return waiting


def _request_approval(
    actor: Actor, *, action_name: str, permission: str, parameters: str, why: str
) -> int:
    return request_approval(actor, action_name=action_name, parameters=parameters, why=why)


@action(permission=EVERYONE, title=_("Ask approval"), hidden=True)
def request_approval(actor: Actor, /, *, action_name: str, parameters: str, why: str) -> int:
    """Put an action before a second person; gives the request's identifier."""
    assert actor.user_id is not None, "somebody asks"
    request = Approval.objects.create(
        company_id=actor.company_id,
        action=action_name,
        parameters=parameters,
        why=why[:300],
        requested_by_id=actor.user_id,
        requested_at=timezone.now(),
    )
    concerns(f"kernel.approval/{request.pk}")
    return request.pk


@action(permission=EVERYONE, title=_("Approve a request"))
def approve_request(actor: Actor, /, *, approval_id: int, remark: str = "") -> object:
    """Approve a waiting request and perform it, as who asked; the requester can't approve it."""
    request = _waiting(actor, approval_id)
    declared = action_named(request.action)
    assert declared is not None, request.action
    if request.requested_by_id == actor.user_id:
        raise NotAllowed(_("You asked for this yourself: someone else has to approve it."))
    if not actor.may(declared.permission):
        raise NotAllowed(_("You may not approve what you may not do yourself."))
    requester = actor_for(request.requested_by, Company.objects.get(pk=actor.company_id))
    decided(actor, request, "approved", remark)
    parameters = msgspec.json.decode(request.parameters, type=declared.parameters)
    given = {name: getattr(parameters, name) for name in parameters.__struct_fields__}
    with approved(declared.name), because_of(f"kernel.approval/{request.pk}"):
        return declared.call(requester, **given)


@action(permission=EVERYONE, title=_("Refuse a request"))
def refuse_request(actor: Actor, /, *, approval_id: int, remark: str) -> None:
    """Refuse a waiting request, with the reason; who asked may take it back this way too."""
    request = _waiting(actor, approval_id)
    mine = request.requested_by_id == actor.user_id
    declared = action_named(request.action)
    if not mine and (declared is None or not actor.may(declared.permission)):
        raise NotAllowed(_("You may not decide on what you may not do yourself."))
    decided(actor, request, "withdrawn" if mine else "refused", remark)


def decided(actor: Actor, request: Approval, state: str, remark: str) -> None:
    request.state = state
    request.decided_by_id = actor.user_id
    request.decided_at = timezone.now()
    request.remark = remark[:500]
    request.save()
    concerns(f"kernel.approval/{request.pk}")


def _waiting(actor: Actor, approval_id: int) -> Approval:
    request = Approval.objects.filter(company_id=actor.company_id, pk=approval_id).first()
    if request is None:
        raise NotFound(_("There is no such request."), field="approval_id")
    if request.state != "waiting":
        raise Conflict(_("This request was decided already."), field="approval_id")
    return request
