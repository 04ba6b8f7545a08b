"""Pages of worked time: registers of weeks, the page of one, and what pay takes of it."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.formats.durations import clock
from kantoor.departments.hr.queries.times.worked import (
    ClockMarkRow,
    WorkedWeekShown,
    worked_between,
    worked_to_approve,
    worked_week,
    worked_weeks,
)
from kantoor.departments.hr.web.times import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import day as day_words
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

_COLUMNS = [
    Col(key="week", title=_("Week"), value=lambda row: row.number[:8], phone="meta"),
    Col(key="person", title=_("Employee"), phone="title"),
    Col(key="state", title=_("State"), kind="status", states=words.WORKED),
    Col(
        key="minutes", title=_("Hours"), value=lambda row: clock(row.minutes), align="end",
        phone="figure",
    ),
    Col(key="overtime", title=_("Overtime"), value=lambda row: clock(row.overtime), align="end"),
    Col(key="faults", title=_("Missing marks"), value=lambda row: row.faults or "", align="end"),
]  # fmt: skip
_BULK = [Bulk(action="hr.approve_worked_weeks", parameter="weeks", label=_("Approve"))]
_EMPTY = Empty(_("Nobody clocked"), _("Time that people clock comes here by week."), icon="clock")

WORKED = ListView(
    key="hr.worked_time",
    title=_("Worked time"),
    query=worked_weeks,
    columns=_COLUMNS,
    narrows=[Narrow(key="week", title=_("Week of"), kind="text")],
    row_url=lambda row: words.worked_url(row.number),
    row_key="number",
    bulk=_BULK,
    search_hint=_("Name or number of an employee"),
    empty=_EMPTY,
)

TO_APPROVE = ListView(
    key="hr.worked_to_approve",
    title=_("Worked time to approve"),
    query=worked_to_approve,
    columns=_COLUMNS,
    row_url=lambda row: words.worked_url(row.number),
    row_key="number",
    bulk=_BULK,
    empty=Empty(_("Nothing waits for you"), _("Weeks that your people clocked come here."), icon="check"),
)  # fmt: skip

BY_RATE = ListView(
    key="hr.worked_by_rate",
    title=_("Worked time by rate"),
    query=worked_between,
    columns=[
        Col(key="employee", title=_("Number"), phone="meta"),
        Col(key="name", title=_("Employee"), phone="title"),
        Col(key="percent", title=_("Percent of the wage"), align="end"),
        Col(
            key="minutes", title=_("Hours"), value=lambda row: clock(row.minutes), align="end",
            phone="figure",
        ),
        Col(
            key="approved", title=_("Of which approved"), value=lambda row: clock(row.approved),
            align="end",
        ),
    ],
    narrows=[Narrow(key="date", title=_("Date"), kind="date_range")],
    row_key=lambda row: f"{row.employee}-{row.percent}",
    empty=_EMPTY,
)  # fmt: skip


def show(actor: Actor, shown: WorkedWeekShown) -> Thing:
    """A week of somebody: minutes by rate, and the marks they come of."""
    row = shown.row
    word, tone = words.WORKED[row.state]
    facts: list[tuple[str, Cell]] = [
        (gettext("Employee"), row.person),
        (gettext("Week from"), row.week),
        *_rates(shown),
    ]
    return Thing(
        title=row.number,
        row=None,
        state=Status(row.state, force_str(word), tone),
        facts=[Fact(label, value) for label, value in facts],
        document=_marks(shown),
        steps=_steps(actor, shown),
        breadcrumb=[Link(gettext("Worked time to approve"), "/hr/worked-to-approve")],
    )


def _rates(shown: WorkedWeekShown) -> list[tuple[str, Cell]]:
    """The minutes at each percentage of the wage, and how many of them are approved."""
    sums: dict[int, list[int]] = {}
    for each in shown.shares:
        of_rate = sums.setdefault(each.percent, [0, 0])
        of_rate[0] += each.minutes
        of_rate[1] += each.approved
    said = gettext("%(hours)s, of which %(approved)s approved")
    return [
        (
            gettext("At %s percent") % percent,
            said % {"hours": clock(minutes), "approved": clock(approved)},
        )
        for percent, (minutes, approved) in sorted(sums.items())
    ]


def _marks(shown: WorkedWeekShown) -> Document:
    columns = [
        Column("at", gettext("When"), phone="meta"),
        Column("kind", gettext("What"), phone="title"),
        Column("source", gettext("By")),
        Column("remark", gettext("Remark")),
        Column("correct", gettext("Correct"), "link"),
    ]
    rows = [Row(str(each.id), _cells(shown, each)) for each in shown.marks]
    return Document(columns=columns, lines=rows)


def _cells(shown: WorkedWeekShown, each: ClockMarkRow) -> Mapping[str, Cell]:
    fault = force_str(words.FAULTS[each.fault]) if each.fault else ""
    back = gettext("taken back") if each.back else ""
    said = [fault, back, each.why, each.by]
    url = url_of_action("hr.take_back_clock_mark", {"mark": each.id})
    takes = shown.may_decide and not each.back
    return {
        "at": _when(each),
        "kind": force_str(words.MARKS[each.kind]),
        "source": force_str(words.SOURCES[each.source]),
        "remark": " · ".join(part for part in said if part),
        "correct": Link(gettext("Take back"), url) if takes else None,
    }


def _when(mark: ClockMarkRow) -> str:
    """Day and time as the clock showed them where it hangs."""
    local = mark.at.astimezone(ZoneInfo(mark.zone))
    return f"{day_words(local.date())}, {local:%H:%M}"


def _steps(actor: Actor, shown: WorkedWeekShown) -> Sequence[Act | None]:
    if not shown.may_decide:
        return []
    here = words.worked_url(shown.row.number)
    add = act_for(
        actor, "hr.add_clock_mark", {"employee": shown.employee}, label=_("Add a mark"),
        icon="plus", back=here,
    )  # fmt: skip
    if shown.row.state != "waiting":
        return [add]
    approve = act_for(
        actor, "hr.approve_worked_week", {"week": shown.row.number}, label=_("Approve"),
        icon="check", key="a", at_once=True, back=here,
    )  # fmt: skip
    return [approve, add]


WEEK = RecordView(
    key="hr.worked_time",
    title=_("Worked time"),
    kind="hr.worked_week",
    path="<str:number>",
    find=worked_week,
    show=show,
)
