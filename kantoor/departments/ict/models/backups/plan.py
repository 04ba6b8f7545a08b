"""What must be backed up, how often, and how soon it has to be back."""

from django.db import models

from kantoor.departments.ict.models.servers.server import Server
from kantoor.kernel.store.models import KeptModel

RESTIC, BORG, KANTOOR, OTHER = "restic", "borg", "kantoor", "other"


class BackupPlan(KeptModel):
    """A server or a set of data that has to be backed up.

    `every_s` is how often a run is expected, `grace_s` how much later is too late; with a
    `calendar` both are of its working time. `rpo_s` is how
    much work may be lost, `rto_s` how long it may take until it is back; `keep_days` how long
    copies are kept. `paths` has what is backed up, a path on each line. Kantoor itself makes the
    backup where `runs_here`, with a password from outside the database; of itself always (`kantoor`:
    all companies, into the folder of its own backups). `drill_days` is how often
    a restore is to be proved, `check_days` how often the whole repository is read; 0 is only when
    somebody asks.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    server = models.ForeignKey(Server, on_delete=models.PROTECT, null=True, related_name="plans")
    tool = models.CharField(max_length=7, default=RESTIC)
    repository = models.CharField(max_length=500, default="", blank=True)
    paths = models.TextField(default="", blank=True)
    calendar = models.ForeignKey(
        "kernel.Calendar", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    every_s = models.BigIntegerField()
    grace_s = models.BigIntegerField()
    rpo_s = models.BigIntegerField()
    rto_s = models.BigIntegerField()
    keep_days = models.IntegerField(default=30)
    drill_days = models.IntegerField(default=30)
    check_days = models.IntegerField(default=30)
    runs_here = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "ict_backup_plan"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="backup_plan_code_once"),
            models.CheckConstraint(
                condition=models.Q(every_s__gt=0, grace_s__gte=0, rpo_s__gt=0, rto_s__gt=0),
                name="backup_plan_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.name
