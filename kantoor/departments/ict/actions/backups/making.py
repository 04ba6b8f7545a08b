"""Backups that Kantoor makes itself, where restic or Borg is installed beside it."""

import shutil
import tempfile
from pathlib import Path

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.backups.ourselves import backed_up
from kantoor.departments.ict.actions.backups.planning import MANAGE, about, plans_by_code
from kantoor.departments.ict.actions.backups.reporting import report_backup_run
from kantoor.departments.ict.backing.programs import (
    BORG,
    Done,
    Repository,
    password_of,
    run_program,
)
from kantoor.departments.ict.backing.roots import refuse_outside_roots
from kantoor.departments.ict.drafts_backups import BackupReport
from kantoor.departments.ict.errors_servers import BackupFailed, UnknownPlan
from kantoor.departments.ict.formats.backups.manifest import hash_files, write_manifest
from kantoor.departments.ict.models import BackupPlan
from kantoor.departments.ict.models.backups.plan import KANTOOR
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped


@action(permission=MANAGE, title=_("Make a backup now"))
def start_backup(actor: Actor, /, *, plan: str) -> str:
    """Have Kantoor make the backup of a plan; gives the key of the job that does it.

    Raises UnknownPlan, BackupFailed for a plan whose backups are made elsewhere.
    """
    row = plans_by_code(actor, [plan]).popitem()[1]
    if not row.runs_here:
        raise BackupFailed(_("This backup is made elsewhere, and reported here."), field="plan")
    concerns(about(row))
    return make_backup.enqueue_once(f"{row.pk}", actor, plan=row.code)


@job(title=_("Make a backup"), tries=1)
def make_backup(work: Work, /, *, plan: str) -> int:
    """Hash the files, back them up, and report the run with its manifest; gives how many runs.

    Broken off, the program is stopped: what it left in the repository belongs to no run.
    """
    row = plan_of(work.actor, plan)
    if row.tool == KANTOOR:
        own = BackupReport(plan=row.code, report=backed_up())
        return report_backup_run(work.actor, report=own).fresh
    scratch = Path(tempfile.mkdtemp(prefix="kantoor-backup-"))
    try:
        repository = repository_of(row, scratch)
        refuse_outside_roots(row.paths.splitlines())
        roots = [Path(path) for path in row.paths.splitlines()]
        hashes = hash_files(roots, Path("/"), lambda count: work.progress(count))
        name = f"{row.code}-{timezone.now():%Y%m%dT%H%M%S}"
        command = repository.backup(row.paths.splitlines(), name, row.code)
        done = run_program(repository, command, scratch, lambda: work.progress(len(hashes)))
        report = done.out if _went_well(repository, done) else _failure(_said(done))
        taken = report_backup_run(
            work.actor,
            report=BackupReport(
                plan=row.code, report=report, manifest=write_manifest(hashes), zone="UTC"
            ),
        )
        return taken.fresh
    except BackupFailed as reason:
        failure = BackupReport(plan=row.code, report=_failure(str(reason.message)))
        report_backup_run(work.actor, report=failure)
        raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def plan_of(actor: Actor, code: str) -> BackupPlan:
    """A plan by its code; raises UnknownPlan."""
    row = scoped(actor, BackupPlan).select_related("server").filter(code=code).first()
    if row is None:
        raise UnknownPlan(_("There is no backup plan “{code}”.").format(code=code[:40]))
    return row


def repository_of(plan: BackupPlan, scratch: Path) -> Repository:
    """The repository of a plan with its password; raises BackupFailed."""
    if not plan.repository:
        raise BackupFailed(_("Say first in which repository the copies are."), field="repository")
    password = password_of(plan.code, Path(settings.DATA) / "keys")
    return Repository(plan.tool, plan.repository, password, scratch)


def _went_well(repository: Repository, done: Done) -> bool:
    """Whether a copy was made: Borg says 1, or 100 and more, for warnings."""
    warned = repository.tool == BORG and (done.code == 1 or 100 <= done.code <= 127)
    return done.code == 0 or warned


def _said(done: Done) -> str:
    said = (done.said or done.out).strip()[-400:] or gettext("without a word")
    return gettext("Exit code {code}: {said}").format(code=done.code, said=said)


def _failure(message: str) -> str:
    """The report of a run that failed, in our own form."""
    given = {"ended_at": timezone.now(), "ok": False, "message": message}
    return msgspec.json.encode(given).decode()
