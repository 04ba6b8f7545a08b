"""What was asked from the catalogue: its answers, who decides, its tasks, and what waits for me."""

from datetime import datetime

import msgspec
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownCase
from kantoor.departments.ict.models import CaseTask, ServiceRequest
from kantoor.departments.ict.models.catalogue.requests import ASKED
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Grant, Role, User
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

ASK, MANAGE = "ict.ask_help", "ict.manage_desk"


class TaskShown(msgspec.Struct, frozen=True):
    """Something to do, and who did it when."""

    place: int
    text: str
    done_at: datetime | None
    done_by: str


class RequestShown(msgspec.Struct, frozen=True):
    """What was asked: answers by label; who must agree, and who decided.

    `approver` is the name of a person or role, empty for whoever manages the desk.
    """

    item: str
    state: str
    approval: str
    approver: str
    decided_by: str
    decided_at: datetime | None
    answers: list[tuple[str, str]]


class ToDecide(msgspec.Struct, frozen=True):
    """A request that waits for one's decision."""

    id: int
    number: str
    item: str
    requester: str
    asked_at: datetime


class Decision(msgspec.Struct, frozen=True):
    """A request as who decides sees it; `open` says that it still waits."""

    id: int
    number: str
    requester: str
    asked_at: datetime
    open: bool
    request: RequestShown


@query(permission=ASK, title=_("Requests that wait for my decision"), exposed=True)
def to_decide(actor: Actor, /, *, cursor: str = "", limit: int = PAGE) -> Page[ToDecide]:
    """What waits for one's own decision, the latest first; never what one asked oneself."""
    found = _mine(actor).filter(state=ASKED, case__is_open=True)
    page = page_by(
        found.select_related("case__requester", "item"), order=("-id",), cursor=cursor,
        limit=limit, totals={},
    )  # fmt: skip
    return page.map(
        lambda row: ToDecide(
            row.case_id, str(row.case), row.item.name,
            row.case.requester.name if row.case.requester else "", row.case.opened_at,
        )
    )  # fmt: skip


@query(permission=ASK, title=_("A request to decide on"), exposed=True)
def decision(actor: Actor, /, *, number: str) -> Decision:
    """A request that waits for one's decision, or that one decided on. Raises UnknownCase."""
    found = _mine(actor) | _others(actor).filter(decided_by=actor.user_id or 0)
    rows = found.filter(case__number=read_number(number) or 0).select_related("case__requester")
    row = rows.first()
    if row is None:
        message = _("There is no case “{number}”.").format(number=number[:40])
        raise UnknownCase(message, field="number")
    shown = request_of(row.case_id)
    assert shown is not None
    who = row.case.requester.name if row.case.requester else ""
    waits = row.state == ASKED and row.case.is_open
    return Decision(row.case_id, str(row.case), who, row.case.opened_at, waits, shown)


def request_of(case_id: int) -> RequestShown | None:
    """What a case asked from the catalogue; None where it did not come from there."""
    rows = ServiceRequest.objects.filter(case=case_id).select_related("item", "approver")
    row = rows.first()
    if row is None:
        return None
    return RequestShown(
        item=row.item.name,
        state=row.state,
        approval=row.approval,
        approver=row.approver.name if row.approver else role_name(row.approver_role),
        decided_by=_name(row.decided_by),
        decided_at=row.decided_at,
        answers=list(row.answers.order_by("place").values_list("label", "value")),
    )


def tasks_of(case_id: int) -> list[TaskShown]:
    """The tasks of a case in their order."""
    rows = list(CaseTask.objects.filter(case=case_id).order_by("place"))
    keys = {row.done_by for row in rows if row.done_by}
    names = dict(User.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    return [
        TaskShown(row.place, row.text, row.done_at, names.get(row.done_by or 0, "")) for row in rows
    ]


def _others(actor: Actor) -> QuerySet[ServiceRequest]:
    """What was asked by others, for others."""
    mine = Q(asked_by=actor.user_id or 0) | Q(case__requester__signs_in__user_id=actor.user_id or 0)
    own = scoped(actor, ServiceRequest).filter(mine).values("pk")
    return scoped(actor, ServiceRequest).exclude(pk__in=own)


def _mine(actor: Actor) -> QuerySet[ServiceRequest]:
    """What is one's own to decide on: by name, by role, or as who manages the desk."""
    roles = Grant.objects.filter(
        user_id=actor.user_id or 0, company_id=actor.company_id, ended_at=None
    ).values("role__code")
    wanted = Q(approver_id=actor.user_id or 0) | Q(approver=None, approver_role__in=roles)
    if actor.may(MANAGE):
        wanted |= Q(approver=None, approver_role="")
    return _others(actor).exclude(approval="").filter(wanted)


def _name(user_id: int | None) -> str:
    return User.objects.filter(pk=user_id or 0).values_list("name", flat=True).first() or ""


def role_name(code: str) -> str:
    """What a role is called in the reader's language; empty where there is none."""
    row = Role.objects.filter(code=code).first() if code else None
    if row is None:
        return ""
    return row.name_nl if (get_language() or "").startswith("nl") else row.name_en
