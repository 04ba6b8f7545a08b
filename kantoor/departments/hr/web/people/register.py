"""The register of employees, and a manager's own people, as pages."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.people.register import employees, my_people, units_by_code
from kantoor.departments.hr.web.people.words import KINDS, STATES, employee_url, hours
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.listing import Act

_COLUMNS = [
    Col(key="code", title=_("Number"), sort=True, phone="meta"),
    Col(key="name", title=_("Name"), sort=True, phone="title"),
    Col(key="job_title", title=_("Job"), phone="meta"),
    Col(key="unit", title=_("Unit")),
    Col(key="state", title=_("State"), kind="status", states=STATES),
    Col(
        key="weekly_minutes",
        title=_("Hours a week"),
        kind="number",
        value=lambda row: hours(row.weekly_minutes),
        phone="figure",
    ),
    Col(key="kind", title=_("Contract"), value=lambda row: KINDS.get(row.kind, row.kind)),
    Col(key="until", title=_("Fixed term until"), kind="date", default=False),
    Col(key="place", title=_("Place of work"), default=False),
    Col(key="starts_on", title=_("From"), kind="date", sort=True),
    Col(key="ends_on", title=_("Last day"), kind="date", sort=True),
]
_MANAGER = Col(
    key="manager",
    title=_("Manager"),
    kind="link",
    value=lambda row: row.manager_name or None,
    url=lambda row: employee_url(row.manager),
)


def _more(actor: Actor) -> Sequence[Act | None]:
    return [act_for(actor, "hr.take_in_employees", icon="download")]


EMPLOYEES = ListView(
    key="hr.employees",
    title=_("Employees"),
    query=employees,
    columns=[*_COLUMNS[:4], _MANAGER, *_COLUMNS[4:]],
    narrows=[
        Narrow(
            key="state", title=_("State"), choices={key: word for key, (word, _t) in STATES.items()}
        ),
        Narrow(key="unit", title=_("Unit"), choices=units_by_code),
        Narrow(key="manager", title=_("Manager"), kind="text", hint=_("Their number.")),
        Narrow(
            key="on",
            title=_("As it stood on"),
            kind="text",
            hint=_("A day, such as 2025-12-31."),
        ),
    ],
    tabs=[
        Tab(_("Work here"), {"state": "here"}),
        Tab(_("Coming"), {"state": "coming"}),
        Tab(_("Leaving"), {"state": "leaving"}),
        Tab(_("Left"), {"state": "left"}),
        Tab(_("All")),
    ],
    sort="name",
    row_url=lambda row: employee_url(row.code),
    muted=lambda row: row.state == "left",
    new="hr.hire_employee",
    more=_more,
    search_hint=_("Name or number"),
    empty=Empty(_("Nobody yet"), _("Hire somebody, or take in a list of employees."), icon="users"),
)


def _my_more(actor: Actor) -> Sequence[Act | None]:
    return [
        act_for(actor, "hr.name_own_deputy", icon="users", back="/hr/my-people"),
        act_for(actor, "hr.withdraw_own_deputy", icon="ban", back="/hr/my-people"),
    ]


MY_PEOPLE = ListView(
    key="hr.my_people",
    title=_("My people"),
    query=my_people,
    columns=_COLUMNS,
    sort="name",
    more=_my_more,
    search_hint=_("Name or number"),
    empty=Empty(
        _("You manage nobody"), _("Who has you as their manager is shown here."), icon="users"
    ),
)


@searcher("hr.employee", title=_("Employees"), permission="hr.read_people", icon="users")
def find_employees(actor: Actor, words: str, most: int) -> list[Found]:
    """Employees by a part of their name, or their number."""
    rows = employees(actor, search=words.strip(), limit=most).rows
    return [Found(row.name, employee_url(row.code), row.job_title or row.code) for row in rows]


def employees_by_code(actor: Actor) -> Mapping[str, str]:
    """Who works here, to choose from by their number."""
    if not actor.may("hr.read_people"):
        return {}
    rows = employees(actor, state="here", limit=200).rows
    return {row.code: row.name for row in rows}
