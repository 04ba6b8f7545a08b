"""Objectives as they are looked at: those of oneself and one's people, and those of all."""

from datetime import date

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import Objective
from kantoor.departments.hr.models.growth.review import OPEN
from kantoor.departments.hr.queries.growth.reach import MANAGE, OWN, reach_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

SORTS = {"due_on": ("due_on", "pk"), "person": ("party__name", "pk")}
LATE = "late"


class ObjectiveRow(msgspec.Struct, frozen=True):
    """An objective; `state` is open, late (open past its day), reached or dropped."""

    id: int
    person: str
    employee: str
    title: str
    measure: str
    due_on: date
    progress: int
    note: str
    state: str


@query(permission=OWN, title=_("My objectives"), exposed=True)
def my_objectives(
    actor: Actor, /, *, state: str = "", sort: str = "due_on", cursor: str = "", limit: int = PAGE
) -> Page[ObjectiveRow]:
    """Those of oneself and of the people that one manages."""
    found = reach_of(actor).mine(scoped(actor, Objective))
    return _page(found, state, sort, cursor, limit)


@query(permission=MANAGE, title=_("Objectives"), exposed=True)
def objectives(
    actor: Actor, /, *, state: str = "", search: str = "",
    sort: str = "due_on", cursor: str = "", limit: int = PAGE,
) -> Page[ObjectiveRow]:  # fmt: skip
    """All objectives; `search` is a part of a name."""
    found = scoped(actor, Objective)
    if search:
        found = found.filter(party__name__icontains=search)
    return _page(found, state, sort, cursor, limit)


@query(permission=OWN, title=_("My objectives that are due"))
def objectives_due(actor: Actor, /, *, until: date) -> list[ObjectiveRow]:
    """One's own objectives that are to be reached by a day and are not."""
    reach = reach_of(actor)
    rows = scoped(actor, Objective).filter(party=reach.own, state=OPEN, due_on__lte=until)
    today = timezone.localdate()
    return [_row(row, today) for row in rows.select_related("party").order_by("due_on", "pk")[:5]]


def _page(
    found: "QuerySet[Objective]", state: str, sort: str, cursor: str, limit: int
) -> Page[ObjectiveRow]:
    today = timezone.localdate()
    if state == LATE:
        found = found.filter(state=OPEN, due_on__lt=today)
    elif state:
        found = found.filter(state=state)
    rows = found.filter(party__erased_at=None).select_related("party")
    page = page_by(rows, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    return page.map(lambda row: _row(row, today))


def _row(row: Objective, today: date) -> ObjectiveRow:
    state = LATE if row.state == OPEN and row.due_on < today else row.state
    return ObjectiveRow(
        row.pk, row.party.name, row.party.code, row.title, row.measure, row.due_on, row.progress,
        row.note, state,
    )  # fmt: skip
