"""Reviews: rounds with questions, what somebody and their manager wrote, and objectives."""

from django.db import models

from kantoor.kernel.store.models import KeptModel

OWN_PART, MANAGERS_PART, SIGNING, SIGNED = "own", "manager", "signing", "signed"
OPEN, REACHED, DROPPED = "open", "reached", "dropped"


class ReviewRound(KeptModel):
    """A round of reviews over the days from `starts_on` to `ends_on`, to be done by `due_on`."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_review_round"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="review_round_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="review_round_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReviewQuestion(KeptModel):
    """A question of a round, in its place; both answer it."""

    round = models.ForeignKey(
        ReviewRound, on_delete=models.PROTECT, related_name="questions", db_index=False
    )
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        db_table = "hr_review_question"
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="review_question_place")
        ]


class Review(KeptModel):
    """One person's review in a round: their own part, their manager's, then both sign.

    `manager` is who managed them when it began, if anybody. Who manages them on the day writes and
    signs, or HR.
    """

    subject_field = "subject_id"
    erased_as = {"summary": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    round = models.ForeignKey(
        ReviewRound, on_delete=models.PROTECT, related_name="reviews", db_index=False
    )
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=7, default=OWN_PART)
    summary = models.TextField(default="", blank=True)
    begun_at = models.DateTimeField()
    own_done_at = models.DateTimeField(null=True, blank=True)
    manager_done_at = models.DateTimeField(null=True, blank=True)
    signed_by_person_at = models.DateTimeField(null=True, blank=True)
    signed_by_manager_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_review"
        constraints = [
            models.UniqueConstraint(fields=["round", "party"], name="review_once"),
            models.CheckConstraint(
                condition=~models.Q(state=SIGNED)
                | models.Q(signed_by_person_at__isnull=False, signed_by_manager_at__isnull=False),
                name="review_signed_by_both",
            ),
        ]
        indexes = [models.Index(fields=["company", "state", "id"], name="review_by_state")]


class ReviewAnswer(KeptModel):
    """What somebody (`own`) and their manager (`managers`) answer to a question."""

    subject_field = "subject_id"
    erased_as = {"own": "", "managers": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    question = models.ForeignKey(ReviewQuestion, on_delete=models.PROTECT, db_index=False)
    own = models.TextField(default="", blank=True)
    managers = models.TextField(default="", blank=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "hr_review_answer"
        constraints = [
            models.UniqueConstraint(fields=["review", "question"], name="review_answer_once")
        ]


class Objective(KeptModel):
    """What somebody is to reach by a day: how it is measured, and how far it is in percent."""

    subject_field = "subject_id"
    erased_as = {"title": "", "measure": "", "note": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    measure = models.CharField(max_length=500, default="", blank=True)
    due_on = models.DateField()
    progress = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=1000, default="", blank=True)
    state = models.CharField(max_length=7, default=OPEN)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_objective"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="objective_progress_in_percent"
            )
        ]
        indexes = [models.Index(fields=["company", "due_on", "id"], name="objective_by_due_day")]
