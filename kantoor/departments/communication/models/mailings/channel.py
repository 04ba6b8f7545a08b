"""Other ways out than mail, and the keys that sign mail."""

from django.db import models

from kantoor.kernel.store.models import KeptModel

SMS, CHAT = "sms", "chat"


class Channel(KeptModel):
    """A service that takes short messages: text messages to telephones, or a room to talk in.

    `service` is its address as Apprise writes it, sealed, since it holds a password; an address
    of text messages has `{to}` where the number comes.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4)
    service = models.CharField(max_length=2000)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "communication_channel"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "code"], name="communication_channel_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SigningKey(KeptModel):
    """A key that signs mail of a domain (DKIM); `public` is what DNS is to say, `private` is sealed."""

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    domain = models.CharField(max_length=200)
    selector = models.CharField(max_length=60)
    private = models.TextField()
    public = models.CharField(max_length=1000)
    active = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "communication_signing_key"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "domain", "selector"], name="communication_signing_once"
            )
        ]
