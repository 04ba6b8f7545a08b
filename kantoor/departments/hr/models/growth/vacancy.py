"""Vacancies, and the candidates for them."""

from django.db import models

from kantoor.kernel.store.models import KeptModel

OPEN, CLOSED = "open", "closed"
NEW, INVITED, OFFERED, HIRED, REFUSED, WITHDRAWN = (
    "new", "invited", "offered", "hired", "refused", "withdrawn",
)  # fmt: skip
ENDED = (HIRED, REFUSED, WITHDRAWN)


class Vacancy(KeptModel):
    """Work that is offered; while it is `open` and not past `closes_on` anybody can apply."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    text = models.TextField(default="", blank=True)
    place = models.CharField(max_length=100, default="", blank=True)
    hours = models.CharField(max_length=40, default="", blank=True)
    state = models.CharField(max_length=6, default=OPEN)
    closes_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "hr_vacancy"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="vacancy_once")]

    def __str__(self) -> str:
        return self.title


class Candidate(KeptModel):
    """Somebody who applied. `keep_until` is set when it ended: then all of it goes.

    That is four weeks after the end, or a year with their consent (Autoriteit Persoonsgegevens,
    on applications). `party` is the employee that they became.
    """

    subject_field = "subject_id"
    erased_as = {"name": "", "email": "", "phone": "", "letter": "", "note": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="candidates")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=40, default="", blank=True)
    letter = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    stage = models.CharField(max_length=9, default=NEW)
    consent = models.BooleanField(default=False)
    applied_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    file = models.ForeignKey(
        "kernel.File", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True, db_index=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_candidate"
        indexes = [
            models.Index(fields=["company", "stage", "id"], name="candidate_by_stage"),
            models.Index(
                fields=["keep_until"],
                condition=models.Q(erased_at__isnull=True),
                name="candidate_to_let_go",
            ),
        ]


class Interview(KeptModel):
    """A talk with a candidate: when, where, and what was found."""

    subject_field = "subject_id"
    erased_as = {"place": "", "note": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="interviews")
    at = models.DateTimeField()
    place = models.CharField(max_length=200, default="", blank=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        db_table = "hr_interview"
