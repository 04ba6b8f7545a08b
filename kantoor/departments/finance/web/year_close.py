"""Fiscal years and the closing checklist as pages."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.closing.checklist import closing_checklist
from kantoor.departments.finance.queries.closing.closed_years import YearState, year_states
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView

YEAR_STATES: States = {"open": (_("Open"), "good"), "closed": (_("Closed"), "quiet")}
CHECKS: States = {"open": (_("To do"), "wait"), "done": (_("In order"), "good")}


def _act(row: YearState) -> str:
    """The form that closes an open year, or opens a closed one again."""
    verb = "finance.reopen_year" if row.closed else "finance.close_year"
    return url_of_action(verb, {"year": row.code})


YEARS = ListView(
    key="finance.years",
    title=_("Year close"),
    query=year_states,
    columns=[
        Col(key="code", title=_("Fiscal year"), phone="title"),
        Col(key="starts_on", title=_("First day"), kind="date", phone="hidden"),
        Col(key="ends_on", title=_("Last day"), kind="date", phone="meta"),
        Col(
            key="state",
            title=_("State"),
            kind="status",
            value=lambda row: "closed" if row.closed else "open",
            states=YEAR_STATES,
            phone="meta",
        ),
        Col(key="result", title=_("Result not taken to equity"), kind="money", phone="figure"),
        Col(key="closed_result", title=_("Result when closed"), kind="money"),
    ],
    row_key="code",
    row_url=_act,
    empty=Empty(
        _("No fiscal year is open yet"),
        _("Calendar years open by themselves with the first entry; open one that differs here."),
        icon="calendar",
    ),
)
CHECKLIST = ListView(
    key="finance.checklist",
    title=_("Closing checklist"),
    query=closing_checklist,
    columns=[
        Col(key="what", title=_("What"), phone="title"),
        Col(key="state", title=_("State"), kind="status", states=CHECKS, phone="meta"),
        Col(key="count", title=_("How many"), kind="number", phone="figure"),
        Col(key="amount", title=_("Amount"), kind="money"),
    ],
    row_key="key",
    row_url=lambda row: row.url,
)
