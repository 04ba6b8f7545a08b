"""Runs of backups as they were reported, and what was proved of them."""

from django.db import models

from kantoor.departments.ict.models.backups.plan import BackupPlan
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

DRILL, READ, WOULD, PRUNE = "drill", "read", "would", "prune"
"""A restore, a reading of all; what throwing old copies away would do, and that it was done."""


class BackupRun(KeptModel):
    """One run of a backup. `began_at` is the moment that its data is of.

    `snapshot` is the tool's own name of the copy; a run is reported once under it. `manifest` is
    a stored file with the SHA-256 of every file as it was before the backup was made.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    plan = models.ForeignKey(
        BackupPlan, on_delete=models.PROTECT, db_index=False, related_name="runs"
    )
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    ok = models.BooleanField()
    snapshot = models.CharField(max_length=200)
    files = models.BigIntegerField(null=True)
    size = models.BigIntegerField(null=True)
    message = models.CharField(max_length=500, default="", blank=True)
    manifest = models.ForeignKey(
        "kernel.File", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    report = models.ForeignKey(
        "kernel.File", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    reported_at = models.DateTimeField()

    class Meta:
        db_table = "ict_backup_run"
        constraints = [models.UniqueConstraint(fields=["plan", "snapshot"], name="backup_run_once")]
        indexes = [models.Index(fields=["plan", "began_at", "id"], name="backup_run_by_plan")]


class BackupProof(KeptModel):
    """An attempt to prove a backup: a restore drill of a run, or a reading of the whole repository;
    and that old copies were thrown away, or what would go.

    A drill is `ok` when every file of the manifest came back with its hash, and nothing else did.
    `seconds` is how long it took; `evidence` a stored file with every file and what became of it.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    plan = models.ForeignKey(
        BackupPlan, on_delete=models.PROTECT, db_index=False, related_name="proofs"
    )
    run = models.ForeignKey(BackupRun, on_delete=models.PROTECT, null=True, related_name="proofs")
    kind = models.CharField(max_length=5)
    at = models.DateTimeField()
    ok = models.BooleanField()
    files = models.BigIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    wrong = models.BigIntegerField(default=0)
    seconds = models.IntegerField(default=0)
    message = models.CharField(max_length=500, default="", blank=True)
    evidence = models.ForeignKey(
        "kernel.File", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        db_table = "ict_backup_proof"
        indexes = [models.Index(fields=["plan", "kind", "at", "id"], name="backup_proof_by_plan")]
