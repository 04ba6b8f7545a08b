"""Training as registers: courses, what is planned and done, and who misses what."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.growth.training import (
    courses,
    my_trainings,
    training_gaps,
    trainings,
)
from kantoor.departments.hr.web.growth import words
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow

COURSES = ListView(
    key="hr.courses",
    title=_("Courses"),
    query=courses,
    columns=[
        Col(key="title", title=_("Course"), phone="title"),
        Col(key="provider", title=_("Given by"), phone="meta"),
        Col(key="holds_months", title=_("Holds so many months"), kind="number", phone="figure"),
        Col(
            key="jobs",
            title=_("Asked of"),
            value=lambda row: ", ".join(row.jobs.splitlines()),
            phone="meta",
        ),
    ],
    row_key="code",
    row_url=lambda row: url_of_action("hr.change_course", {"code": row.code}),
    new="hr.add_course",
    empty=Empty(
        _("No courses"), _("Add one, and say which jobs ask it."), icon="school"
    ),
)  # fmt: skip

_COLUMNS = (
    Col(key="course", title=_("Course"), phone="title"),
    Col(key="provider", title=_("Given by")),
    Col(key="planned_on", title=_("Planned on"), kind="date", sort=True, phone="meta"),
    Col(key="done_on", title=_("Done on"), kind="date"),
    Col(key="holds_until", title=_("Holds until"), kind="date", phone="figure"),
    Col(key="note", title=_("Note"), default=False),
    Col(key="state", title=_("State"), kind="status", states=words.TRAINING_STATES),
)
_STATE = Narrow(
    key="state",
    title=_("State"),
    choices={code: word for code, (word, _tone) in words.TRAINING_STATES.items()},
)

TRAININGS = ListView(
    key="hr.trainings",
    title=_("Training"),
    query=trainings,
    columns=[Col(key="person", title=_("Employee"), sort=True, phone="meta"), *_COLUMNS],
    narrows=[_STATE],
    tabs=[
        Tab(_("Planned"), {"state": "planned"}),
        Tab(_("Done"), {"state": "done"}),
        Tab(_("All")),
    ],
    sort="planned_on",
    muted=lambda row: row.state == "called_off",
    new="hr.plan_training",
    bulk=[
        Bulk(action="hr.complete_trainings", parameter="trainings", label=_("Done"), icon="check"),
        Bulk(action="hr.call_off_trainings", parameter="trainings", label=_("Call off"), icon="x"),
    ],
    search_hint=_("Name of the employee"),
    empty=Empty(_("No training planned"), _("Plan a course for somebody."), icon="school"),
)

GAPS = ListView(
    key="hr.training_gaps",
    title=_("Who misses which training"),
    query=training_gaps,
    columns=[
        Col(key="person", title=_("Employee"), phone="title"),
        Col(key="job_title", title=_("Job")),
        Col(key="course", title=_("Course"), phone="meta"),
        Col(key="day", title=_("Day"), kind="date", phone="figure"),
        Col(key="state", title=_("State"), kind="status", states=words.GAP_STATES),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={code: word for code, (word, _tone) in words.GAP_STATES.items()},
        )
    ],
    row_url=lambda row: url_of_action(
        "hr.plan_training",
        {"training.employee": row.employee, "training.course": row.course_code},
    ),
    muted=lambda row: row.state == "planned",
    empty=Empty(
        _("Nobody misses training"),
        _("Courses say which jobs ask them; who lacks one shows up here."),
        icon="school",
    ),
)

MY_TRAININGS = ListView(
    key="hr.my_trainings",
    title=_("My training"),
    query=my_trainings,
    columns=_COLUMNS,
    narrows=[_STATE],
    sort="-planned_on",
    empty=Empty(_("No training planned"), _("HR plans it, and you see it here."), icon="school"),
)
