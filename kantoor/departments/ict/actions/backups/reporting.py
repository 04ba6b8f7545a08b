"""Runs of backups as they are reported: by a script beside the backup program, or by Kantoor."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.backups.planning import about, plans_by_code, run_source
from kantoor.departments.ict.actions.watching.incidents import Found, begin_troubles, end_troubles
from kantoor.departments.ict.drafts_backups import BackupReport
from kantoor.departments.ict.formats.backups.manifest import read_manifest
from kantoor.departments.ict.formats.backups.reports import Told, runs_in
from kantoor.departments.ict.models import BackupPlan, BackupRun
from kantoor.departments.ict.queries.backups.lateness import Lateness
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.files.files import store_file
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import rows_by_key

REPORT = "ict.report_backups"


class RunsTaken(msgspec.Struct, frozen=True):
    """What became of a report: runs that are new, and those that were known."""

    plan: str
    fresh: int
    known: int


@action(permission=REPORT, title=_("Report backup runs"), bulk_of="ict.report_backup_run")
def report_backup_runs(actor: Actor, /, *, reports: Sequence[BackupReport]) -> list[RunsTaken]:
    """Take in what backup programs said of their work; the same run again changes nothing.

    A run that failed is an incident; the next that went well ends it. Raises UnknownPlan,
    ReportUnreadable.
    """
    if not reports:
        return []
    plans = plans_by_code(actor, [each.plan for each in reports])
    now = timezone.now()
    told = [_told(actor, each, now, place) for place, each in enumerate(reports, 1)]
    known = _known(plans, told, reports)
    taken, rows = [], []
    for each, runs in zip(reports, told, strict=True):
        plan = plans[each.plan.strip().lower()]
        fresh = [run for run in runs if (plan.pk, run.snapshot) not in known]
        known |= {(plan.pk, run.snapshot) for run in fresh}
        rows += _rows(actor, plan, fresh, each, now)
        taken.append(RunsTaken(plan.code, len(fresh), len(runs) - len(fresh)))
    BackupRun.objects.bulk_create(rows)
    _tell(actor, {plan.pk: plan for plan in plans.values()}, rows)
    if len(plans) == 1:
        concerns(about(next(iter(plans.values()))))
    return taken


@action(permission=REPORT, title=_("Report a backup run"))
def report_backup_run(actor: Actor, /, *, report: BackupReport) -> RunsTaken:
    """Take in what a backup program said of one run, or of all it knows."""
    return report_backup_runs(actor, reports=[report])[0]


def _told(actor: Actor, report: BackupReport, now: datetime, place: int) -> list[Told]:
    try:
        zone = ZoneInfo(report.zone or actor.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        unknown = _("There is no time zone “{zone}”.").format(zone=report.zone[:60])
        raise InvalidInput(unknown, field="zone", line=place) from None
    runs = runs_in(report.report, zone=zone, now=now)
    if report.manifest:
        read_manifest(report.manifest)
        if len(runs) != 1:
            message = _("A manifest is of one run; report that run by itself.")
            raise InvalidInput(message, field="manifest", line=place)
    return runs


def _known(
    plans: Mapping[str, BackupPlan], told: Sequence[Sequence[Told]], reports: Sequence[BackupReport]
) -> set[tuple[int, str]]:
    """Which of these runs were reported before."""
    found: set[tuple[int, str]] = set()
    of_plan: dict[int, set[str]] = {}
    for report, runs in zip(reports, told, strict=True):
        snapshots = of_plan.setdefault(plans[report.plan.strip().lower()].pk, set())
        snapshots.update(run.snapshot for run in runs)
    for plan, snapshots in of_plan.items():
        rows = rows_by_key(
            "SELECT snapshot, id FROM ict_backup_run WHERE plan_id = %s AND snapshot IN ({})",
            [plan],
            snapshots,
        )
        found |= {(plan, snapshot) for snapshot in rows}
    return found


def _rows(
    actor: Actor, plan: BackupPlan, runs: Sequence[Told], report: BackupReport, now: datetime
) -> list[BackupRun]:
    if not runs:
        return []
    kept = store_file(
        actor,
        content=report.report.encode(),
        name=f"{plan.code}-{now:%Y%m%dT%H%M%S}.json",
        media_type="application/json",
    )
    manifest = None
    if report.manifest:
        manifest = store_file(
            actor,
            content=report.manifest.encode(),
            name=f"{plan.code}-{runs[0].snapshot}.sha256",
            media_type="text/plain",
        )
    return [
        BackupRun(
            company_id=actor.company_id,
            plan=plan,
            began_at=run.began_at,
            ended_at=run.ended_at,
            ok=run.ok,
            snapshot=run.snapshot,
            files=run.files,
            size=run.size,
            message=run.message,
            manifest=manifest,
            report=kept,
            reported_at=now,
        )
        for run in runs
    ]


def _tell(actor: Actor, plans: Mapping[int, BackupPlan], rows: Sequence[BackupRun]) -> None:
    """The latest run of each plan says whether it is in trouble."""
    newest: dict[int, BackupRun] = {}
    for row in rows:
        if row.plan_id not in newest or row.ended_at >= newest[row.plan_id].ended_at:
            newest[row.plan_id] = row
    known = scoped(actor, BackupRun).filter(plan__in=newest).values("plan_id")
    latest = dict(known.annotate(last=Max("ended_at")).values_list("plan_id", "last"))
    said = [row for row in newest.values() if row.ended_at >= latest[row.plan_id]]
    begin_troubles(
        actor,
        [failed(plans[row.plan_id], row.message, row.ended_at) for row in said if not row.ok],
    )
    now, lateness = timezone.now(), Lateness.of(plans.values())
    in_time = [
        row
        for row in said
        if row.ok and lateness.too_late_at(plans[row.plan_id], row.ended_at) > now
    ]
    end_troubles(actor, [run_source(plans[row.plan_id]) for row in in_time])


def failed(plan: BackupPlan, why: str, at: datetime) -> Found:
    """The trouble of a run that failed."""
    return Found(
        source=run_source(plan),
        about=about(plan),
        title=gettext("Backup of {name}: the run failed").format(name=plan.name),
        text=why,
        urgency=2,
        at=at,
    )
