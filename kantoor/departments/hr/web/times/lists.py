"""Timesheets as registers."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.formats.durations import clock
from kantoor.departments.hr.queries.times.numbers import read_number
from kantoor.departments.hr.queries.times.sheets import (
    my_sheets,
    sheets_to_decide,
    timesheets,
)
from kantoor.departments.hr.web.times import words
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow

_WEEK = Col(
    key="week", title=_("Week"), sort=True, value=lambda row: row.number[:8], phone="meta"
)  # fmt: skip
_PERSON = Col(key="person", title=_("Employee"), phone="title", sort=True)
_STATE = Col(key="state", title=_("State"), kind="status", states=words.STATES)
_HOURS = Col(
    key="minutes", title=_("Hours"), value=lambda row: clock(row.minutes), align="end",
    phone="figure",
)  # fmt: skip
_BILLABLE = Col(
    key="billable", title=_("Of which billable"), value=lambda row: clock(row.billable), align="end"
)
_HANDED_IN = Col(key="submitted_at", title=_("Handed in"), kind="datetime")
_STATES = Narrow(
    key="state",
    title=_("State"),
    choices={code: word for code, (word, _tone) in words.STATES.items()},
)


def _my_url(number: str) -> str:
    read = read_number(number)
    return words.week_url(read[0]) if read else ""


MY_SHEETS = ListView(
    key="hr.my_sheets",
    title=_("My timesheets"),
    query=my_sheets,
    columns=[_WEEK, _STATE, _HOURS, _BILLABLE, _HANDED_IN],
    narrows=[_STATES],
    sort="-week",
    row_url=lambda row: _my_url(row.number),
    row_key="number",
    in_menu=False,
    empty=Empty(_("No hours yet"), _("What you write on “My hours” comes here."), icon="clock"),
)

TO_DECIDE = ListView(
    key="hr.hours_to_decide",
    title=_("Hours to decide on"),
    query=sheets_to_decide,
    columns=[_WEEK, _PERSON, _HOURS, _BILLABLE, _HANDED_IN],
    sort="week",
    row_url=lambda row: words.sheet_url(row.number),
    row_key="number",
    bulk=[
        Bulk(action="hr.approve_sheets", parameter="sheets", label=_("Approve")),
        Bulk(action="hr.refuse_sheets", parameter="sheets", label=_("Send back")),
    ],
    empty=Empty(_("Nothing waits for you"), _("Hours of your people come here."), icon="check"),
)

SHEETS = ListView(
    key="hr.timesheets",
    title=_("Timesheets"),
    query=timesheets,
    columns=[_WEEK, _PERSON, _STATE, _HOURS, _BILLABLE, _HANDED_IN],
    narrows=[_STATES, Narrow(key="date", title=_("Date"), kind="date_range")],
    tabs=[Tab(_("To decide on"), {"state": "submitted"}), Tab(_("All"))],
    sort="-week",
    row_url=lambda row: words.sheet_url(row.number),
    row_key="number",
    new="hr.record_hours",
    more=lambda actor: [act_for(actor, "hr.take_in_hours", icon="download")],
    bulk=[
        Bulk(action="hr.approve_sheets", parameter="sheets", label=_("Approve")),
        Bulk(action="hr.refuse_sheets", parameter="sheets", label=_("Send back")),
    ],
    search_hint=_("Name or number of an employee"),
    empty=Empty(_("No timesheets"), _("Hours that people write come here."), icon="clock"),
)
