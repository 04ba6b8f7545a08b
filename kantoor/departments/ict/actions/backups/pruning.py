"""Throw away copies that were kept long enough: shown first, then done."""

import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.backups.making import plan_of, repository_of
from kantoor.departments.ict.actions.backups.planning import MANAGE, about, plans_by_code
from kantoor.departments.ict.actions.backups.proving import record_proof
from kantoor.departments.ict.backing.programs import BORG, RESTIC, run_program
from kantoor.departments.ict.errors_servers import BackupFailed
from kantoor.departments.ict.models import BackupPlan, BackupProof, BackupRun
from kantoor.departments.ict.models.backups.run import WOULD
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped

SHOWN_FOR = timedelta(days=1)
"""How long what was shown may be acted upon."""


@action(permission=MANAGE, title=_("Show which old copies would go"))
def show_pruning(actor: Actor, /, *, plan: str) -> str:
    """Have shown which copies are older than the plan keeps them; gives the key of the job.

    Raises UnknownPlan, BackupFailed for a plan whose backups are made elsewhere.
    """
    row = _made_here(actor, plan)
    concerns(about(row))
    return prune.enqueue_once(f"{row.pk}", actor, plan=row.code, only_show=True)


@action(permission=MANAGE, title=_("Throw old copies away"))
def prune_backups(actor: Actor, /, *, plan: str) -> str:
    """Throw away the copies that are older than the plan keeps them; gives the key of the job.

    What would go was shown within a day before. The last copy always stays. Raises UnknownPlan,
    BackupFailed.
    """
    row = _made_here(actor, plan)
    shown = scoped(actor, BackupProof).filter(plan=row, kind=WOULD, ok=True)
    if not shown.filter(at__gte=timezone.now() - SHOWN_FOR).exists():
        raise BackupFailed(_("Have shown first which copies would go."), field="plan")
    concerns(about(row))
    return prune.enqueue_once(f"{row.pk}", actor, plan=row.code, only_show=False)


def _made_here(actor: Actor, plan: str) -> BackupPlan:
    row = plans_by_code(actor, [plan]).popitem()[1]
    if not row.runs_here or row.tool not in (RESTIC, BORG):
        raise BackupFailed(_("This backup is made elsewhere, and pruned there."), field="plan")
    return row


@job(title=_("Throw old copies away"), tries=1)
def prune(work: Work, /, *, plan: str, only_show: bool) -> bool:
    """Throw away old copies of a plan, or show which; gives whether it went well.

    Broken off, the program is stopped; restic and Borg leave a repository that is whole.
    """
    row = plan_of(work.actor, plan)
    began = time.monotonic()
    ok, said = _pruned(work, row, only_show=only_show)
    kind: Literal["would", "prune"] = "would" if only_show else "prune"
    done = gettext("What is older than {days} days would go; see the evidence.")
    if not only_show:
        done = gettext("What was older than {days} days is gone.")
    lines = [line for line in said.splitlines() if line.strip()]
    record_proof(
        work.actor,
        plan=row.code,
        kind=kind,
        ok=ok,
        seconds=round(time.monotonic() - began),
        message=done.format(days=row.keep_days) if ok else " ".join(lines[-3:]),
        evidence=said,
    )
    return ok


def _pruned(work: Work, row: BackupPlan, *, only_show: bool) -> tuple[bool, str]:
    young = BackupRun.objects.filter(plan=row, ok=True)
    if not young.filter(began_at__gte=timezone.now() - timedelta(days=row.keep_days)).exists():
        return False, gettext("No copy is younger than copies are kept, so all of them stay.")
    scratch = Path(tempfile.mkdtemp(prefix="kantoor-prune-"))
    ticks = iter(range(1 << 62))
    said = ""
    try:
        repository = repository_of(row, scratch)
        for command in repository.prune(row.code, row.keep_days, only_show=only_show):
            done = run_program(repository, command, scratch, lambda: work.progress(next(ticks)))
            said += f"{done.out}{done.said}"
            if done.code:
                return False, said
    except BackupFailed as failure:
        return False, f"{said}{failure.message}"
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return True, said
