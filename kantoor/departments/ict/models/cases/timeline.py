"""What happened to a case, in order: facts that never change, and what was written with them."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class CaseEvent(KeptModel):
    """Something happened to a case; `what` says what, `was` and `now` what it was and became.

    `state` (`waiting/caller`), `priority` (`3`), `queue` and `assignee` (keys), `kind`, `service`,
    `note`, `link`. `by` is person, machine or requester. A `public` one the requester may see.
    """

    kept = Kept.SEALED
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_index=False, related_name="happened"
    )
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    by = models.CharField(max_length=10)
    what = models.CharField(max_length=12)
    was = models.CharField(max_length=60, default="", blank=True)
    now = models.CharField(max_length=60, default="", blank=True)
    public = models.BooleanField(default=False)

    class Meta:
        db_table = "ict_case_event"
        indexes = [models.Index(fields=["case", "at", "id"], name="case_event_by_case")]


class CaseNote(KeptModel):
    """What was written with an event of a case: a note, an answer, the way it was solved."""

    subject_field = "subject_id"
    erased_as = {"text": ""}
    subject_id = models.BigIntegerField(null=True)
    event = models.OneToOneField(CaseEvent, on_delete=models.PROTECT, related_name="note")
    text = models.TextField()

    class Meta:
        db_table = "ict_case_note"


class CaseFile(KeptModel):
    """A file that came with an event of a case."""

    kept = Kept.SEALED
    event = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("kernel.File", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "ict_case_file"
        constraints = [models.UniqueConstraint(fields=["event", "file"], name="case_file_once")]
