"""Leave as registers and a record: all of it, what waits for oneself, and one request."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.leave.keys import request_numbers
from kantoor.departments.hr.queries.leave.requests import (
    RequestShown,
    leave_request,
    leave_requests,
    leave_to_decide,
)
from kantoor.departments.hr.web.leave import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

COLUMNS = (
    Col(key="number", title=_("Number"), phone="meta"),
    Col(key="name", title=_("Employee"), phone="title"),
    Col(key="days", title=_("Days"), value=words.days_of, phone="meta"),
    Col(key="kind", title=_("Kind")),
    Col(
        key="hours",
        title=_("Hours"),
        value=lambda row: words.clock(row.minutes),
        align="end",
        phone="figure",
    ),
    Col(key="note", title=_("Note")),
    Col(key="state", title=_("State"), kind="status", states=words.STATES),
    Col(key="asked_at", title=_("Asked at"), kind="datetime", default=False),
)

LEAVE = ListView(
    key="hr.leave",
    title=_("All leave"),
    query=leave_requests,
    columns=COLUMNS,
    narrows=[
        Narrow(key="state", title=_("State"), choices={k: w for k, (w, _t) in words.STATES.items()}),
        Narrow(key="day", title=_("Days"), kind="date_range", to=("since", "until")),
    ],
    tabs=[Tab(_("Asked"), {"state": "asked"}), Tab(_("Approved"), {"state": "approved"}), Tab(_("All"))],
    kind="hr.leave_request",
    row_url=lambda row: words.request_url(row.number),
    muted=lambda row: row.state not in ("asked", "approved"),
    new="hr.record_leave",
    search_hint=_("Name or number"),
    empty=Empty(_("No leave yet"), _("What people ask shows up here."), icon="umbrella"),
)  # fmt: skip

TO_DECIDE = ListView(
    key="hr.leave_to_decide",
    title=_("Leave to decide on"),
    query=leave_to_decide,
    columns=COLUMNS,
    row_key="number",
    row_url=lambda row: words.request_url(row.number),
    bulk=[
        Bulk(action="hr.approve_leaves", parameter="requests", label=_("Approve"), icon="check"),
        Bulk(action="hr.refuse_leaves", parameter="requests", label=_("Refuse"), icon="x"),
    ],
    empty=Empty(
        _("Nothing waits for you"), _("Requests of your people show up here."), icon="umbrella"
    ),
)


def show(actor: Actor, shown: RequestShown) -> Thing:
    """A request: what it takes of which day, and what can be done with it."""
    row = shown.request
    number, here = {"number": row.number}, words.request_url(row.number)
    asked, approved = row.state == "asked", row.state == "approved"
    steps = [
        act_for(actor, "hr.approve_leave", number, label=_("Approve"), icon="check", tone="main",
                at_once=True, back=here) if asked and shown.decides else None,
        act_for(actor, "hr.refuse_leave", number, label=_("Refuse"), icon="x",
                back=here) if asked and shown.decides else None,
        act_for(actor, "hr.cancel_leave", number, label=_("Cancel"), icon="x",
                back=here) if approved and shown.decides else None,
        act_for(actor, "hr.end_leave_early", number, label=_("Back early"), icon="arrow-back-up",
                back=here) if approved and shown.decides and row.last > row.first else None,
        act_for(actor, "hr.give_back_sick_leave", number, label=_("Was ill"), icon="refresh",
                back=here) if approved else None,
        act_for(actor, "hr.withdraw_leave", number, label=_("Take back"), icon="arrow-back-up",
                at_once=True, back=here) if (asked or approved) and shown.own else None,
    ]  # fmt: skip
    waits = gettext("It waits for your manager or HR.") if asked and shown.own else ""
    return Thing(
        title=f"{row.name}, {words.days_of(row)}",
        row=row.id,
        state=words.state(row.state),
        since=row.decided_at or row.asked_at,
        note=waits or row.answer,
        facts=[fact for fact in _facts(shown) if fact.value],
        document=_days(shown),
        steps=steps,
    )


def _facts(shown: RequestShown) -> list[Fact]:
    row = shown.request
    return [
        Fact(gettext("Number"), row.number),
        Fact(gettext("Employee"), Link(row.name, words.person_url(row.employee))),
        Fact(gettext("Kind"), row.kind),
        Fact(gettext("Days"), words.days_of(row)),
        Fact(gettext("Hours"), words.clock(row.minutes)),
        Fact(gettext("Note"), row.note),
        Fact(gettext("Answer"), row.answer),
        Fact(gettext("Asked at"), row.asked_at),
    ]


def _days(shown: RequestShown) -> Document:
    return Document(
        columns=[
            Column("day", gettext("Day"), "date", phone="title"),
            Column("hours", gettext("Hours"), phone="figure", align="end"),
        ],
        lines=[
            Row(day.isoformat(), {"day": day, "hours": words.clock(minutes)})
            for day, minutes in shown.days
        ],
        note=gettext("Days off and holidays cost nothing, and are left out."),
    )


REQUEST = RecordView(
    key="hr.leave",
    title=_("Leave"),
    kind="hr.leave_request",
    path="<str:number>",
    find=leave_request,
    show=show,
)


@page_of("hr.leave_request", title=_("Leave"))
def request_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of requests by their keys."""
    found = request_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, words.request_url(number)) for key, number in found.items()}
