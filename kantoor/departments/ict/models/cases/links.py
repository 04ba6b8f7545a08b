"""How cases hang together: what was merged, and what is part of a major incident."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.kernel.store.models import KeptModel

MERGED, MAJOR, PROBLEM = "merged", "major", "problem"


class CaseLink(KeptModel):
    """A case is merged into another, part of a major incident, or caused by a problem.

    `was` is its state before (`waiting/caller`), so that a merge can be undone; `ended_at` is
    when the link was undone, and then it is history.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="linked")
    kind = models.CharField(max_length=10)
    was = models.CharField(max_length=60)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "ict_case_link"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(ended_at=None),
                name="case_link_once_of_a_kind",
            )
        ]
