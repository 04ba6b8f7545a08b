"""Prove backups: restore drills, and readings of whole repositories, with their evidence."""

import shutil
import tempfile
import time
from pathlib import Path
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.backups import ourselves
from kantoor.departments.ict.actions.backups.making import plan_of, repository_of
from kantoor.departments.ict.actions.backups.planning import (
    MANAGE,
    about,
    drill_source,
    plans_by_code,
    read_source,
)
from kantoor.departments.ict.actions.watching.incidents import Found, begin_troubles, end_troubles
from kantoor.departments.ict.backing.drills import Drilled, drill
from kantoor.departments.ict.backing.programs import run_program
from kantoor.departments.ict.errors_servers import BackupFailed, UnknownRun
from kantoor.departments.ict.formats.backups.manifest import read_manifest
from kantoor.departments.ict.models import BackupPlan, BackupProof, BackupRun
from kantoor.departments.ict.models.backups.plan import KANTOOR
from kantoor.departments.ict.models.backups.run import DRILL, READ
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.files import open_file, store_file
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped

LONGEST_EVIDENCE = 64 * 1024 * 1024


@action(permission=MANAGE, title=_("Try a restore"))
def drill_restore(actor: Actor, /, *, plan: str) -> str:
    """Restore the last run of a plan into a sandbox and compare every file; gives the job's key.

    Raises UnknownPlan, UnknownRun where no run went well.
    """
    row = plans_by_code(actor, [plan]).popitem()[1]
    last_good_run(actor, row)
    concerns(about(row))
    return restore_drill.enqueue_once(f"{row.pk}", actor, plan=row.code)


@action(permission=MANAGE, title=_("Read a whole repository"))
def read_repository(actor: Actor, /, *, plan: str) -> str:
    """Have every byte of a plan's repository read and checked; gives the job's key.

    Raises UnknownPlan.
    """
    row = plans_by_code(actor, [plan]).popitem()[1]
    if not row.repository and row.tool != KANTOOR:
        raise BackupFailed(_("Say first in which repository the copies are."), field="plan")
    concerns(about(row))
    return repository_check.enqueue_once(f"{row.pk}", actor, plan=row.code)


@job(title=_("Restore drill"), tries=1)
def restore_drill(work: Work, /, *, plan: str) -> bool:
    """Bring the last run back into a sandbox and keep what came of it; gives whether it passed."""
    row = plan_of(work.actor, plan)
    run = last_good_run(work.actor, row)
    began = time.monotonic()
    itself = row.tool == KANTOOR
    drilled = ourselves.drilled(run.snapshot) if itself else _drilled(work, row, run)
    record_proof(
        work.actor,
        plan=row.code,
        run=run.pk,
        kind="drill",
        ok=drilled.ok,
        files=drilled.files,
        size=drilled.size,
        wrong=drilled.wrong,
        seconds=round(time.monotonic() - began),
        message=drilled.message,
        evidence=drilled.evidence,
    )
    return drilled.ok


def _drilled(work: Work, row: BackupPlan, run: BackupRun) -> Drilled:
    scratch = Path(tempfile.mkdtemp(prefix="kantoor-drill-"))
    ticks = iter(range(1 << 62))
    try:
        manifest = _manifest(work.actor, run)
        repository = repository_of(row, scratch)
        return drill(repository, run.snapshot, manifest, lambda: work.progress(next(ticks)))
    except BackupFailed as failure:
        return Drilled(False, 0, 0, 0, str(failure.message)[:500], f"# {failure.message}\n")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@job(title=_("Read a whole repository"), tries=1)
def repository_check(work: Work, /, *, plan: str) -> bool:
    """Read every byte of a repository and keep what came of it; gives whether all was right."""
    row = plan_of(work.actor, plan)
    began = time.monotonic()
    ok, said = ourselves.read_whole() if row.tool == KANTOOR else _read(work, row)
    lines = [line for line in said.splitlines() if line.strip()]
    message = (
        gettext("The whole repository was read; all is right.") if ok else " ".join(lines[-3:])
    )
    record_proof(
        work.actor,
        plan=row.code,
        kind="read",
        ok=ok,
        seconds=round(time.monotonic() - began),
        message=message,
        evidence=said,
    )
    return ok


def _read(work: Work, row: BackupPlan) -> tuple[bool, str]:
    """Whether every byte of a repository is right, and what the program said."""
    scratch = Path(tempfile.mkdtemp(prefix="kantoor-read-"))
    ticks = iter(range(1 << 62))
    try:
        repository = repository_of(row, scratch)
        command = repository.read_all()
        done = run_program(repository, command, scratch, lambda: work.progress(next(ticks)))
        return done.code == 0, f"{done.out}{done.said}"
    except BackupFailed as failure:
        return False, str(failure.message)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@action(permission=MANAGE, title=_("Keep what was proved of a backup"), hidden=True)
def record_proof(
    actor: Actor,
    /,
    *,
    plan: str,
    kind: Literal["drill", "read", "would", "prune"],
    ok: bool,
    seconds: int,
    message: str,
    evidence: str,
    run: int | None = None,
    files: int = 0,
    size: int = 0,
    wrong: int = 0,
) -> int:
    """Keep the outcome of a drill or a reading with its evidence; one that failed is an incident.

    The next one that passes ends it. Gives the key of the row.
    """
    row = plans_by_code(actor, [plan]).popitem()[1]
    now = timezone.now()
    kept = store_file(
        actor,
        content=evidence.encode()[:LONGEST_EVIDENCE],
        name=f"{row.code}-{kind}-{now:%Y%m%dT%H%M%S}.txt",
        media_type="text/plain",
    )
    proof = BackupProof.objects.create(
        company_id=actor.company_id,
        plan=row,
        run_id=run,
        kind=kind,
        at=now,
        ok=ok,
        files=files,
        size=size,
        wrong=wrong,
        seconds=seconds,
        message=message.replace("\0", "")[:500],
        evidence=kept,
    )
    if kind in (DRILL, READ):  # the others prove nothing of the copies that there are
        source = drill_source(row) if kind == DRILL else read_source(row)
        if ok:
            end_troubles(actor, [source])
        else:
            begin_troubles(actor, [_failed(row, source, kind, proof.message)])
    concerns(about(row))
    return proof.pk


def last_good_run(actor: Actor, plan: BackupPlan) -> BackupRun:
    """The last run that went well; raises UnknownRun."""
    rows = scoped(actor, BackupRun).filter(plan=plan, ok=True).select_related("manifest")
    run = rows.order_by("-began_at", "-pk").first()
    if run is None:
        raise UnknownRun(_("No run of this backup went well yet."), field="plan")
    return run


def _manifest(actor: Actor, run: BackupRun) -> dict[str, str]:
    if run.manifest is None:
        return {}
    with open_file(actor, run.manifest) as file:
        return read_manifest(file.read().decode())


def _failed(plan: BackupPlan, source: str, kind: str, why: str) -> Found:
    title = (
        gettext("Backup of {name}: the restore drill failed")
        if kind == "drill"
        else gettext("Backup of {name}: the repository is damaged")
    )
    return Found(
        source=source,
        about=about(plan),
        title=title.format(name=plan.name),
        text=why,
        impact=1,
        urgency=2,
    )
