"""The second pair of eyes: an action kept as a request until another person decides."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.context import approved, because_of
from kantoor.kernel.actions.registry import Action, action_named
from kantoor.kernel.actions.runner import NeedsSecondPair, action, perform
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import EVERYONE as EVERYONE
from kantoor.kernel.actors.actor import Actor, actor_for, console_actor
from kantoor.kernel.actors.events import ApprovalDecided
from kantoor.kernel.actors.models import Approval, Company, User
from kantoor.kernel.errors import Conflict, NotAllowed, NotFound
from kantoor.kernel.expressions import marked, plain

if TYPE_CHECKING:
    from kantoor.kernel.actions.once import Once

LONGEST_WHY = 300
Refusing = Callable[[Actor, Approval], None]
_refusing: list[Refusing] = []


def refuse_approvers(check: Refusing) -> Refusing:
    """Ask the function whether somebody may approve a request; it raises NotAllowed when not."""
    if check not in _refusing:
        _refusing.append(check)
    return check


def ask_approval(
    actor: Actor,
    declared: Action,
    parameters: Mapping[str, Any],
    why: str,
    once: "Once | None" = None,
) -> NeedsSecondPair:
    """Keep the action as a request; gives the (raisable) answer that it waits."""
    asked = {
        "action_name": declared.name,
        "parameters": msgspec.json.encode(dict(parameters)).decode(),
        "why": why,
    }
    asking = action_named("kernel.request_approval")
    assert asking is not None
    key = perform(asking, actor, asked, replace(once, waits=True) if once else None)
    return waiting_for(Approval.objects.get(pk=key))


def waiting_for(request: Approval) -> NeedsSecondPair:
    """The (raisable) answer that an action waits for a second person."""
    message = _("A second person has to approve this: {why}").format(why=request.why)
    waiting = NeedsSecondPair(message)
    waiting.approval_id = request.pk
    return waiting


@action(permission=EVERYONE, title=_("Ask approval"), hidden=True)
def request_approval(actor: Actor, /, *, action_name: str, parameters: str, why: str) -> int:
    """Put an action before a second person; gives the request's identifier."""
    assert actor.user_id is not None, "somebody asks"
    request = Approval.objects.create(
        company_id=actor.company_id,
        action=action_name,
        parameters=parameters,
        why=why[:LONGEST_WHY],
        requested_by_id=actor.user_id,
        requested_at=timezone.now(),
    )
    concerns(f"kernel.approval/{request.pk}")
    return request.pk


@action(permission=EVERYONE, title=_("Approve a request"))
def approve_request(actor: Actor, /, *, approval_id: int, remark: str = "") -> object:
    """Approve a waiting request and perform it, as who asked.

    The requester can't approve it, nor who could not do it alone either: without the permission,
    or with a limit that it is above. Approving is for people; a machine has no eyes, and the
    console can't tell whose eyes it has.
    """
    request = _waiting(actor, approval_id)
    declared = action_named(request.action)
    if declared is None:
        raise Conflict(_("This can no longer be done; refuse it."), field="approval_id")
    if request.requested_by_id == actor.user_id:
        raise NotAllowed(_("You asked for this yourself: someone else has to approve it."))
    if not actor.may(declared.permission):
        raise NotAllowed(_("You may not approve what you may not do yourself."))
    for refuse in _refusing:
        refuse(actor, request)
    if not User.objects.filter(pk=actor.user_id or 0, kind="person").exists():
        raise NotAllowed(_("A person has to approve this."))
    if not actor.signed_in:
        message = _("Sign in on the pages to approve: the console can't tell who sits there.")
        raise NotAllowed(message)
    given = _given(declared, request)
    _refuse_above_limit(actor, declared, given)
    requester = _requester(actor, request)
    _refuse_changed(declared, requester, given, request)
    decided(actor, request, "approved", remark)
    with approved(declared.name), because_of(f"kernel.approval/{request.pk}"):
        result = declared.call(requester, **given)
    _tell(request, "" if declared.answers_secret else _as_json(result))
    return result


