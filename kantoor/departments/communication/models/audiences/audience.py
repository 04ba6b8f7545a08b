"""Audiences: a name for a question to the company, answered anew whenever it is used."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class Audience(KeptModel):
    """Whom something is for. `purpose` is what its members gave consent for, empty where none is needed.

    Nobody is stored in it: its parts are questions (kernel/audiences.py), and its members are who
    answers to one that is included and to none that is left out. `asked_at` is when these questions
    were last said otherwise than before.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=40, default="", blank=True)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "communication_audience"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "code"], name="communication_audience_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AudiencePart(KeptModel):
    """One question of an audience: `kind` by name, with a `value` where it asks for one."""

    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=60)
    value = models.CharField(max_length=200, default="", blank=True)
    left_out = models.BooleanField(default=False)

    class Meta:
        db_table = "communication_audience_part"
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "kind", "value"], name="communication_part_once"
            )
        ]
