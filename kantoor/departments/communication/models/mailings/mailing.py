"""Mailings: an item that goes to an audience by a channel, and each whom it goes to."""

from django.db import models

from kantoor.departments.communication.models.audiences.audience import Audience
from kantoor.departments.communication.models.items.item import Item
from kantoor.departments.communication.models.items.publication import Publication
from kantoor.departments.communication.models.mailings.channel import Channel
from kantoor.kernel.mail.models import SENDING as IN_HAND
from kantoor.kernel.mail.models import WAITING, Mailbox
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

GATHERING, SENDING, PAUSED, DONE, STOPPED = "gathering", "sending", "paused", "done", "stopped"
STATES = (GATHERING, SENDING, PAUSED, DONE, STOPPED)
"""Gathering: who it goes to is being written down. Paused ones go on, stopped ones never."""
ERASED = "erased-{pk}"
"""What stands for the address of who was erased."""
LONGEST_LINK = 2_000
"""Characters."""


class Mailing(KeptModel):
    """An item on its way to an audience (None: who works here). `uid` (UUIDv7) is its name outside.

    By mail it goes from a `mailbox`, else by a `way`. `purpose` is what its recipients gave
    consent for, empty where none is needed; `per_minute` the most that go out in a minute, 0 for
    no limit. `next_at` is when there is something to do for it, `size` how many it goes to.
    `gathered` is past once all are written down. `trouble` is why nothing goes out.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    uid = models.CharField(max_length=36)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="mailings")
    audience = models.ForeignKey(
        Audience, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    mailbox = models.ForeignKey(
        Mailbox, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    way = models.ForeignKey(
        Channel, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    purpose = models.CharField(max_length=40, default="", blank=True)
    state = models.CharField(max_length=10, default=GATHERING)
    gathered = models.BooleanField(default=False)
    per_minute = models.IntegerField(default=0)
    size = models.IntegerField(default=0)
    trouble = models.CharField(max_length=300, default="", blank=True)
    next_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "communication_mailing"
        constraints = [
            models.UniqueConstraint(fields=["uid"], name="communication_mailing_uid_once")
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(state__in=[GATHERING, SENDING]),
                name="communication_mailing_due",
            ),
            models.Index(fields=["company", "id"], name="communication_mailing_list"),
        ]


class MailingText(KeptModel):
    """What a mailing says in a language since `at`; of several the last, after a correction."""

    kept = Kept.SEALED
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=2)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "communication_mailing_text"
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "publication"], name="communication_mailing_text_once"
            )
        ]


class MailingTo(KeptModel):
    """A mailing for one address: states as those of kernel mail, `answer` what the server said.

    `lot` names the journal (kernel/mail/mass) of those in hand. `party_id` and `subscriber_id`
    say where the address was found. `measured` is whether they agreed that it is noted whether
    they open it and what they follow; of others that is never noted.
    """

    subject_field = "subject_id"
    erased_as = {"name": "", "address": ERASED, "answer": ""}
    subject_id = models.BigIntegerField(null=True)
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="to")
    name = models.CharField(max_length=200, default="", blank=True)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=2, default="", blank=True)
    party_id = models.BigIntegerField(null=True)
    subscriber_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, default=WAITING)
    lot = models.CharField(max_length=32, default="", blank=True)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    answer = models.CharField(max_length=300, default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    measured = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "communication_mailing_to"
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "address"], name="communication_mailing_to_once"
            )
        ]
        indexes = [
            models.Index(fields=["mailing", "state", "id"], name="communication_mto_state"),
            models.Index(
                fields=["mailing", "next_at"],
                condition=models.Q(state=WAITING),
                name="communication_mto_due",
            ),
            models.Index(
                fields=["mailing", "lot"],
                condition=models.Q(state=IN_HAND),
                name="communication_mto_in_hand",
            ),
        ]


def is_erased(row: MailingTo) -> bool:
    """Whether who it went to, or was to go to, was erased since."""
    return row.address == ERASED.format(pk=row.pk)


class MailingLink(KeptModel):
    """A link in a mailing, by its place; `followed` counts how often, whoever did."""

    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="links")
    number = models.IntegerField()
    address = models.CharField(max_length=LONGEST_LINK)
    followed = models.IntegerField(default=0)

    class Meta:
        db_table = "communication_mailing_link"
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "number"], name="communication_mailing_link_once"
            )
        ]
