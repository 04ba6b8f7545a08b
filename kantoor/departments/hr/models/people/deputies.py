"""Deputies: who acts for a manager while they are away."""

from django.db import models

from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.models import KeptModel


class Deputy(KeptModel):
    """That somebody manages the people of a manager from `starts_on` to `ends_on`, inclusive."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    manager = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    deputy = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_deputy"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on"))
                & ~models.Q(deputy=models.F("manager")),
                name="deputy_makes_sense",
            ),
            models.UniqueConstraint(
                fields=["manager", "deputy", "starts_on"],
                condition=models.Q(withdrawn_at=None),
                name="deputy_once",
            ),
        ]
