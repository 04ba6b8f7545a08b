"""Training that people did, and how long its certificates hold."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class Certificate(KeptModel):
    """What an employee learned and can show, until `expires_on`; never where that is empty."""

    subject_field = "subject_id"
    erased_as = {"name": "", "issuer": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    issuer = models.CharField(max_length=120, default="", blank=True)
    obtained_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_certificate"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True)
                | models.Q(expires_on__gt=models.F("obtained_on")),
                name="certificate_holds_for_some_time",
            )
        ]
        indexes = [
            models.Index(fields=["company", "expires_on", "id"], name="certificate_by_expiry"),
        ]
