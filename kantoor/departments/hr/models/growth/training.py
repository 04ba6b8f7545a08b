"""Training: courses, which work asks which course, and who follows one when."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class Course(KeptModel):
    """Something to learn; what it gives holds so many months, or always where that is empty."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    provider = models.CharField(max_length=120, default="", blank=True)
    holds_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        db_table = "hr_course"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="course_once"),
            models.CheckConstraint(
                condition=models.Q(holds_months__isnull=True) | models.Q(holds_months__gt=0),
                name="course_holds_for_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CourseNeed(KeptModel):
    """That who has this job (the job of their contract) is to have followed a course."""

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="needs", db_index=False
    )
    job_title = models.CharField(max_length=120)

    class Meta:
        db_table = "hr_course_need"
        constraints = [
            models.UniqueConstraint(fields=["course", "job_title"], name="course_need_once")
        ]


class Training(KeptModel):
    """That somebody follows a course on a day: planned, then done or called off.

    `holds_until` is the last day that it counts, known when it is done; empty is for good. The
    certificate that it gave, if any, is warned of by itself.
    """

    subject_field = "subject_id"
    erased_as = {"note": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, db_index=False)
    planned_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    holds_until = models.DateField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    certificate = models.ForeignKey(
        "hr.Certificate", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    note = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "hr_training"
        constraints = [
            models.UniqueConstraint(fields=["party", "course", "planned_on"], name="training_once")
        ]
        indexes = [models.Index(fields=["company", "planned_on", "id"], name="training_by_day")]
