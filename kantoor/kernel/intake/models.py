"""What came in, as it came in, and what became of it: files, raw content, and their events.

All of it is sealed: a refused event that is taken in later gets a row of its own, which names the
row that it `replays`.
"""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

ACCEPTED = "accepted"
REJECTED = "rejected"


class IntakeFile(KeptModel):
    """A file that was handed in; the same content of the same source is one file.

    `mapping` is the mapping it was read with and `header` its columns, both as JSON (empty for
    events), so that its raw rows can be read again years later. `key` is SHA-256, in hexadecimal,
    over source, content, mapping and header.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    source = models.CharField(max_length=200)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    mapping = models.TextField(default="", blank=True)
    header = models.TextField(default="", blank=True)
    user_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "kernel_intake_file"
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="intake_file_once")]

    def __str__(self) -> str:
        return self.name


class IntakeRaw(KeptModel):
    """The raw content of some events, kept before anything is made of it.

    `content` is zlib over a MessagePack list with an item for each event (see raw.py); `sha256`
    is over that list, so that the same content handed in again is not kept twice for a file.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    file = models.ForeignKey(IntakeFile, on_delete=models.PROTECT, null=True)
    form = models.CharField(max_length=6, help_text="rows or events")
    documents = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "kernel_intake_raw"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "sha256", "file"], name="intake_raw_of_file_once"
            ),
            models.UniqueConstraint(
                fields=["company", "sha256"],
                condition=models.Q(file=None),
                name="intake_raw_once",
            ),
        ]


class IntakeEvent(KeptModel):
    """One event of the front office and its fate.

    `event_id` is the source's own name for it; of those accepted there is one for each source
    and id. `rows` is what it counts for: rows of a CSV file, 1 for a CloudEvent. A refused one
    says why (`code`, `message`, `field`, `line`) and, where it can be told, the `amount` in
    minor units it stands for; an accepted one says in `result` what it became.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    raw = models.ForeignKey(IntakeRaw, on_delete=models.PROTECT)
    position = models.IntegerField(help_text="place among the events of its raw content, from 0")
    source = models.CharField(max_length=200)
    event_id = models.CharField(max_length=200)
    type = models.CharField(max_length=120)
    time = models.DateTimeField(null=True)
    taken_at = models.DateTimeField()
    digest = models.BinaryField(help_text="the first 16 bytes of SHA-256 over its content")
    rows = models.IntegerField()
    state = models.CharField(max_length=8)
    result = models.CharField(max_length=80)
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=500)
    field = models.CharField(max_length=60)
    line = models.BigIntegerField(null=True)
    amount = models.BigIntegerField(null=True)
    replays = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        db_table = "kernel_intake_event"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "source", "event_id"],
                condition=models.Q(state=ACCEPTED),
                name="intake_event_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[ACCEPTED, REJECTED]), name="intake_event_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "source", "event_id"],
                condition=models.Q(state=REJECTED),
                name="intake_rejected",
            ),
            models.Index(
                fields=["replays"],
                condition=models.Q(replays__isnull=False),
                name="intake_replays",
            ),
            models.Index(fields=["company", "id"], name="intake_by_company"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.event_id}"
