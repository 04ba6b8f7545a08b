"""What the forms of reviews, objectives and training need beyond their signatures."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.growth.reach import reach_of
from kantoor.departments.hr.queries.growth.reviews import review_rounds
from kantoor.departments.hr.queries.growth.training import courses
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.departments.hr.queries.people.register import my_people, units_by_code
from kantoor.departments.hr.web.people.register import employees_by_code
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field


def _round_begins(_actor: Actor) -> Given:
    """The year so far, done in six weeks, with questions to begin from."""
    today = timezone.localdate()
    questions = (
        gettext("What went well, and what did you reach?"),
        gettext("What could go better, and what do you need for that?"),
        gettext("What do you want to learn or do next year?"),
    )
    return {
        "round.title": gettext("Reviews %(year)s") % {"year": today.year},
        "round.starts_on": date(today.year, 1, 1),
        "round.ends_on": date(today.year, 12, 31),
        "round.due_on": today + timedelta(weeks=6),
        "round.questions": "\n".join(questions),
    }


def _units(actor: Actor) -> dict[str, str]:
    try:
        return units_by_code(actor)
    except DomainError:
        return {}


def _rounds(actor: Actor) -> dict[str, str]:
    return {row.code: row.title for row in review_rounds(actor) if not row.closed}


def _courses(actor: Actor) -> dict[str, str]:
    try:
        return {row.code: row.title for row in courses(actor)}
    except DomainError:
        return {}


def _whose(actor: Actor) -> dict[str, str]:
    """Oneself and one's people by their numbers; everybody for HR."""
    if reach_of(actor).all and actor.may("hr.read_people"):
        return dict(employees_by_code(actor))
    own = find_own_party(actor)
    people = {row.code: row.name for row in my_people(actor, limit=200).rows}
    return ({own.code: own.name} if own else {}) | people


def _mine(actor: Actor) -> Given:
    own = find_own_party(actor)
    due = timezone.localdate() + timedelta(days=91)
    return {"objective.employee": own.code if own else "", "objective.due_on": due}


def _course_now(actor: Actor, given: Given) -> Given:
    try:
        row = next((row for row in courses(actor) if row.code == given.get("code")), None)
    except DomainError:
        return {}
    names = ("title", "provider", "holds_months", "jobs")
    return {f"course.{name}": getattr(row, name) for name in names} if row else {}


def _to(address: str) -> Any:
    return lambda _actor, _result: address


plan(
    "hr.begin_review_round",
    Plan(
        submit=_("Begin"),
        defaults=_round_begins,
        kinds={"round.questions": "lines_of_text"},
        choices={"round.unit": _units},
        goes_to=_to("/hr/review-rounds"),
    ),
)
plan(
    "hr.close_review_round",
    Plan(choices={"round": _rounds}, goes_to=_to("/hr/review-rounds")),
)
plan(
    "hr.set_objective",
    Plan(
        submit=_("Set it"),
        defaults=_mine,
        suggestions={"objective.employee": _whose},
        kinds={"objective.measure": "lines_of_text"},
        goes_to=_to("/hr/my-objectives"),
    ),
)
plan(
    "hr.note_progress",
    Plan(
        submit=_("Keep"),
        kinds={"objective": "hidden", "note": "lines_of_text"},
        in_palette=False,
        goes_to=_to("/hr/my-objectives"),
    ),
)
for _name in ("end_objectives", "complete_trainings", "call_off_trainings", "sign_review"):
    plan(f"hr.{_name}", Plan(in_palette=False, kinds={"review": "hidden"}))
for _name in ("write_own_review", "write_managers_review"):
    plan(f"hr.{_name}", Plan(in_palette=False))
plan(
    "hr.add_course",
    Plan(submit=_("Add"), kinds={"course.jobs": "lines_of_text"}, goes_to=_to("/hr/courses")),
)
plan(
    "hr.change_course",
    Plan(
        submit=_("Keep"),
        prefill=_course_now,
        kinds={"course.jobs": "lines_of_text", "code": "hidden"},
        in_palette=False,
        goes_to=_to("/hr/courses"),
    ),
)
plan(
    "hr.plan_training",
    Plan(
        submit=_("Plan it"),
        choices={"training.course": _courses},
        suggestions={"training.employee": employees_by_code},
        goes_to=_to("/hr/trainings?state=planned"),
    ),
)

_FORMS: dict[str, dict[str, tuple[Any, Any]]] = {
    "begin_review_round": {
        "starts_on": (_("From"), _("The first day that is reviewed.")),
        "ends_on": (_("Until"), _("The last day that is reviewed.")),
        "due_on": (_("Done by"), ""),
        "questions": (_("Questions"), _("One on each line; both answer them.")),
        "unit": (_("Unit"), _("And all within it. Empty is everybody.")),
    },
    "close_review_round": {"round": (_("Round"), "")},
    "set_objective": {
        "employee": (_("For"), _("You, or one of your people.")),
        "title": (_("Objective"), _("What is to be reached.")),
        "measure": (_("Measured by"), _("By what you see that it is reached.")),
        "due_on": (_("By"), ""),
    },
    "note_progress": {
        "progress": (_("Progress in percent"), ""),
        "note": (_("Note"), ""),
    },
    "end_objectives": {"reached": (_("They were reached"), "")},
    "complete_trainings": {"done_on": (_("Done on"), "")},
    "add_course": {
        "provider": (_("Given by"), ""),
        "holds_months": (_("Holds so many months"), _("Empty is for good.")),
        "jobs": (_("Asked of"), _("Jobs as contracts name them, one on each line.")),
    },
    "plan_training": {
        "employee": (_("Employee"), _("Their number.")),
        "course": (_("Course"), ""),
        "planned_on": (_("Planned on"), ""),
        "note": (_("Note"), ""),
    },
}
_FORMS["change_course"] = _FORMS["add_course"]
for _verb, _fields in _FORMS.items():
    for _field, (_label, _hint) in _fields.items():
        name_field(f"hr.{_verb}:{_field}", _label, _hint)
