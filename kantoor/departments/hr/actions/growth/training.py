"""Training: courses kept, planned for many people at once, done with a certificate, or called off."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.naming import known_codes
from kantoor.departments.hr.drafts_growth import CourseDraft, TrainingDraft
from kantoor.departments.hr.errors_growth import UnknownTraining
from kantoor.departments.hr.errors_people import UnknownEmployee
from kantoor.departments.hr.models import Certificate, Course, CourseNeed, Training
from kantoor.departments.hr.queries.privacy.tables import months_after
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

MANAGE = "hr.manage_growth"
MOST_MONTHS, MOST_JOBS = 600, 200


@action(permission=MANAGE, title=_("Add a course"))
def add_course(actor: Actor, /, *, course: CourseDraft) -> str:
    """Add a course, and which jobs ask it; gives its code. Raises Conflict, InvalidInput."""
    code = slugify(course.title)[:60].strip("-") or "course"
    if scoped(actor, Course).filter(code=code).exists():
        raise Conflict(_("There is a course of this name already."), field="title")
    row = Course(company_id=actor.company_id, code=code)
    _fill(row, course)
    return code


@action(permission=MANAGE, title=_("Change a course"))
def change_course(actor: Actor, /, *, code: str, course: CourseDraft) -> None:
    """Change a course and which jobs ask it. What was done holds as long as it was said then.

    Raises UnknownTraining, InvalidInput.
    """
    row = scoped(actor, Course).select_for_update().filter(code=code).first()
    if row is None:
        raise UnknownTraining(_("There is no such course."), field="code")
    _fill(row, course)


def _fill(row: Course, draft: CourseDraft) -> None:
    if not 0 < len(draft.title.strip()) <= 120 or len(draft.provider) > 120:
        raise InvalidInput(_("Name it in at most 120 characters."), field="title")
    if draft.holds_months is not None and not 0 < draft.holds_months <= MOST_MONTHS:
        message = _("Give 1 to {most} months.").format(most=MOST_MONTHS)
        raise InvalidInput(message, field="holds_months")
    jobs = {line.strip().casefold(): line.strip() for line in draft.jobs.splitlines()}
    jobs.pop("", None)
    if len(jobs) > MOST_JOBS or any(len(job) > 120 for job in jobs.values()):
        raise InvalidInput(_("Name the jobs one on each line, as contracts do."), field="jobs")
    row.title, row.provider = draft.title.strip(), draft.provider.strip()
    row.holds_months = draft.holds_months
    row.save()
    there = {need.job_title.casefold(): need for need in CourseNeed.objects.filter(course=row)}
    gone = [need.pk for job, need in there.items() if job not in jobs]
    CourseNeed.objects.filter(pk__in=gone).delete()
    CourseNeed.objects.bulk_create(
        CourseNeed(course=row, job_title=job) for key, job in jobs.items() if key not in there
    )
    concerns(f"hr.course/{row.pk}")


@action(permission=MANAGE, title=_("Plan training"), bulk_of="hr.plan_training")
def plan_trainings(actor: Actor, /, *, trainings: Sequence[TrainingDraft]) -> list[int]:
    """Plan courses for people, all or none; what is planned on that day already stays. Gives keys.

    Raises UnknownEmployee, UnknownTraining, InvalidInput.
    """
    known = known_codes(actor, [each.employee for each in trainings]).employees
    courses = {row.code: row.pk for row in scoped(actor, Course)}
    wanted: dict[tuple[int, int, date], Training] = {}
    for place, each in enumerate(trainings, 1):
        party, subject = known.get(each.employee.strip(), (0, None))
        if not party:
            message = _("There is no employee “{code}”.").format(code=each.employee[:40])
            raise UnknownEmployee(message, field="employee", line=place)
        if each.course not in courses:
            raise UnknownTraining(_("There is no such course."), field="course", line=place)
        if len(each.note) > 300:
            long = _("Say it in at most {most} characters.").format(most=300)
            raise InvalidInput(long, field="note", line=place)
        wanted[party, courses[each.course], each.planned_on] = Training(
            subject_id=subject, company_id=actor.company_id, party_id=party,
            course_id=courses[each.course], planned_on=each.planned_on, note=each.note.strip(),
        )  # fmt: skip
    rows = scoped(actor, Training).filter(party_id__in={party for party, _c, _d in wanted})
    there = {(row.party_id, row.course_id, row.planned_on): row for row in rows}
    again = [row for key, row in there.items() if key in wanted and row.called_off_at]
    for row in again:
        row.called_off_at = None
    if again:
        Training.objects.bulk_update(again, ["called_off_at"])
    fresh = [row for key, row in wanted.items() if key not in there]
    return [row.pk for row in (*again, *Training.objects.bulk_create(fresh))]


@action(permission=MANAGE, title=_("Plan a training"))
def plan_training(actor: Actor, /, *, training: TrainingDraft) -> int | None:
    """Plan a course for one person; gives its key, or nothing where it was planned already."""
    made = plan_trainings(actor, trainings=[training])
    return made[0] if made else None


@action(permission=MANAGE, title=_("Training is done"))
def complete_trainings(actor: Actor, /, *, trainings: Sequence[int], done_on: date) -> int:
    """Note that people followed their courses, with a certificate for each; gives how many.

    It holds as many months as the course says. Raises UnknownTraining, InvalidInput.
    """
    if done_on > timezone.localdate():
        raise InvalidInput(_("This day is still to come."), field="done_on")
    rows = _planned(actor, trainings)
    made = []
    for row in rows:
        months = row.course.holds_months
        row.done_on = done_on
        row.holds_until = months_after(done_on, months) if months else None
        made.append(
            Certificate(
                subject_id=row.subject_id, company_id=actor.company_id, party_id=row.party_id,
                name=row.course.title, issuer=row.course.provider, obtained_on=done_on,
                expires_on=row.holds_until,
            )
        )  # fmt: skip
    for row, certificate in zip(rows, Certificate.objects.bulk_create(made), strict=True):
        row.certificate = certificate
    Training.objects.bulk_update(rows, ["done_on", "holds_until", "certificate"])
    return len(rows)


@action(permission=MANAGE, title=_("Call off training"))
def call_off_trainings(actor: Actor, /, *, trainings: Sequence[int]) -> None:
    """Call off what was planned. Raises UnknownTraining."""
    rows = _planned(actor, trainings)
    for row in rows:
        row.called_off_at = timezone.now()
    Training.objects.bulk_update(rows, ["called_off_at"])


def _planned(actor: Actor, keys: Sequence[int]) -> list[Training]:
    rows = scoped(actor, Training).select_for_update(of=("self",)).select_related("course")
    rows = rows.filter(pk__in=keys, done_on=None, called_off_at=None)
    found = {row.pk: row for row in rows.order_by("pk")}
    for place, key in enumerate(keys, 1):
        if key not in found:
            message = _("There is no such training that is planned.")
            raise UnknownTraining(message, field="trainings", line=place)
    return list(found.values())
