"""Mailing lists, and the addresses on them: people of whom no more than that is known."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class Subscriber(KeptModel):
    """An address that is on a mailing list, or was; in lower case, once in a company.

    Whether it is also somebody the company knows is asked by the address whenever it matters.
    """

    subject_field = "subject_id"
    erased_as = {"address": "", "name": "", "language": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=200, default="", blank=True)
    language = models.CharField(max_length=2, default="", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "communication_subscriber"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "address"],
                condition=~models.Q(address=""),
                name="communication_subscriber_once",
            )
        ]

    def __str__(self) -> str:
        return self.address


class MailingList(KeptModel):
    """A list that addresses are put on. `purpose` is what they agree to by being on it, if any.

    Where it is `open` everybody may put themselves on it, on a page without sign-in, and is on it
    once they confirmed from their own mail.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=40, default="", blank=True)
    open = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "communication_list"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="communication_list_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class ListMember(KeptModel):
    """That an address is on a list."""

    mailing_list = models.ForeignKey(
        MailingList, on_delete=models.PROTECT, related_name="members", db_index=False
    )
    subscriber = models.ForeignKey(Subscriber, on_delete=models.PROTECT, related_name="lists")
    joined_at = models.DateTimeField()

    class Meta:
        db_table = "communication_list_member"
        constraints = [
            models.UniqueConstraint(
                fields=["mailing_list", "subscriber"], name="communication_member_once"
            )
        ]


class SignUp(KeptModel):
    """That somebody asked for a list, and has not confirmed yet that the address is theirs.

    `name`, `language` and `text`, what they agreed to, wait here; one that is not confirmed in
    time is forgotten. `subscriber` is who confirmed it: its link says how they stand now.
    """

    subject_field = "subject_id"
    erased_as = {"address": "", "name": "", "language": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="+")
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=200, default="", blank=True)
    language = models.CharField(max_length=2, default="", blank=True)
    text = models.CharField(max_length=1000, default="", blank=True)
    source = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "communication_sign_up"
        indexes = [
            models.Index(fields=["company", "address"], name="communication_sign_up_address"),
            models.Index(
                fields=["asked_at"],
                condition=models.Q(confirmed_at=None),
                name="communication_sign_up_open",
            ),
        ]
