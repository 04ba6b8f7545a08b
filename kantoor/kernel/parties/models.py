"""Parties: one register of persons and organisations, whatever they are to the company."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.models import Company
from kantoor.kernel.store.models import KeptModel


class Party(KeptModel):
    """A person or organisation. `code` is the number the company knows it by."""

    subject_field = "subject_id"
    erased_as = {
        "name": _("Erased {pk}"),
        **dict.fromkeys(
            ("email", "phone", "street", "postcode", "city", "vat_number", "registration"), ""
        ),
    }
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, default="organisation")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    street = models.CharField(max_length=200, default="", blank=True)
    postcode = models.CharField(max_length=20, default="", blank=True)
    city = models.CharField(max_length=100, default="", blank=True)
    country = models.CharField(max_length=2, default="", blank=True)
    vat_number = models.CharField(max_length=20, default="", blank=True)
    registration = models.CharField(max_length=40, default="", blank=True)
    language = models.CharField(max_length=2, default="", blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "kernel_party"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="party_code_once")]
        indexes = [
            models.Index(fields=["company", "name"], name="party_name"),
            models.Index("company", Lower("email"), name="party_email"),
        ]

    def __str__(self) -> str:
        return self.name


class PartyRole(KeptModel):
    """What a party is to the company: customer, supplier, employee or authority."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=12)

    class Meta:
        db_table = "kernel_party_role"
        constraints = [models.UniqueConstraint(fields=["party", "role"], name="party_role_once")]


class PartyUser(KeptModel):
    """Who a user is among the parties of a company, so that they see what is their own."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="signs_in")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "kernel_party_user"
        constraints = [models.UniqueConstraint(fields=["user", "company"], name="party_user_once")]
