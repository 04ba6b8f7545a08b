"""Requests between departments: what a department offers, what was asked of it, and what was said."""

from django.db import models
from django.db.models import Q

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

TO_APPROVE, ASKED, TAKEN = "to_approve", "asked", "taken"
DONE, REFUSED, WITHDRAWN = "done", "refused", "withdrawn"
UNDER_WAY = (TO_APPROVE, ASKED, TAKEN)


class RequestKind(KeptModel):
    """Something that a role or team (`whose`, as the inbox of a task) does for who asks it.

    `fields` is JSON, the form fields that are asked. `within` is an ISO 8601 duration by `clock`
    (working or always), empty where no time is agreed. `approver` is the role (`role/<id>`) that
    agrees first, `procedure` the key of a procedure that is started instead.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_nl = models.CharField(max_length=200, default="", blank=True)
    text = models.TextField(default="", blank=True)
    text_nl = models.TextField(default="", blank=True)
    whose = models.CharField(max_length=40)
    fields = models.TextField(default="[]")
    within = models.CharField(max_length=30, default="", blank=True)
    clock = models.CharField(max_length=10, default="working")
    approver = models.CharField(max_length=40, default="", blank=True)
    procedure = models.CharField(max_length=60, default="", blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_request_kind"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="request_kind_once")
        ]

    def __str__(self) -> str:
        return self.name


class AskedRequest(KeptModel):
    """Something asked of a department, with its number in the company.

    `state` is to_approve, asked, taken, done, refused or withdrawn; `is_open` follows from it.
    `whose` says in whose inbox it stands, `pool` who was asked. `known` is JSON of what was filled
    in, `title` its first words. `due_at` is the agreed moment, far away where none is agreed or it does not count yet.
    `answer` is what came of it, or why it was refused or taken back.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    kind = models.ForeignKey(RequestKind, on_delete=models.PROTECT, db_index=False)
    title = models.CharField(max_length=200, default="", blank=True)
    known = models.TextField(default="{}")
    state = models.CharField(max_length=10, default=ASKED)
    is_open = models.BooleanField(default=True)
    whose = models.CharField(max_length=40)
    pool = models.CharField(max_length=40)
    requester = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    answer = models.TextField(default="", blank=True)

    class Meta:
        db_table = "procedures_request"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="request_number_once"),
            models.CheckConstraint(
                condition=Q(is_open=True, state__in=UNDER_WAY)
                | Q(is_open=False, state__in=(DONE, REFUSED, WITHDRAWN)),
                name="request_open_by_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "whose", "due_at", "id", "is_open"],
                name="request_inbox",
                condition=Q(is_open=True),
            ),
            models.Index(fields=["company", "pool", "id"], name="request_by_pool"),
            models.Index(fields=["company", "ended_at"], name="request_by_end"),
        ]


class RequestRemark(KeptModel):
    """What who asked and who does it say to each other at a request."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    request = models.ForeignKey(AskedRequest, on_delete=models.PROTECT, related_name="remarks")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, db_index=False)
    made_at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        db_table = "procedures_request_remark"
