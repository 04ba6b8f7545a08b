"""Dashboards: cards in an order, shared with roles."""

from django.db import models

from kantoor.kernel.store.models import KeptModel

FIGURE, BARS, LINE, TABLE, OBJECTIVES = "figure", "bars", "line", "table", "objectives"


class Dashboard(KeptModel):
    """A dashboard by its code; `ended_at` is when it was put away."""

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    code = models.CharField(max_length=40)
    title_nl = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "management_dashboard"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="dashboard_code_once")
        ]

    def __str__(self) -> str:
        return self.title_en


class DashboardRole(KeptModel):
    """That people with a role see a dashboard."""

    dashboard = models.ForeignKey(
        Dashboard, on_delete=models.PROTECT, related_name="shares", db_index=False
    )
    role = models.ForeignKey("kernel.Role", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "management_dashboard_role"
        constraints = [
            models.UniqueConstraint(fields=["dashboard", "role"], name="dashboard_role_once")
        ]


class Card(KeptModel):
    """A card in its place. `subject` is a figure, or the key of a register that a table shows.

    `asked` is how the register is narrowed, as in its address; `most` how many rows, or months.
    """

    dashboard = models.ForeignKey(
        Dashboard, on_delete=models.PROTECT, related_name="cards", db_index=False
    )
    place = models.IntegerField()
    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=60, default="", blank=True)
    asked = models.CharField(max_length=300, default="", blank=True)
    most = models.IntegerField()

    class Meta:
        db_table = "management_card"
        indexes = [models.Index(fields=["dashboard", "place", "id"], name="card_by_place")]
