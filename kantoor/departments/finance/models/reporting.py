"""Statement layouts that a company makes itself, each change a version of its own."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class ReportLayout(KeptModel):
    """A version of a layout: `definition` is TOML (queries/reporting/layouts.py).

    The highest version of a code is the one in use; a report of last year can name an older one.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=30)
    version = models.IntegerField()
    name_en = models.CharField(max_length=100)
    name_nl = models.CharField(max_length=100)
    statement = models.CharField(max_length=20)
    definition = models.TextField()

    class Meta:
        db_table = "finance_report_layout"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "code", "version"], name="report_layout_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
