"""Who is asked to read what, and each thing that was done until they said that they did."""

from django.db import models

from kantoor.departments.communication.models.items.text import ItemText
from kantoor.departments.communication.models.reading.rounds import ReadingRound
from kantoor.kernel.mail.models import MailOut
from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

OPEN, CONFIRMED, ENDED = "open", "confirmed", "ended"
"""Ended: it is asked no more, since the item is gone, asked anew, or no longer for them."""
ASKED, REMINDED, ESCALATED = "asked", "reminded", "escalated"
STATES, STAGES = (OPEN, CONFIRMED, ENDED), (ASKED, REMINDED, ESCALATED)
STEPS = (*STAGES, CONFIRMED, ENDED)
BY_PAGE, BY_LINK, BY_HAND = "page", "link", "hand"
"""How it was confirmed: signed in, by the address in the mail, or noted by who saw it on paper."""


class ReadingAsked(KeptModel):
    """One person who is asked to read an item in a round.

    `stage` is how far one went to reach them, and `next_at` when one goes further: empty when
    there is nothing left to do. `told` is the person who was told that they did not read it
    (their manager), once it was escalated; empty where only the writer of the item can know.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    round = models.ForeignKey(
        ReadingRound, on_delete=models.PROTECT, db_index=False, related_name="asked"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, db_index=False, related_name="+")
    state = models.CharField(max_length=10, default=OPEN)
    stage = models.CharField(max_length=10, default=ASKED)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    told = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        db_table = "communication_reading"
        constraints = [
            models.UniqueConstraint(fields=["round", "party"], name="communication_reading_once"),
            models.CheckConstraint(
                condition=models.Q(state="confirmed", confirmed_at__isnull=False)
                | (~models.Q(state="confirmed") & models.Q(confirmed_at__isnull=True)),
                name="communication_reading_confirmed_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["party", "due_at", "id"],
                condition=models.Q(state=OPEN),
                name="communication_reading_mine",
            ),
            models.Index(
                fields=["told", "due_at", "id"],
                condition=models.Q(state=OPEN),
                name="communication_reading_told",
            ),
            models.Index(
                fields=["next_at"],
                condition=models.Q(state=OPEN),
                name="communication_reading_next",
            ),
            models.Index(
                fields=["company", "state", "due_at", "id"], name="communication_reading_state"
            ),
            models.Index(fields=["company", "asked_at"], name="communication_reading_when"),
        ]


class ReadingStep(KeptModel):
    """Something that was done about one reading; never changed, so that it proves who read what.

    `text` is the one that was confirmed, `way` how; `mail` is what was written to them,
    `note` why it ended or where it was seen that they read it.
    """

    kept = Kept.SEALED
    reading = models.ForeignKey(ReadingAsked, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10)
    way = models.CharField(max_length=6, default="", blank=True)
    text = models.ForeignKey(
        ItemText, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    mail = models.ForeignKey(
        MailOut, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    note = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_reading_step"
