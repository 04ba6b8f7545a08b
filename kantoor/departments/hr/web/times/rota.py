"""Registers of shifts, of who works which, and of the rules of overtime."""

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.formats.durations import clock
from kantoor.departments.hr.queries.times.rota import overtime_rules, planned_shifts, shifts
from kantoor.departments.hr.web.times import words
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow

ROTA = ListView(
    key="hr.rota",
    title=_("Rota"),
    query=planned_shifts,
    columns=[
        Col(key="day", title=_("Day"), kind="date", sort=True, phone="meta"),
        Col(key="person", title=_("Employee"), sort=True, phone="title"),
        Col(key="name", title=_("Shift")),
        Col(key="starts", title=_("From"), align="end"),
        Col(key="ends", title=_("Until"), align="end", phone="figure"),
    ],
    narrows=[Narrow(key="week", title=_("Week of"), kind="text")],
    sort="day",
    new="hr.plan_shifts",
    search_hint=_("Name or number of an employee"),
    empty=Empty(_("No shifts planned"), _("Who works which shift comes here."), icon="calendar"),
)

SHIFTS = ListView(
    key="hr.shifts",
    title=_("Shifts"),
    query=shifts,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="starts", title=_("From"), align="end"),
        Col(key="ends", title=_("Until"), align="end", phone="figure"),
        Col(key="pause", title=_("Break"), value=lambda row: clock(row.pause), align="end"),
        Col(key="zone", title=_("Time zone")),
    ],
    muted=lambda row: bool(row.ended),
    new="hr.set_shift",
    empty=Empty(_("No shifts yet"), _("Set one, then plan who works it."), icon="clock"),
)

OVERTIME = ListView(
    key="hr.overtime",
    title=_("Overtime"),
    query=overtime_rules,
    columns=[
        Col(key="start", title=_("From"), kind="date", phone="meta"),
        Col(
            key="kind", title=_("Which minutes"), phone="title",
            value=lambda row: force_str(words.OVERTIME[row.kind]),
        ),
        Col(
            key="after", title=_("Beyond"), align="end",
            value=lambda row: clock(row.after) if row.after else "",
        ),
        Col(key="percent", title=_("Percent of the wage"), align="end", phone="figure"),
    ],
    new="hr.set_overtime_rule",
    more=lambda actor: [act_for(actor, "hr.set_overtime_rules", icon="list")],
    empty=Empty(
        _("No overtime"), _("Say what is paid above the wage, such as 150 percent on Sundays."),
        icon="clock",
    ),
)  # fmt: skip
