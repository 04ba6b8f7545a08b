"""Breaches of personal data, and what was done about each: the register of GDPR art. 33(5)."""

from django.db import models

from kantoor.kernel.store.models import KeptModel

UNKNOWN, UNLIKELY, RISK, HIGH = "unknown", "unlikely", "risk", "high"
RISKS = (UNKNOWN, UNLIKELY, RISK, HIGH)


class DataBreach(KeptModel):
    """A breach, numbered without gaps; it names nobody.

    `discovered_at` is when the company became aware of it, `due_at` 72 hours later (art. 33(1)).
    `people_about` and `records_about` are approximate numbers, None while unknown. `risk` to people
    is unknown, unlikely, risk or high. `late_why` is why the authority heard of it later than
    `due_at`, `not_told_why` why people need not hear of it although the risk is high (art. 34(3)).
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=15)
    discovered_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    nature = models.TextField()
    people_categories = models.CharField(max_length=200, default="", blank=True)
    people_about = models.IntegerField(null=True, blank=True)
    data_categories = models.CharField(max_length=200, default="", blank=True)
    records_about = models.IntegerField(null=True, blank=True)
    consequences = models.TextField(default="", blank=True)
    measures = models.TextField(default="", blank=True)
    risk = models.CharField(max_length=8, default=UNKNOWN)
    risk_why = models.TextField(default="", blank=True)
    authority_at = models.DateTimeField(null=True, blank=True)
    authority_reference = models.CharField(max_length=80, default="", blank=True)
    late_why = models.TextField(default="", blank=True)
    people_at = models.DateTimeField(null=True, blank=True)
    people_how = models.CharField(max_length=200, default="", blank=True)
    not_told_why = models.TextField(default="", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    lessons = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "hr_data_breach"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="data_breach_number_once"),
            models.CheckConstraint(condition=models.Q(risk__in=RISKS), name="data_breach_risk"),
        ]
        indexes = [
            models.Index(
                fields=["company", "due_at"],
                condition=models.Q(closed_at=None),
                name="data_breach_open",
            )
        ]

    def __str__(self) -> str:
        return breach_number(self.number)


def breach_number(number: int) -> str:
    """The number as people see it: `DB-0003`."""
    return f"DB-{number:04}"


def read_breach_number(text: str) -> int | None:
    """The number that a text names; None where it names none."""
    plain = text.strip().upper().removeprefix("DB-")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None
