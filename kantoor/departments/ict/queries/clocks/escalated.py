"""The deadlines that passed and were told to somebody, while their cases are not solved."""

from datetime import datetime

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Escalation
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

MANAGE = "ict.manage_desk"


class EscalationRow(msgspec.Struct, frozen=True):
    """A deadline that passed, of a case that is not solved yet."""

    id: int
    number: str
    title: str
    clock: str
    due_at: datetime
    queue: str
    assignee: str


@query(permission=READ, title=_("Escalated to me"), exposed=True)
def escalated_to_me(actor: Actor, /, *, cursor: str = "", limit: int = PAGE) -> Page[EscalationRow]:
    """What was escalated to oneself, the latest first; who manages the desk sees what nobody got."""
    mine = Q(user_id=actor.user_id or 0)
    if actor.may(MANAGE):
        mine |= Q(user_id=None)
    found = scoped(actor, Escalation).filter(mine, case__is_open=True)
    page = page_by(
        found.select_related("case__queue", "case__assignee"), order=("-id",), cursor=cursor,
        limit=limit, totals={},
    )  # fmt: skip
    return page.map(
        lambda row: EscalationRow(
            row.pk, str(row.case), row.case.title, row.clock, row.due_at,
            row.case.queue.name if row.case.queue else "",
            row.case.assignee.name if row.case.assignee else "",
        )
    )  # fmt: skip
