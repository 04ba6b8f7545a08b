"""Leave that people ask for, and the days that it takes."""

from django.db import models

from kantoor.departments.hr.models.leave.kinds import LeaveKind
from kantoor.kernel.store.models import KeptModel

ASKED, APPROVED, REFUSED = "asked", "approved", "refused"
WITHDRAWN, CANCELLED = "withdrawn", "cancelled"
STANDING = (ASKED, APPROVED)


class LeaveRequest(KeptModel):
    """Leave somebody asks for, from a day up to and with another.

    `first_part` and `last_part` are whole, morning or afternoon; `minutes` is so many of a single
    day instead. `withdrawn` by who asked before it was decided, `cancelled` after that.
    """

    subject_field = "subject_id"
    erased_as = {"note": "", "answer": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(LeaveKind, on_delete=models.PROTECT, related_name="requests")
    first = models.DateField()
    last = models.DateField()
    first_part = models.CharField(max_length=9, default="whole")
    last_part = models.CharField(max_length=9, default="whole")
    minutes = models.IntegerField(null=True)
    note = models.CharField(max_length=300, default="", blank=True)
    state = models.CharField(max_length=9, default=ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "hr_leave_request"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="leave_request_number_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="leave_request_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "state", "id"], name="leave_request_by_state"),
            models.Index(fields=["company", "last", "first"], name="leave_request_by_day"),
        ]

    def __str__(self) -> str:
        return request_number(self.number)


def request_number(number: int) -> str:
    """The number of a request as people see it: `LV-000012`."""
    return f"LV-{number:06}"


class LeaveDay(KeptModel):
    """What a request takes of a day, by the schedule and holidays as they were when it was asked.

    Days that cost nothing have no row. They stand as long as the request is asked or approved.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    request = models.ForeignKey(
        LeaveRequest, on_delete=models.PROTECT, db_index=False, related_name="days"
    )
    day = models.DateField()
    minutes = models.IntegerField()

    class Meta:
        db_table = "hr_leave_day"
        constraints = [
            models.UniqueConstraint(fields=["request", "day"], name="leave_day_once"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="leave_day_costs"),
        ]
        indexes = [models.Index(fields=["company", "day"], name="leave_day_by_day")]
