"""Checks of servers: set and changed."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.servers.letting_go import let_go
from kantoor.departments.ict.actions.servers.registering import MANAGE, servers_by_code
from kantoor.departments.ict.drafts_servers import CheckAltered, CheckDraft
from kantoor.departments.ict.errors import KnownAlready
from kantoor.departments.ict.errors_servers import UnknownCheck
from kantoor.departments.ict.models import Check
from kantoor.departments.ict.watching.asking import refuse_wrong
from kantoor.departments.ict.watching.questions import Question
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

BOUNDS = {
    "every_s": (10, 7 * 24 * 3600),
    "timeout_s": (1, 15),
    "fails": (1, 100),
    "passes": (1, 100),
    "limit": (0, 100_000),
}
CHANGED = ("target", "expect", "limit", "every_s", "timeout_s", "fails", "passes", "active")


@action(permission=MANAGE, title=_("Add checks"), bulk_of="ict.add_check")
def add_checks(actor: Actor, /, *, checks: Sequence[CheckDraft]) -> list[int]:
    """Have servers checked, all or none; gives the keys of the checks.

    Raises UnknownServer, KnownAlready, TargetRefused or InvalidInput.
    """
    if not checks:
        return []
    servers = servers_by_code(actor, [each.server for each in checks], field="server")
    now = timezone.now()
    rows = []
    for place, each in enumerate(checks, 1):
        row = Check(
            company_id=actor.company_id,
            server=servers[each.server.strip().lower()],
            name=each.name.strip(),
            kind=each.kind,
            created_at=now,
            **{name: getattr(each, name) for name in CHANGED if name != "active"},
        )
        _refuse(row, place)
        rows.append(row)
    _refuse_known(rows)
    Check.objects.bulk_create(rows)
    if len(rows) == 1:
        concerns(f"ict.server/{rows[0].server_id}")
    return [row.pk for row in rows]


@action(permission=MANAGE, title=_("Add a check"))
def add_check(actor: Actor, /, *, check: CheckDraft) -> int:
    """Have a server checked."""
    return add_checks(actor, checks=[check])[0]


@action(permission=MANAGE, title=_("Change a check"))
def change_check(actor: Actor, /, *, change: CheckAltered) -> None:
    """Change a check, or have it asked no more (`active`).

    Raises UnknownServer, UnknownCheck, TargetRefused or InvalidInput.
    """
    server = servers_by_code(actor, [change.server], field="server").popitem()[1]
    row = (
        Check.objects.select_for_update(of=("self",))
        .select_related("server")
        .filter(server=server, name=change.name.strip())
        .first()
    )
    if row is None:
        message = _("{server} has no check “{name}”.")
        said = message.format(server=server.code, name=change.name[:100])
        raise UnknownCheck(said, field="name")
    for name in CHANGED:
        if (value := getattr(change, name)) is not None:
            setattr(row, name, value)
    _refuse(row, 1)
    row.save()
    if not row.active:
        let_go(actor, [row])
    concerns(f"ict.server/{server.pk}")


def _refuse(row: Check, place: int) -> None:
    if not 1 <= len(row.name) <= 100:
        raise InvalidInput(_("Name the check."), field="name", line=place)
    if len(row.target) > 500 or len(row.expect) > 200:
        raise InvalidInput(_("This is too long."), field="target", line=place)
    for name, (least, most) in BOUNDS.items():
        value = getattr(row, name)
        if value is not None and not least <= value <= most:
            message = _("Give a number from {least} to {most}.").format(least=least, most=most)
            raise InvalidInput(message, field=name, line=place)
    refuse_wrong(
        Question(row.pk or 0, row.kind, row.target, row.server.address, row.expect, row.limit)
    )


def _refuse_known(rows: Sequence[Check]) -> None:
    servers = {row.server_id for row in rows}
    known = set(Check.objects.filter(server__in=servers).values_list("server_id", "name"))
    for place, row in enumerate(rows, 1):
        pair = (row.server_id, row.name)
        if pair in known:
            message = _("{server} has a check “{name}” already.")
            said = message.format(server=row.server.code, name=row.name)
            raise KnownAlready(said, field="name", line=place)
        known.add(pair)
