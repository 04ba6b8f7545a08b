"""Contacts: people of press and public affairs, and what was said with them."""

from django.db import models

from kantoor.kernel.files.models import File
from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

PRESS, PUBLIC_AFFAIRS, OTHER = "press", "affairs", "other"
KINDS = (PRESS, PUBLIC_AFFAIRS, OTHER)
CALL, MAIL, MEETING, NOTE = "call", "mail", "meeting", "note"
WAYS = (CALL, MAIL, MEETING, NOTE)


class Contact(KeptModel):
    """A contact: a party with the role `press`, and what communication knows of it.

    `number` makes the code of a party that is new. Name, address, telephone and language are the party's. `medium` is where they work, `beat`
    what they write or speak about. Who is not `active` stays with what was said, and is in no
    audience.
    """

    subject_field = "subject_id"
    erased_as = {"medium": "", "beat": "", "remarks": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    number = models.IntegerField()
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, default=PRESS)
    medium = models.CharField(max_length=120, default="", blank=True)
    beat = models.CharField(max_length=120, default="", blank=True)
    remarks = models.CharField(max_length=1000, default="", blank=True)
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "communication_contact"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"], name="communication_contact_number_once"
            )
        ]
        indexes = [
            models.Index(fields=["company", "kind", "id"], name="communication_contact_kind")
        ]


class ContactTag(KeptModel):
    """A word that contacts are grouped by, in lower case."""

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="tags")
    tag = models.CharField(max_length=40)

    class Meta:
        db_table = "communication_contact_tag"
        constraints = [
            models.UniqueConstraint(fields=["contact", "tag"], name="communication_tag_once")
        ]
        indexes = [models.Index(fields=["company", "tag"], name="communication_tag_by_word")]


class Conversation(KeptModel):
    """Something that was said with a contact, by telephone, mail or face to face, or noted."""

    subject_field = "subject_id"
    erased_as = {"text": ""}
    subject_id = models.BigIntegerField(null=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, related_name="conversations"
    )
    way = models.CharField(max_length=8)
    at = models.DateTimeField()
    text = models.TextField()
    noted_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_conversation"
        indexes = [
            models.Index(fields=["contact", "at", "id"], name="communication_said_by_contact")
        ]


class ConversationFile(KeptModel):
    """A file that belongs to what was said."""

    kept = Kept.SEALED
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        db_table = "communication_conversation_file"
