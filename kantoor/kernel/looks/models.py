"""What is kept of a look."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Look(KeptModel):
    """Somebody looked: `kind` at what (`pay`), by which `query`, at whom.

    Without a `party` it was at many at once, or at nobody that the query could name.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=20)
    query = models.CharField(max_length=100)
    user = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "kernel_look"
        indexes = [
            models.Index(fields=["company", "at", "id"], name="look_by_time"),
            models.Index(fields=["party", "at"], name="look_by_party"),
        ]
