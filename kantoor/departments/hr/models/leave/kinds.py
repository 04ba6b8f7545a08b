"""Kinds of leave, and the rules by which leave of a kind is earned and lapses."""

from django.db import models

from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.models import KeptModel


class LeaveKind(KeptModel):
    """A kind of leave, such as holiday or parental leave.

    With `counted` it is taken from lots, and nobody asks more than there is and `below_minutes`
    under it; without it is given as asked. `paid` says whether pay goes on.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    counted = models.BooleanField(default=True)
    paid = models.BooleanField(default=True)
    below_minutes = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "hr_leave_kind"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="leave_kind_code_once"),
            models.CheckConstraint(
                condition=models.Q(below_minutes__gte=0), name="leave_kind_below"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LeaveRule(KeptModel):
    """How leave of a kind is earned: so many `weeks` of the contract a year, by the day.

    `months` after its year it lapses; where the employer `must_warn` and did not, that is five
    years. `year_before` is the Belgian way: what was worked last year gives the leave of this.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    kind = models.ForeignKey(LeaveKind, on_delete=models.PROTECT, related_name="rules")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    weeks = ExactField()
    statutory = models.BooleanField(default=False)
    months = models.IntegerField()
    must_warn = models.BooleanField(default=False)
    year_before = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "hr_leave_rule"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="leave_rule_code_once"),
            models.CheckConstraint(
                condition=models.Q(weeks__gt=0, months__gte=0, months__lte=120),
                name="leave_rule_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.name
