"""Accounts of people in systems: who got into what, and since when no longer."""

from django.db import models

from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.models import KeptModel


class SystemAccount(KeptModel):
    """That somebody can sign in to `system` as `name`, until `closed_at`.

    Kantoor opens nothing in another system: it notes what was done there, by whom and when. The
    name is the person's, and goes with them.
    """

    subject_field = "subject_id"
    erased_as = {"name": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    system = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "ict_system_account"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "system", "party", "name"],
                condition=models.Q(closed_at=None),
                name="system_account_open_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["party"],
                condition=models.Q(closed_at=None),
                name="system_account_open",
            ),
            models.Index(fields=["company", "system", "id"], name="system_account_by_system"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.system})"
