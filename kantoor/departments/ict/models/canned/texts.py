"""Canned texts, each in Dutch and English; places in them are filled in when they are used."""

from django.db import models

from kantoor.departments.ict.models.cases.case import INCIDENT
from kantoor.departments.ict.models.cases.desk import Queue, Service
from kantoor.kernel.store.models import KeptModel


class CannedAnswer(KeptModel):
    """An answer that is given often. One of the texts may be empty: the other serves for both."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    text_nl = models.TextField(default="", blank=True)
    text_en = models.TextField(default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "ict_canned_answer"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="canned_answer_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class CaseTemplate(KeptModel):
    """What a new case of a usual sort begins with; `impact` and `urgency` are 1 (high) to 3."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    title_nl = models.CharField(max_length=150, default="", blank=True)
    title_en = models.CharField(max_length=150, default="", blank=True)
    text_nl = models.TextField(default="", blank=True)
    text_en = models.TextField(default="", blank=True)
    kind = models.CharField(max_length=10, default=INCIDENT)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+")
    impact = models.PositiveSmallIntegerField(default=2)
    urgency = models.PositiveSmallIntegerField(default=2)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "ict_case_template"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="case_template_code_once")
        ]

    def __str__(self) -> str:
        return self.name
