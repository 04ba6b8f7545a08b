"""Documents of employees that matter until a day: permits, diplomas, identity papers."""

from django.db import models

from kantoor.kernel.files.models import File
from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.models import KeptModel


class PersonDocument(KeptModel):
    """A paper of an employee, its copy if there is one, and until when it is good.

    `shown_to` says who sees it besides HR: nobody (`hr`), the person, or their manager too. From
    `warn_on` somebody is to be told that it expires; `closed_at` is when it was replaced or
    no longer mattered. `signed_on` is of a contract that both signed.
    """

    subject_field = "subject_id"
    erased_as = {"title": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    shown_to = models.CharField(max_length=7, default="person")
    signed_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    warn_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_person_document"
        indexes = [
            models.Index(
                fields=["company", "warn_on"],
                condition=models.Q(closed_at=None),
                name="person_document_expiring",
            )
        ]
