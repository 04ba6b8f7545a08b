"""Maintenance: times in which servers are worked on and nothing is raised."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.servers.registering import MANAGE, servers_by_code
from kantoor.departments.ict.errors_servers import UnknownMaintenance
from kantoor.departments.ict.models import Maintenance
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

LONGEST = timedelta(days=31)
PAST = timedelta(days=1)
"""How far back a time may begin: for what was forgotten to be planned."""


@action(permission=MANAGE, title=_("Plan maintenance"))
def plan_maintenance(
    actor: Actor,
    /,
    *,
    begins_at: datetime,
    ends_at: datetime,
    why: str,
    servers: Sequence[str] = (),
) -> list[int]:
    """Plan a time in which these servers are worked on, all of them where none is named.

    Nothing is raised in it, and it counts for no availability. Gives a key for each.
    Raises UnknownServer or InvalidInput.
    """
    if begins_at.tzinfo is None or ends_at.tzinfo is None:
        raise InvalidInput(_("Give the moment with its time zone."), field="begins_at")
    if not begins_at < ends_at <= begins_at + LONGEST:
        message = _("It ends after it begins, and within {days} days.").format(days=LONGEST.days)
        raise InvalidInput(message, field="ends_at")
    if begins_at < timezone.now() - PAST:
        raise InvalidInput(_("It can't begin more than a day ago."), field="begins_at")
    if not why.strip() or len(why) > 200:
        raise InvalidInput(_("Say why, in at most 200 characters."), field="why")
    found = servers_by_code(actor, servers, field="servers")
    keys: list[int | None] = [server.pk for server in found.values()] if servers else [None]
    rows = Maintenance.objects.bulk_create(
        Maintenance(
            company_id=actor.company_id,
            server_id=key,
            begins_at=begins_at,
            ends_at=ends_at,
            why=why.strip(),
        )
        for key in keys
    )
    if len(rows) == 1 and rows[0].server_id:
        concerns(f"ict.server/{rows[0].server_id}")
    return [row.pk for row in rows]


@action(permission=MANAGE, title=_("End maintenance"))
def end_maintenance(actor: Actor, /, *, maintenance: Sequence[int]) -> None:
    """End times of maintenance now, or take back those that have yet to come.

    Raises UnknownMaintenance where one is over already.
    """
    now = timezone.now()
    rows = scoped(actor, Maintenance).select_for_update().order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=maintenance, ends_at__gt=now)}
    for place, key in enumerate(maintenance, 1):
        if key not in found:
            message = _("There is no such maintenance, or it is over.")
            raise UnknownMaintenance(message, field="maintenance", line=place)
    for row in found.values():
        row.ends_at = max(now, row.begins_at)
    Maintenance.objects.bulk_update(found.values(), ["ends_at"])
    servers = {row.server_id for row in found.values()}
    if len(servers) == 1 and (server := servers.pop()):
        concerns(f"ict.server/{server}")
