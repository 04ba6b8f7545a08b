"""The queue of jobs: what is to be done, how far it is, and what came of it."""

from django.db import models

from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.store.kept import Kept

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


class Job(models.Model):
    """One piece of work. What it does to the books it does through actions, which are recorded.

    `key` names it outside; `parameters`, `memory` (where it left off) and `result` are JSON;
    `once` is a name that no other waiting or running job may have. While it runs,
    `locked_until` lies ahead: a worker that died stops moving it on, and another takes over.
    """

    kept = Kept.PASSING
    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True)
    quick = models.BooleanField(default=False)
    once = models.CharField(max_length=100, default="")
    parameters = models.TextField()
    memory = models.TextField(default="")
    state = models.CharField(max_length=8, default=WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    message = models.CharField(max_length=300, default="")
    result = models.TextField(default="")
    error = models.TextField(default="")
    error_code = models.CharField(max_length=60, default="")
    attempts = models.IntegerField(default=0)
    worker = models.CharField(max_length=300, default="")
    created_at = models.DateTimeField()
    run_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_job"
        constraints = [
            models.UniqueConstraint(
                fields=["once"],
                condition=~models.Q(once="") & models.Q(state__in=[WAITING, RUNNING]),
                name="job_once",
            )
        ]
        indexes = [
            models.Index(fields=["state", "quick", "run_at"], name="job_due"),
            models.Index(fields=["company", "user", "id"], name="job_of_user"),
        ]
