"""Alerts that watching programs reported."""

from datetime import datetime

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Alert
from kantoor.departments.ict.queries.servers.servers import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class AlertRow(msgspec.Struct, frozen=True):
    """An alert as listed; `ends_at` is when it was over."""

    id: int
    name: str
    severity: str
    summary: str
    server: str
    state: str
    starts_at: datetime
    ends_at: datetime | None
    labels: str
    link: str


@query(permission=READ, title=_("Alerts"), exposed=True)
def alerts(
    actor: Actor,
    /,
    *,
    search: str = "",
    state: str = "",
    server: str = "",
    sort: str = "-starts_at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[AlertRow]:
    """The alerts, the latest first."""
    found = scoped(actor, Alert).select_related("server")
    if search:
        found = found.filter(Q(name__icontains=search) | Q(summary__icontains=search))
    if state:
        found = found.filter(state=state)
    if server:
        found = found.filter(server__code=server.strip().lower())
    keys = {"starts_at": ("starts_at",), "name": ("name",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    return page.with_rows(
        [
            AlertRow(
                row.pk,
                row.name,
                row.severity,
                row.summary,
                row.server.code if row.server else "",
                row.state,
                row.starts_at,
                row.ends_at,
                row.labels,
                row.link,
            )
            for row in page.rows
        ]
    )
