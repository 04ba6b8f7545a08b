"""How the service desk is arranged: what it is asked about, and who answers."""

from django.db import models

from kantoor.departments.ict.models.clocks.levels import ServiceLevel
from kantoor.kernel.store.models import KeptModel


class Service(KeptModel):
    """A service that people use and ask about: mail, the web shop, the telephones.

    `criticality` is 1 (the company stands still without it) to 4; `owner` answers for it,
    `level` is what was agreed for it where that is not the standard. How a `public` one does may
    be seen by everybody who has the public status address.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey("kernel.User", on_delete=models.PROTECT, null=True, related_name="+")
    department = models.CharField(max_length=40, default="", blank=True)
    criticality = models.PositiveSmallIntegerField(default=3)
    level = models.ForeignKey(
        ServiceLevel, on_delete=models.PROTECT, null=True, related_name="services"
    )
    public = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "ict_service"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="service_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Queue(KeptModel):
    """A team with its own list of cases.

    `lead` hears of deadlines that passed; with `by_load` new cases are given out by themselves.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    lead = models.ForeignKey("kernel.User", on_delete=models.PROTECT, null=True, related_name="+")
    by_load = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "ict_queue"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="queue_code_once")]

    def __str__(self) -> str:
        return self.name


class QueueMember(KeptModel):
    """Somebody who works in a queue; what they can do especially stands in `skills`."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    skills = models.CharField(max_length=200, default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "ict_queue_member"
        constraints = [models.UniqueConstraint(fields=["queue", "user"], name="queue_member_once")]
