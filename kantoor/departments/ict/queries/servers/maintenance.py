"""Times of maintenance, the latest first."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Maintenance
from kantoor.departments.ict.queries.servers.servers import READ, MaintenanceRow, maintenance_row
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


@query(permission=READ, title=_("Maintenance"), exposed=True)
def maintenance(
    actor: Actor,
    /,
    *,
    server: str = "",
    over: bool | None = None,
    sort: str = "-begins_at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[MaintenanceRow]:
    """Times in which servers are worked on; of one server those of all servers as well."""
    found = scoped(actor, Maintenance).select_related("server")
    if server:
        found = found.filter(Q(server__code=server.strip().lower()) | Q(server=None))
    if over is not None:
        ended = Q(ends_at__lte=timezone.now())
        found = found.filter(ended if over else ~ended)
    keys = {"begins_at": ("begins_at",), "ends_at": ("ends_at",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    return page.with_rows([maintenance_row(each) for each in page.rows])
