"""Retention as data: how long rows of a table are kept and why, holds, and what may go."""

from django.db import models

from kantoor.kernel.store.models import KeptModel

PROPOSED, RELEASED = "proposed", "released"


class RetentionRule(KeptModel):
    """Rows of `table` may go `months` after the day in `field`; `ground` is the law or reason."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    table = models.CharField(max_length=63)
    field = models.CharField(max_length=63)
    months = models.IntegerField()
    ground = models.CharField(max_length=200)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "hr_retention_rule"
        constraints = [
            models.UniqueConstraint(fields=["company", "table"], name="retention_of_a_table_once"),
            models.CheckConstraint(condition=models.Q(months__gt=0), name="retention_of_some_time"),
        ]

    def __str__(self) -> str:
        return self.table


class LegalHold(KeptModel):
    """What may not go whatever its period: of one person, or of all of a company without one.

    `why` names no person. It wins until it is ended.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True, db_index=False)
    why = models.CharField(max_length=200)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "hr_legal_hold"
        indexes = [
            models.Index(
                fields=["company"],
                condition=models.Q(ended_at__isnull=True),
                name="legal_hold_in_force",
            )
        ]


class RetentionProposal(KeptModel):
    """A row whose period is over, until a person lets what is personal in it go."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, db_index=False)
    row = models.BigIntegerField()
    over_on = models.DateField()
    state = models.CharField(max_length=8, default=PROPOSED)
    proposed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "hr_retention_proposal"
        constraints = [
            models.UniqueConstraint(fields=["rule", "row"], name="retention_proposal_once"),
        ]
        indexes = [
            models.Index(fields=["company", "state", "id"], name="retention_proposal_by_state"),
        ]
