"""Servers, the services they carry, and when they are worked on."""

from django.db import models

from kantoor.departments.ict.models.cases.desk import Service
from kantoor.kernel.store.models import KeptModel

PRODUCTION, ACCEPTANCE, TEST, DEVELOPMENT = "production", "acceptance", "test", "development"


class Server(KeptModel):
    """A machine, real or virtual, that stores or sends information.

    `code` is the name it has in the house; `address` a host name or an IP address. `owner` answers
    for it. `criticality` is 1 (the company stands still without it) to 4. `device` is the hardware
    it is, where that is known.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=253, default="", blank=True)
    environment = models.CharField(max_length=11, default=PRODUCTION)
    criticality = models.PositiveSmallIntegerField(default=3)
    owner = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    device = models.ForeignKey(
        "ict.Device", on_delete=models.PROTECT, null=True, related_name="servers"
    )
    note = models.TextField(default="", blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "ict_server"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="server_code_once")]
        indexes = [models.Index(fields=["company", "name"], name="server_name")]

    def __str__(self) -> str:
        return self.name


class ServerService(KeptModel):
    """That a service runs on a server, and stops when it does."""

    server = models.ForeignKey(Server, on_delete=models.PROTECT, related_name="carried")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="carriers")

    class Meta:
        db_table = "ict_server_service"
        constraints = [
            models.UniqueConstraint(fields=["server", "service"], name="server_service_once")
        ]


class Maintenance(KeptModel):
    """A time in which a server is worked on: nothing is raised, and it counts for no availability.

    Without a server it is of all of them. `ends_at` is brought forward when the work is done.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    server = models.ForeignKey(
        Server, on_delete=models.PROTECT, null=True, related_name="maintained"
    )
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "ict_maintenance"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("begins_at")), name="maintenance_in_order"
            )
        ]
        indexes = [models.Index(fields=["company", "ends_at"], name="maintenance_by_end")]


class StatusAddress(KeptModel):
    """The public status address of a company. Its token follows from `number`, so that a new
    number makes the one before worthless; nobody gets in while it is not `open`.
    """

    company = models.OneToOneField("kernel.Company", on_delete=models.PROTECT)
    number = models.IntegerField(default=1)
    open = models.BooleanField(default=True)

    class Meta:
        db_table = "ict_status_address"
