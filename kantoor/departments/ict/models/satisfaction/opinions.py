"""What who asked says of how they were helped: one answer for each case."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.kernel.store.models import KeptModel

SATISFIED, LOW = 4, 2
"""From this score on somebody is satisfied; up to that one somebody should look at it."""


class CaseOpinion(KeptModel):
    """How who asked was helped: `score` is 1 (badly) to 5 (very well), `text` in their own words.

    `said_at` is when it was said first, `changed_at` when last.
    """

    subject_field = "subject_id"
    erased_as = {"text": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="opinion")
    score = models.PositiveSmallIntegerField()
    text = models.TextField(default="", blank=True)
    said_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "ict_case_opinion"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=5), name="case_opinion_score"
            )
        ]
        indexes = [models.Index(fields=["company", "said_at"], name="case_opinion_by_time")]
