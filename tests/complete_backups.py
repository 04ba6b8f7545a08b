"""Rows in every table of backups, for `complete.py`."""

from django.utils import timezone

from kantoor.departments.ict.actions.backups.planning import change_backup_plan, plan_backup
from kantoor.departments.ict.actions.backups.proving import record_proof
from kantoor.departments.ict.actions.backups.reporting import report_backup_run
from kantoor.departments.ict.drafts_backups import (
    BackupPlanChange,
    BackupPlanDraft,
    BackupReport,
)
from kantoor.kernel.actors.actor import Actor


def backups(anne: Actor) -> None:
    """Everything of backups that leaves rows: two plans, their runs, a drill and a reading."""
    for code in ("files", "mail"):
        plan_backup(
            anne, plan=BackupPlanDraft(code=code, name=code.title(), server="web-01", tool="other")
        )
        report = f'{{"ended_at": "{timezone.now().isoformat()}", "snapshot": "{code}-1"}}'
        manifest = f"{'0' * 64}  srv/{code}\n"
        report_backup_run(anne, report=BackupReport(plan=code, report=report, manifest=manifest))
    change_backup_plan(anne, change=BackupPlanChange(code="mail", keep_days=60))
    record_proof(
        anne, plan="files", kind="drill", ok=True, seconds=3, message="All is there", evidence="x"
    )
    record_proof(
        anne, plan="mail", kind="read", ok=False, seconds=3, message="Damaged", evidence="y"
    )