def _as_json(result: object) -> str:
    return msgspec.json.encode(marked(plain(result))).decode()


def _tell(request: Approval, outcome: str = "") -> None:
    publish(
        ApprovalDecided(
            request.company_id, request.pk, request.action, request.state, request.remark, outcome
        )
    )


def _given(declared: Action, request: Approval) -> dict[str, Any]:
    """The parameters as they were asked."""
    try:
        given = msgspec.json.decode(request.parameters, type=declared.parameters)
    except msgspec.MsgspecError:
        message = _("This can no longer be done as it was asked; refuse it and ask it anew.")
        raise Conflict(message, field="approval_id") from None
    return {name: getattr(given, name) for name in given.__struct_fields__}


def _refuse_above_limit(actor: Actor, declared: Action, given: Mapping[str, Any]) -> None:
    """Refuse an approver whom the amount limit stops as it stopped the requester.

    What needs two people whoever asks it needs no third.
    """
    assert declared.second_pair is not None
    why = declared.second_pair(actor, given)
    if why and str(why) != str(declared.second_pair(replace(actor, limits={}), given)):
        raise NotAllowed(_("It is above your own limit too: {why}").format(why=why))


def _refuse_changed(
    declared: Action, requester: Actor, given: Mapping[str, Any], request: Approval
) -> None:
    """Refuse what is no longer what was asked: parameters may name a thing that was altered since.

    The reason says what it comes to. It may have been written in another language, so its figures
    are compared.
    """
    assert declared.second_pair is not None
    why = declared.second_pair(requester, given)
    if why and _figures(str(why)[:LONGEST_WHY]) != _figures(request.why):
        message = _("This is no longer what was asked ({why}); refuse it and ask it anew.")
        raise Conflict(message.format(why=why), field="approval_id")


def _figures(text: str) -> list[str]:
    return re.findall(r"[0-9]+", text)


def _requester(actor: Actor, request: Approval) -> Actor:
    company = Company.objects.get(pk=actor.company_id)
    if request.requested_by.kind == "system":
        return console_actor(company)
    return actor_for(request.requested_by, company)


@action(permission=EVERYONE, title=_("Refuse a request"))
def refuse_request(actor: Actor, /, *, approval_id: int, remark: str) -> None:
    """Refuse a waiting request, with the reason; who asked may take it back this way too."""
    request = _waiting(actor, approval_id)
    mine = request.requested_by_id == actor.user_id
    declared = action_named(request.action)
    if not mine and (declared is None or not actor.may(declared.permission)):
        raise NotAllowed(_("You may not decide on what you may not do yourself."))
    decided(actor, request, "withdrawn" if mine else "refused", remark)
    _tell(request)


def decided(actor: Actor, request: Approval, state: str, remark: str) -> None:
    request.state = state
    request.decided_by_id = actor.user_id
    request.decided_at = timezone.now()
    request.remark = remark[:500]
    request.save()
    concerns(f"kernel.approval/{request.pk}")


def withdraw_requests(actor: Actor, keys: Sequence[int], remark: str) -> None:
    """Take back requests that who asked has no use for any more, as part of an action.

    Those that were decided stay so. It is the asking part that calls this, for what it asked itself.
    """
    if not keys:
        return
    known = Approval.objects.select_for_update().filter(
        company_id=actor.company_id, pk__in=keys, state="waiting"
    )
    found = list(known.order_by("pk"))
    for request in found:
        request.state, request.remark = "withdrawn", remark[:500]
        request.decided_by_id, request.decided_at = actor.user_id, timezone.now()
        _tell(request)
    Approval.objects.bulk_update(found, ["state", "remark", "decided_by", "decided_at"])


def _waiting(actor: Actor, approval_id: int) -> Approval:
    # Locked, so that two who decide at the same moment don't both perform it.
    known = Approval.objects.select_for_update().filter(company_id=actor.company_id)
    request = known.filter(pk=approval_id).first()
    if request is None:
        raise NotFound(_("There is no such request."), field="approval_id")
    if request.state != "waiting":
        raise Conflict(_("This request was decided already."), field="approval_id")
    return request
