"""Data breaches: the register that the authority may ask for, and one of them."""

from datetime import datetime
from typing import Literal

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_privacy import UnknownBreach
from kantoor.departments.hr.models import DataBreach
from kantoor.departments.hr.models.privacy.breaches import (
    UNKNOWN,
    UNLIKELY,
    read_breach_number,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "hr.read_breaches"
SORTS = {"number": ("number",), "discovered_at": ("discovered_at",), "due_at": ("due_at",)}


class BreachRow(msgspec.Struct, frozen=True, kw_only=True):
    """A breach as listed; `state` is recorded, late (the authority has to hear of it, and 72 hours
    are over), assessed, told or closed.
    """

    id: int
    number: str
    title: str
    kind: str
    discovered_at: datetime
    due_at: datetime
    risk: str
    state: str
    authority_at: datetime | None
    people_at: datetime | None


class BreachCard(msgspec.Struct, frozen=True, kw_only=True):
    """A breach with all that is known of it (GDPR art. 33(3) and (5))."""

    breach: BreachRow
    began_at: datetime | None
    nature: str
    people_categories: str
    people_about: int | None
    data_categories: str
    records_about: int | None
    consequences: str
    measures: str
    risk_why: str
    authority_reference: str
    late_why: str
    people_how: str
    not_told_why: str
    closed_at: datetime | None
    lessons: str
    recorded_at: datetime
    recorded_by: str


@query(permission=READ, title=_("Data breaches"), exposed=True)
def data_breaches(
    actor: Actor,
    /,
    *,
    state: Literal["", "open", "closed"] = "",
    sort: str = "-number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[BreachRow]:
    """The breaches of personal data, the latest first."""
    found = scoped(actor, DataBreach)
    if state:
        found = found.filter(closed_at__isnull=state == "open")
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    return page.map(_row)


@query(permission=READ, title=_("A data breach"), exposed=True)
def data_breach(actor: Actor, /, *, number: str) -> BreachCard:
    """One breach by its number (`DB-0003`). Raises UnknownBreach."""
    rows = scoped(actor, DataBreach).select_related("recorded_by")
    row = rows.filter(number=read_breach_number(number) or 0).first()
    if row is None:
        message = _("There is no data breach “{number}”.").format(number=number[:40])
        raise UnknownBreach(message, field="number")
    return BreachCard(
        breach=_row(row),
        recorded_by=row.recorded_by.name if row.recorded_by else "",
        **{name: getattr(row, name) for name in BreachCard.__struct_fields__[1:-1]},
    )


def _row(row: DataBreach) -> BreachRow:
    return BreachRow(
        id=row.pk,
        number=str(row),
        title=row.title,
        kind=row.kind,
        discovered_at=row.discovered_at,
        due_at=row.due_at,
        risk=row.risk,
        state=_state(row),
        authority_at=row.authority_at,
        people_at=row.people_at,
    )


def _state(row: DataBreach) -> str:
    if row.closed_at is not None:
        return "closed"
    if row.authority_at is not None:
        return "told"
    if row.risk != UNLIKELY and timezone.now() > row.due_at:
        return "late"
    return "recorded" if row.risk == UNKNOWN else "assessed"
