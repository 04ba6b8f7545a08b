"""Lots of leave, what was granted of each, and the ledger that follows from it all."""

from django.db import models

from kantoor.departments.hr.models.leave.kinds import LeaveKind, LeaveRule
from kantoor.departments.hr.models.leave.requests import LeaveRequest
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class LeaveLot(KeptModel):
    """Leave of one person that comes and lapses together: that of a rule for a year.

    `lapses` is the first day on which it is gone; it was put off to five years until the person
    was warned (`warned_on`). What is given by hand has no rule.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(LeaveKind, on_delete=models.PROTECT, related_name="lots")
    rule = models.ForeignKey(LeaveRule, on_delete=models.PROTECT, null=True, related_name="lots")
    year = models.IntegerField()
    statutory = models.BooleanField(default=False)
    lapses = models.DateField()
    warned_on = models.DateField(null=True)

    class Meta:
        db_table = "hr_leave_lot"
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind", "rule", "year", "lapses"], name="leave_lot_once"
            )
        ]
        indexes = [models.Index(fields=["company", "year"], name="leave_lot_by_year")]


class LeaveGrant(KeptModel):
    """Minutes that came to a lot or went off it, on a day.

    `what` is granted or corrected; `parts` has the days and hours that it was reckoned from, as
    JSON; `reason` is what was said of a correction.
    """

    subject_field = "subject_id"
    erased_as = {"reason": ""}
    subject_id = models.BigIntegerField(null=True)
    lot = models.ForeignKey(LeaveLot, on_delete=models.PROTECT, related_name="grants")
    on = models.DateField()
    minutes = models.IntegerField()
    what = models.CharField(max_length=9)
    parts = models.TextField(default="", blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    user_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "hr_leave_grant"


class LeaveMove(models.Model):
    """A line of somebody's ledger of a kind, as it follows from grants and leave taken.

    What is left on a day is the sum of the minutes up to and with it, lapses that are yet to
    come being lines of their day already. `lot` is empty for what is owed.
    """

    kept = Kept.DERIVED
    pk = models.CompositePrimaryKey("party_id", "kind_id", "place")
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, db_index=False)
    kind = models.ForeignKey(LeaveKind, on_delete=models.PROTECT, db_index=False)
    place = models.IntegerField()
    on = models.DateField()
    what = models.CharField(max_length=9)
    minutes = models.IntegerField()
    lot = models.ForeignKey(LeaveLot, on_delete=models.PROTECT, null=True, db_index=False)
    request = models.ForeignKey(LeaveRequest, on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        db_table = "hr_leave_move"
        indexes = [
            models.Index(
                fields=["company", "kind", "party", "on", "minutes"], name="leave_move_balance"
            )
        ]
