"""Questions and mentions: cases of communication, each with an owner and a time."""

from django.db import models

from kantoor.departments.communication.models.contacts.contact import Contact
from kantoor.kernel.calendars.models import Calendar, CalendarVersion
from kantoor.kernel.files.models import File
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

QUESTION, MENTION = "question", "mention"
NEW, ACTIVE, WAITING, ANSWERED, CLOSED = "new", "active", "waiting", "answered", "closed"
OPEN = (NEW, ACTIVE, WAITING)


def question_number(number: int) -> str:
    """The number of a question as people say it: `Q-000012`."""
    return f"Q-{number:06}"


class Question(KeptModel):
    """Somebody asks the company something, or it is written about.

    `asker` and `address` are who asked, `contact` who that is among the contacts, `medium` where
    they work or where it appeared, `link` the page of it. `due_at` was counted in working time
    with a version of a calendar (`counted_with`), None where none was set then. `owner_id` is a
    user; `told_at` when the officer was told that it is late.
    """

    subject_field = "subject_id"
    erased_as = dict.fromkeys(("title", "asker", "address", "phone", "text"), "")
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    number = models.IntegerField()
    kind = models.CharField(max_length=8, default=QUESTION)
    channel = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    text = models.TextField()
    asker = models.CharField(max_length=200, default="", blank=True)
    address = models.CharField(max_length=254, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    medium = models.CharField(max_length=120, default="", blank=True)
    link = models.CharField(max_length=500, default="", blank=True)
    tone = models.CharField(max_length=8, default="", blank=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, default=NEW)
    is_open = models.BooleanField(default=True)
    owner_id = models.BigIntegerField(null=True)
    came_at = models.DateTimeField()
    due_at = models.DateTimeField()
    counted_with = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    told_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "communication_question"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"], name="communication_question_once"
            )
        ]
        indexes = [
            models.Index(fields=["company", "state", "id"], name="communication_question_state"),
            models.Index(
                fields=["company", "owner_id", "due_at"],
                condition=models.Q(is_open=True),
                name="communication_question_owner",
            ),
            models.Index(
                fields=["due_at"],
                condition=models.Q(is_open=True, told_at=None),
                name="communication_question_late",
            ),
        ]

    def __str__(self) -> str:
        return question_number(self.number)


class QuestionEvent(KeptModel):
    """Something happened to a question, in order; `what` says what, `now` what it became.

    `asked` and `wrote` are mail or words of who asks, `answer` what they were answered, `note`
    what is for colleagues alone, `state`, `owner` and `due` what was set, `late` that the officer
    was told. `by` is person, machine or asker. `mail` is the message that it came by.
    """

    subject_field = "subject_id"
    erased_as = {"text": ""}
    subject_id = models.BigIntegerField(null=True)
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, db_index=False, related_name="happened"
    )
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    by = models.CharField(max_length=8)
    what = models.CharField(max_length=8)
    now = models.CharField(max_length=60, default="", blank=True)
    text = models.TextField(default="", blank=True)
    mail = models.ForeignKey(
        MailIn, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        db_table = "communication_question_event"
        indexes = [models.Index(fields=["question", "at", "id"], name="communication_happened")]


class QuestionFile(KeptModel):
    """A file that came with an event of a question."""

    kept = Kept.SEALED
    event = models.ForeignKey(QuestionEvent, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        db_table = "communication_question_file"


class QuestionTerms(KeptModel):
    """Within how much working time a company answers, in minutes, and who hears of what is late.

    Without a calendar a week of office hours is counted; without an officer everybody who sets
    the ways out hears of it. `monitors` are addresses, one a line, that write when the company is
    mentioned: what they send is a mention, though no person wrote it.
    """

    company = models.OneToOneField("kernel.Company", on_delete=models.PROTECT, related_name="+")
    calendar = models.ForeignKey(
        Calendar, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    press_minutes = models.IntegerField()
    question_minutes = models.IntegerField()
    mention_minutes = models.IntegerField()
    officer_id = models.BigIntegerField(null=True)
    monitors = models.TextField(default="", blank=True)

    class Meta:
        db_table = "communication_question_terms"
