"""Files of another administration that were imported, each once."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class ImportedFile(KeptModel):
    """A file whose entries were posted: the same content again changes nothing.

    `entries` and `lines` say how many it brought; their `origin` names this row.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    file = models.ForeignKey("kernel.File", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    date = models.DateField()
    entries = models.IntegerField()
    lines = models.IntegerField()

    class Meta:
        db_table = "finance_imported_file"
        constraints = [
            models.UniqueConstraint(fields=["company", "sha256"], name="imported_file_once")
        ]

    def __str__(self) -> str:
        return self.name
