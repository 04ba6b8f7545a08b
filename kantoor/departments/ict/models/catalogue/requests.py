"""What was asked from the catalogue: the answers, who must agree, and the tasks that follow."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.departments.ict.models.catalogue.items import CatalogueItem
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

NONE, ASKED, APPROVED, REFUSED = "none", "asked", "approved", "refused"
WITHDRAWN = "withdrawn"
"""Nobody has to decide any more: who asked took it back."""


class ServiceRequest(KeptModel):
    """A case that came from the catalogue. `state` is none, asked, approved, refused or
    withdrawn.

    `approver` is who must agree, or else who has `approver_role`; with neither, whoever manages
    the desk. `asked_by` filled in the form, which may be somebody else than the requester.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="request")
    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="requests")
    asked_by = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10)
    approval = models.CharField(max_length=10, default="", blank=True)
    approver = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approver_role = models.CharField(max_length=50, default="", blank=True)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "ict_service_request"
        indexes = [
            models.Index(
                fields=["company", "id"],
                condition=models.Q(state=ASKED),
                name="service_request_to_decide",
            )
        ]


class RequestAnswer(KeptModel):
    """What was answered in a field of the form, with the label that the field had."""

    kept = Kept.STATE
    subject_field = "subject_id"
    erased_as = {"value": ""}
    subject_id = models.BigIntegerField(null=True)
    request = models.ForeignKey(
        ServiceRequest, on_delete=models.PROTECT, db_index=False, related_name="answers"
    )
    place = models.IntegerField()
    key = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    value = models.TextField()

    class Meta:
        db_table = "ict_request_answer"
        constraints = [
            models.UniqueConstraint(fields=["request", "place"], name="request_answer_place_once")
        ]


class CaseTask(KeptModel):
    """Something to do for a case; `done_at` is when it was done, `done_by` by whom."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="tasks")
    place = models.IntegerField()
    text = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ict_case_task"
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="case_task_once")]
