"""What is private of somebody who works here: for who manages people, and for themselves."""

from django.db import models

from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.models import KeptModel

BSN, NRN = "bsn", "nrn"
NATIONAL_KINDS = (BSN, NRN)


class PersonFile(KeptModel):
    """Birth date, national number, bank account and home address of an employee.

    `national_kind` is bsn (Netherlands) or nrn (Belgium); numbers are digits alone.
    """

    subject_field = "subject_id"
    erased_as = {
        "birth_date": None,
        **dict.fromkeys(
            (
                "national_kind", "national_number", "iban", "street", "postcode", "city",
                "country", "private_phone", "private_email",
            ),
            "",
        ),
    }  # fmt: skip
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="+")
    birth_date = models.DateField(null=True, blank=True)
    national_kind = models.CharField(max_length=3, default="", blank=True)
    national_number = models.CharField(max_length=11, default="", blank=True)
    iban = models.CharField(max_length=34, default="", blank=True)
    street = models.CharField(max_length=200, default="", blank=True)
    postcode = models.CharField(max_length=20, default="", blank=True)
    city = models.CharField(max_length=100, default="", blank=True)
    country = models.CharField(max_length=2, default="", blank=True)
    private_phone = models.CharField(max_length=40, default="", blank=True)
    private_email = models.CharField(max_length=254, default="", blank=True)

    class Meta:
        db_table = "hr_person_file"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "national_kind", "national_number"],
                condition=~models.Q(national_number=""),
                name="national_number_once",
            )
        ]


class EmergencyContact(KeptModel):
    """Whom to call when something happens to an employee; the first of them first."""

    subject_field = "subject_id"
    erased_as = {"name": "", "relation": "", "phone": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=60, default="", blank=True)
    phone = models.CharField(max_length=40)

    class Meta:
        db_table = "hr_emergency_contact"
        constraints = [
            models.UniqueConstraint(fields=["party", "place"], name="emergency_contact_place")
        ]
