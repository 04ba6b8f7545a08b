"""Mailboxes, the mail that came in, and the mail that goes out, with its state for each address."""

from django.db import models

from kantoor.kernel.actors.models import Company
from kantoor.kernel.files.models import File
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

NEW, DONE, HELD, IGNORED = "new", "done", "held", "ignored"
"""What became of a message that came in. Held ones wait for a person to decide."""
WAITING, SENDING, SENT, FAILED = "waiting", "sending", "sent", "failed"
BOUNCED, UNSURE, SUPPRESSED = "bounced", "unsure", "suppressed"
"""What became of mail for one address. Unsure: it was broken off while the other side took it."""


class Mailbox(KeptModel):
    """A mailbox that is read (IMAP) and whose address mail goes out from.

    `purpose` is the department that it is for; `security` is tls, starttls or none; `password`
    is sealed (record/sealed.py). Read mail is moved to `done_folder`, or marked as seen.
    `signature` stands below what is written; where it is empty, the sender's name does.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    purpose = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=254)
    sender_name = models.CharField(max_length=100)
    host = models.CharField(max_length=200)
    port = models.IntegerField()
    security = models.CharField(max_length=8)
    user = models.CharField(max_length=200)
    password = models.CharField(max_length=800)
    folder = models.CharField(max_length=200, default="INBOX")
    done_folder = models.CharField(max_length=200, default="")
    signature = models.TextField(default="", blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_mailbox"
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="mailbox_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class MailboxState(models.Model):
    """How far a mailbox was read. Losing it means reading again, which keeps nothing twice.

    `read_at` is the last time all went well, `error` what went wrong since then.
    """

    kept = Kept.PASSING
    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="state")
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    tried_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, default="")

    class Meta:
        db_table = "kernel_mailbox_state"


class MailIn(KeptModel):
    """A message that came in, as it came (`file`), with what was understood of it.

    `digest` is the same for a message that comes twice, by two ways; `about` is what it belongs
    to (`ict.case/12`), empty while nobody knows.
    """

    subject_field = "subject_id"
    erased_as = dict.fromkeys(("message_id", "sender", "sender_name", "subject"), "")
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    purpose = models.CharField(max_length=20)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, null=True, db_index=False)
    file = models.ForeignKey(File, on_delete=models.PROTECT, db_index=False)
    digest = models.CharField(max_length=64)
    message_id = models.CharField(max_length=250)
    sender = models.CharField(max_length=254)
    sender_name = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    kind = models.CharField(max_length=10)
    why = models.CharField(max_length=60)
    state = models.CharField(max_length=8, default=NEW)
    held_for = models.CharField(max_length=20, default="")
    about = models.CharField(max_length=60, default="")
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_mail_in"
        constraints = [
            models.UniqueConstraint(fields=["company", "digest"], name="mail_in_once"),
        ]
        indexes = [
            models.Index(fields=["company", "message_id"], name="mail_in_by_message"),
            models.Index(fields=["company", "sender", "received_at"], name="mail_in_by_sender"),
            models.Index(fields=["company", "about", "id"], name="mail_in_about"),
            models.Index(fields=["company", "state", "id"], name="mail_in_by_state"),
        ]


class MailOut(KeptModel):
    """A message of ours. `answers` are the Message-IDs it refers to, the nearest first.

    `html` says the same as `body`, to be shown instead of it; empty where it is text alone. An
    `automatic` one says so (RFC 3834), so that nobody answers it automatically. `attachment` goes
    with it under its own name.
    """

    subject_field = "subject_id"
    erased_as = {"subject": "", "body": "", "html": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, db_index=False)
    message_id = models.CharField(max_length=250)
    about = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(default="", blank=True)
    answers = models.TextField(default="")
    automatic = models.BooleanField(default=False)
    attachment = models.ForeignKey(
        "kernel.File", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_mail_out"
        constraints = [
            models.UniqueConstraint(fields=["company", "message_id"], name="mail_out_once"),
        ]
        indexes = [models.Index(fields=["company", "about", "id"], name="mail_out_about")]


class MailTo(KeptModel):
    """A message of ours for one address; `reply_to` carries the token that tells whose reply."""

    subject_field = "subject_id"
    erased_as = {"name": "", "address": "", "reply_to": "", "answer": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    mail = models.ForeignKey(MailOut, on_delete=models.PROTECT, related_name="to")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254)
    state = models.CharField(max_length=10, default=WAITING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    answer = models.CharField(max_length=300, default="")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_mail_to"
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(state__in=[WAITING, SENDING]),
                name="mail_to_due",
            ),
            models.Index(fields=["company", "address", "id"], name="mail_to_by_address"),
            models.Index(fields=["company", "state", "id"], name="mail_to_by_state"),
        ]


class Unreachable(KeptModel):
    """An address that mail is no longer sent to, since it bounced or its owner wants no more."""

    subject_field = "subject_id"
    erased_as = {"address": "", "why": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    address = models.CharField(max_length=254)
    outcome = models.CharField(max_length=10)
    why = models.CharField(max_length=300)
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_mail_unreachable"
        indexes = [models.Index(fields=["company", "address"], name="unreachable_by_address")]
