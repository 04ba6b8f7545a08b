"""Plans: what has to be backed up, how often, and how soon it has to be back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.servers.registering import servers_by_code
from kantoor.departments.ict.actions.watching.incidents import end_troubles
from kantoor.departments.ict.backing.roots import refuse_outside_roots
from kantoor.departments.ict.drafts_backups import BackupPlanChange, BackupPlanDraft
from kantoor.departments.ict.errors import KnownAlready
from kantoor.departments.ict.errors_servers import UnknownPlan
from kantoor.departments.ict.models import BackupPlan
from kantoor.departments.ict.models.backups.plan import KANTOOR, OTHER
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.models import Calendar
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped

MANAGE = "ict.manage_backups"
HOUR_S = 3600
HOURS = {
    "every_hours": (1, 24 * 366),
    "grace_hours": (0, 24 * 31),
    "rpo_hours": (1, 24 * 366),
    "rto_hours": (1, 24 * 366),
}
DAYS = {"keep_days": (1, 36_600), "drill_days": (0, 366), "check_days": (0, 366)}
MOST_PATHS = 100
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@action(permission=MANAGE, title=_("Plan backups"), bulk_of="ict.plan_backup")
def plan_backups(actor: Actor, /, *, plans: Sequence[BackupPlanDraft]) -> list[str]:
    """Say what has to be backed up, all or none; gives the codes.

    Raises KnownAlready, UnknownServer or InvalidInput.
    """
    if not plans:
        return []
    servers = servers_by_code(actor, [p.server for p in plans if p.server], field="server")
    calendars = _calendars(actor, [each.calendar for each in plans])
    now = timezone.now()
    rows = []
    for place, each in enumerate(plans, 1):
        row = BackupPlan(
            company_id=actor.company_id,
            code=each.code.strip().lower(),
            server=servers.get(each.server.strip().lower()),
            tool=each.tool,
            created_at=now,
        )
        given = {name: getattr(each, name) for name in each.__struct_fields__}
        _fill(row, given | {"calendar": calendars.get(each.calendar)}, place)
        rows.append(row)
    _refuse_known(actor, [row.code for row in rows])
    BackupPlan.objects.bulk_create(rows)
    if len(rows) == 1:
        concerns(about(rows[0]))
    return [row.code for row in rows]


@action(permission=MANAGE, title=_("Plan a backup"))
def plan_backup(actor: Actor, /, *, plan: BackupPlanDraft) -> str:
    """Say of one thing that it has to be backed up; gives its code."""
    return plan_backups(actor, plans=[plan])[0]


@action(permission=MANAGE, title=_("Change a backup plan"))
def change_backup_plan(actor: Actor, /, *, change: BackupPlanChange) -> None:
    """Change a plan, or expect nothing of it any more (`active`).

    Raises UnknownPlan or InvalidInput.
    """
    row = plans_by_code(actor, [change.code]).popitem()[1]
    given = {name: getattr(change, name) for name in change.__struct_fields__ if name != "code"}
    changed = {name: value for name, value in given.items() if value is not None}
    if change.calendar is not None:
        changed["calendar"] = _calendars(actor, [change.calendar]).get(change.calendar)
    _fill(row, changed, 1)
    row.save()
    if not row.active:
        end_troubles(actor, [run_source(row), drill_source(row), read_source(row)])
    concerns(about(row))


def plans_by_code(actor: Actor, codes: Iterable[str], field: str = "plan") -> dict[str, BackupPlan]:
    """Plans by code, locked until the action ends; raises UnknownPlan with the first place."""
    listed = [code.strip().lower() for code in codes]
    rows = scoped(actor, BackupPlan).select_for_update(of=("self",)).select_related("server")
    found = {row.code: row for row in rows.filter(code__in=set(listed)).order_by("pk")}
    for place, code in enumerate(listed, 1):
        if code not in found:
            message = _("There is no backup plan “{code}”.").format(code=code[:40])
            raise UnknownPlan(message, field=field, line=place)
    return found


def about(plan: BackupPlan) -> str:
    """What acts on a plan are about."""
    return f"ict.backup_plan/{plan.pk}"


def run_source(plan: BackupPlan) -> str:
    """The source of the trouble that a run failed or did not come."""
    return f"backup-run:{plan.pk}"


def drill_source(plan: BackupPlan) -> str:
    """The source of the trouble that a restore was not as it should be."""
    return f"backup-drill:{plan.pk}"


def read_source(plan: BackupPlan) -> str:
    """The source of the trouble that the repository is damaged."""
    return f"backup-read:{plan.pk}"


def _fill(row: BackupPlan, given: Mapping[str, Any], place: int) -> None:
    for bounds in (HOURS, DAYS):
        for name, (least, most) in bounds.items():
            if name in given and not least <= given[name] <= most:
                message = _("Give a number from {least} to {most}.").format(least=least, most=most)
                raise InvalidInput(message, field=name, line=place)
    for name in HOURS:
        if name in given:
            setattr(row, name.replace("_hours", "_s"), given[name] * HOUR_S)
    for name in (*DAYS, "runs_here", "active"):
        if name in given:
            setattr(row, name, given[name])
    if "calendar" in given:
        row.calendar_id = given["calendar"]
    if "paths" in given:
        row.paths = "\n".join(_paths(given["paths"], place))
    row.name = str(given.get("name", row.name)).strip()
    row.repository = str(given.get("repository", row.repository)).strip()
    _check(row, place)


def _calendars(actor: Actor, codes: Iterable[str]) -> dict[str, int]:
    """The keys of these calendars; raises NotFound."""
    wanted = {code for code in codes if code}
    rows = scoped(actor, Calendar).filter(code__in=wanted)
    found = dict(rows.values_list("code", "pk"))
    for code in sorted(wanted - set(found)):
        raise NotFound(_("There is no calendar “{code}”.").format(code=code[:40]), field="calendar")
    return found


def _check(row: BackupPlan, place: int) -> None:
    if not _CODE.fullmatch(row.code):
        message = _("A plan's code has small letters, digits and dashes, such as files-daily.")
        raise InvalidInput(message, field="code", line=place)
    if not 1 <= len(row.name) <= 200:
        raise InvalidInput(_("Name what is backed up."), field="name", line=place)
    if len(row.repository) > 500 or row.repository.startswith("-"):
        raise InvalidInput(_("This is no address of a repository."), field="repository", line=place)
    if row.tool == KANTOOR:
        _check_itself(row, place)
    elif row.runs_here and (row.tool == OTHER or not row.repository or not row.paths):
        message = _("Kantoor makes a backup with restic or Borg, of paths, into a repository.")
        raise InvalidInput(message, field="runs_here", line=place)
    if row.runs_here and row.tool != KANTOOR:
        refuse_outside_roots(row.paths.splitlines())


def _check_itself(row: BackupPlan, place: int) -> None:
    """Kantoor backs itself up whole, where its owner chose; there is nothing to choose here."""
    if row.repository or row.paths:
        message = _("Kantoor backs itself up whole; leave the repository and the paths empty.")
        raise InvalidInput(message, field="repository", line=place)
    row.runs_here = True


def _paths(paths: Sequence[str], place: int) -> list[str]:
    """Absolute paths, so that what they name does not depend on where Kantoor was started."""
    if len(paths) > MOST_PATHS:
        too_many = _("A plan has at most {most} paths.").format(most=MOST_PATHS)
        raise InvalidInput(too_many, field="paths", line=place)
    for path in paths:
        if not path.startswith("/") or "\n" in path or "\0" in path or "/../" in f"{path}/":
            message = _("Give whole paths, such as /srv/files.")
            raise InvalidInput(message, field="paths", line=place)
    return list(dict.fromkeys(paths))


def _refuse_known(actor: Actor, codes: Sequence[str]) -> None:
    known = set(scoped(actor, BackupPlan).filter(code__in=codes).values_list("code", flat=True))
    for place, code in enumerate(codes, 1):
        if code in known:
            message = _("There is a backup plan {code} already.").format(code=code)
            raise KnownAlready(message, field="code", line=place)
        known.add(code)
