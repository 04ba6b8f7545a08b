"""What can be asked about requests for a second pair of eyes: who asked what, and what became of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import QuerySet
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.actors.models import Approval
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.asking import Question, ask
from kantoor.kernel.store.instants import canonical
from kantoor.kernel.store.lookup import only_number

READ_APPROVALS = "kernel.read_approvals"
"""To see the requests of everybody; one's own, and those one may decide on, one always sees."""
WAITING = (
    "SELECT action, count(*) FROM kernel_approval"
    " WHERE company_id = %s AND state = 'waiting' AND requested_by_id <> %s GROUP BY action"
)
DECIDED = (
    "SELECT count(*) FROM kernel_approval WHERE company_id = %s AND requested_by_id = %s"
    " AND decided_at > %s AND state IN ('approved', 'refused')"
)


class ApprovalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A request: `state` is waiting, approved, refused or withdrawn.

    `mine` says that the reader asked it, `decidable` that they may decide on it.
    """

    id: int
    action: str
    title: str
    why: str
    requested_by: str
    requested_at: datetime
    state: str
    decided_by: str
    decided_at: datetime | None
    remark: str
    mine: bool
    decidable: bool


class ApprovalShown(msgspec.Struct, frozen=True, kw_only=True):
    """A request with what exactly is asked: the action's parameters by name."""

    row: ApprovalRow
    parameters: dict[str, Any]


@query(permission=EVERYONE, title=_("Requests for approval"), exposed=True)
def approvals(
    actor: Actor,
    /,
    *,
    state: str = "",
    sort: str = "-requested_at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ApprovalRow]:
    """The requests that one asked or may decide on; all of them for who may read those."""
    found = _visible(actor).select_related("requested_by", "decided_by")
    if state:
        found = found.filter(state=state)
    order = sorted_by(sort, {"requested_at": ("requested_at",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(lambda request: _row(actor, request))


@query(permission=EVERYONE, title=_("A request for approval"), exposed=True)
def approval(actor: Actor, /, *, approval_id: int) -> ApprovalShown:
    """One request, with what is asked."""
    found = _visible(actor).select_related("requested_by", "decided_by").filter(pk=approval_id)
    request = found.first()
    if request is None:
        raise NotFound(_("There is no such request."), field="approval_id")
    return ApprovalShown(row=_row(actor, request), parameters=_parameters(request))


@query(permission=EVERYONE, title=_("How many requests wait for one"))
def waiting_approvals(actor: Actor, /) -> int:
    """How many requests wait that one may decide on."""
    # This and the next stand around every page: in plain words, as who is signed in is read.
    waiting = ask(Question(WAITING, [actor.company_id, actor.user_id or 0], list))
    return sum(many for action, many in waiting if _may(actor, action))


@query(permission=EVERYONE, title=_("What was decided on one's requests"))
def decided_since(actor: Actor, /, *, since: datetime) -> list[ApprovalRow]:
    """One's own requests that somebody decided on after a moment, the latest first."""
    found = _decided(actor, since).order_by("-decided_at")
    return [_row(actor, each) for each in found.select_related("requested_by", "decided_by")[:30]]


@query(permission=EVERYONE, title=_("How many of one's requests were decided on"))
def decisions_since(actor: Actor, /, *, since: datetime) -> int:
    """How many of one's own requests somebody decided on after a moment."""
    mine = [actor.company_id, actor.user_id or 0, canonical(since)]
    return ask(Question(DECIDED, mine, only_number))


def _decided(actor: Actor, since: datetime) -> "QuerySet[Approval]":
    mine = scoped(actor, Approval).filter(requested_by=actor.user_id, decided_at__gt=since)
    return mine.filter(state__in=["approved", "refused"])


def _visible(actor: Actor) -> "QuerySet[Approval]":
    found = scoped(actor, Approval)
    if actor.may(READ_APPROVALS):
        return found
    asked = found.order_by().values_list("action", flat=True).distinct()
    mine = [action for action in asked if _may(actor, action)]
    return found.filter(requested_by=actor.user_id) | found.filter(action__in=mine)


def _may(actor: Actor, action: str) -> bool:
    declared = action_named(action)
    return declared is not None and actor.may(declared.permission)


def _row(actor: Actor, request: Approval) -> ApprovalRow:
    declared = action_named(request.action)
    mine = request.requested_by_id == actor.user_id
    return ApprovalRow(
        id=request.pk,
        action=request.action,
        title=force_str(declared.title) if declared else request.action,
        why=request.why,
        requested_by=request.requested_by.name,
        requested_at=request.requested_at,
        state=request.state,
        decided_by=request.decided_by.name if request.decided_by else "",
        decided_at=request.decided_at,
        remark=request.remark,
        mine=mine,
        decidable=request.state == "waiting" and not mine and _may(actor, request.action),
    )


def _parameters(request: Approval) -> dict[str, Any]:
    asked: Mapping[str, Any] = msgspec.json.decode(request.parameters)
    return dict(asked)
