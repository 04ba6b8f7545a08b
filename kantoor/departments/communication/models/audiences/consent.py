"""What people may be written about: purposes, who agreed to them and how, and who wants no mail."""

from django.db import models

from kantoor.departments.communication.models.audiences.lists import Subscriber
from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.models import KeptModel

BY_CONFIRMING, BY_IMPORT, BY_HAND, BY_PREFERENCES = "confirmed", "import", "hand", "preferences"
HOWS = (BY_CONFIRMING, BY_IMPORT, BY_HAND, BY_PREFERENCES)
BY_ONE_CLICK, BY_PAGE, BY_DESK = "one_click", "page", "hand"


class Purpose(KeptModel):
    """What people are written about. `text` is what they agree to, as it is shown to them."""

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    text = models.CharField(max_length=1000)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "communication_purpose"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "code"], name="communication_purpose_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Consent(KeptModel):
    """That somebody agreed to a purpose, with the proof: when, how, to which text, and where.

    `withdrawn_at` is when they took it back; who agrees again gets a new row. `source` is the
    page, file or paper it came from, `user_id` who noted it, if anybody did.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    subscriber = models.ForeignKey(Subscriber, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    how = models.CharField(max_length=12)
    text = models.CharField(max_length=1000)
    source = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "communication_consent"
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="communication_consent_once",
            )
        ]


class NoMail(KeptModel):
    """That an address wants no mail for a purpose, or none at all (`purpose` is empty).

    It holds for every audience, whoever finds the address, and for its party (`party`) at a later
    address too. `lifted_at` is when its owner wanted mail again.
    """

    subject_field = "subject_id"
    erased_as = {"address": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    address = models.CharField(max_length=254)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=40, default="", blank=True)
    how = models.CharField(max_length=12)
    since = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "communication_no_mail"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "address", "purpose"],
                condition=models.Q(lifted_at=None) & ~models.Q(address=""),
                name="communication_no_mail_once",
            )
        ]


class ForgottenStop(KeptModel):
    """That an address which was forgotten had stopped mail: a digest under a key of the
    installation (queries/audiences/forgotten.py), from which nobody reads the address.

    It goes when the owner of the address agrees anew.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "communication_forgotten_stop"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "digest"], name="communication_forgotten_stop_once"
            )
        ]
