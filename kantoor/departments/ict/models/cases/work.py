"""Time spent on cases, and what an hour of it costs: lines that never change, taken back by others."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.departments.ict.models.cases.desk import Queue, Service
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

DAY_MINUTES = 24 * 60


class CaseWork(KeptModel):
    """Minutes that somebody worked on a case on a day, with the queue and service it had then.

    A line that `reverses` another takes its minutes back.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="work")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    minutes = models.IntegerField()
    queue = models.ForeignKey(
        Queue, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="reversed_by", null=True
    )
    written_at = models.DateTimeField()
    written_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ict_case_work"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0, minutes__lte=DAY_MINUTES, reverses=None)
                | models.Q(minutes__lt=0, minutes__gte=-DAY_MINUTES, reverses__isnull=False),
                name="case_work_of_a_day",
            )
        ]
        indexes = [models.Index(fields=["company", "day", "id"], name="case_work_by_day")]


class WorkRate(KeptModel):
    """What an hour of work costs from `start` on, in major units of the company's currency.

    For a service, a queue, or with neither any work: a service goes before a queue. Rates are
    never changed; of two that start on one day the one written down later holds.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    queue = models.ForeignKey(
        Queue, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    start = models.DateField()
    rate = ExactField()

    class Meta:
        db_table = "ict_work_rate"
        indexes = [models.Index(fields=["company", "start"], name="work_rate_by_day")]
