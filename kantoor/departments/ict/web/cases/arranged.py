"""How the desk is arranged, as pages: deadlines, queues, services, service levels, calendars."""

from collections.abc import Mapping
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.drafts_clocks import TargetDraft
from kantoor.departments.ict.errors import UnknownLevel
from kantoor.departments.ict.queries.cases.arranged import queues, services
from kantoor.departments.ict.queries.clocks.levels import (
    LevelShown,
    deadlines,
    service_level,
    service_levels,
)
from kantoor.departments.ict.queries.clocks.what_if import what_if
from kantoor.departments.ict.web.cases import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.queries import CalendarShown, calendar, calendars
from kantoor.kernel.calendars.terms import WEEKDAYS
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

DAY_NAMES = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}

DEADLINES = ListView(
    key="ict.deadlines",
    title=_("Deadlines"),
    query=deadlines,
    columns=[
        Col(key="number", title=_("Number"), phone="meta"),
        Col(
            key="title",
            title=_("What is the matter"),
            kind="link",
            url=lambda row: words.case_url(row.number),
            phone="title",
        ),
        Col(key="clock", title=_("Clock"), value=lambda row: words.CLOCKS[row.clock]),
        Col(key="due_at", title=_("Due"), kind="datetime", phone="figure"),
        Col(key="priority", title=_("Priority"), value=lambda row: words.PRIORITIES[row.priority]),
        Col(key="queue", title=_("Queue")),
        Col(key="assignee", title=_("Who has it")),
        Col(
            key="late",
            title=_("State"),
            kind="status",
            value=lambda row: "late" if row.late else "running",
            states=words.CLOCK_STATES,
        ),
    ],
    row_url=lambda row: words.case_url(row.number),
    empty=Empty(_("No clock is running"), _("Cases with a service level have clocks.")),
)
QUEUES = ListView(
    key="ict.queues",
    title=_("Queues"),
    query=queues,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="members", title=_("Who works in it")),
        Col(key="lead_name", title=_("Who leads it")),
        Col(
            key="by_load",
            title=_("Gives out"),
            value=lambda row: _("by load") if row.by_load else _("by hand"),
        ),
        Col(key="open", title=_("Not solved yet"), kind="number", phone="figure"),
    ],
    row_url=lambda row: f"/ict/cases?state=open&queue={row.code}",
    new="ict.add_queue",
    edit_url=lambda row: url_of_action(
        "ict.set_queue",
        {"queue": row.code, "lead": row.lead, "by_load": row.by_load, "next": "/ict/queues"},
    ),
    more=lambda actor: [
        act_for(actor, "ict.set_queue"),
        act_for(actor, "ict.join_queue"),
        act_for(actor, "ict.leave_queue"),
    ],
    empty=Empty(_("No queues yet"), _("A queue is a team with its own list of cases.")),
)
SERVICES = ListView(
    key="ict.services",
    title=_("Services"),
    query=services,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="owner", title=_("Owner")),
        Col(key="department", title=_("Department"), default=False),
        Col(key="criticality", title=_("How vital"), kind="number"),
        Col(key="level", title=_("Service level")),
    ],
    row_url=lambda row: f"/ict/cases?state=open&service={row.code}",
    new="ict.add_service",
    more=lambda actor: [act_for(actor, "ict.set_service_level")],
    empty=Empty(_("No services yet"), _("A service is what people ask about: mail, telephones.")),
)
LEVELS = ListView(
    key="ict.service_levels",
    title=_("Service levels"),
    query=service_levels,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="calendar", title=_("Calendar")),
        Col(key="version", title=_("Version"), kind="number"),
        Col(
            key="standard",
            title=_("Goes for"),
            value=lambda row: _("services without their own") if row.standard else "",
        ),
    ],
    row_url=lambda row: f"/ict/service-levels/{row.code}",
    new="ict.add_service_level",
    empty=Empty(
        _("No service levels yet"),
        _("First add a calendar, then agree how soon cases are answered and solved."),
        icon="clock",
    ),
)
CALENDARS = ListView(
    key="ict.calendars",
    title=_("Calendars"),
    query=calendars,
    columns=[
        Col(key="code", title=_("Code"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="zone", title=_("Time zone")),
        Col(key="country", title=_("Holidays of")),
        Col(key="version", title=_("Version"), kind="number"),
    ],
    sort="code",
    row_url=lambda row: f"/ict/calendars/{row.code}",
    new="kernel.add_calendar",
    permission="ict.read_cases",
    empty=Empty(
        _("No calendars yet"), _("A calendar says when the company works."), icon="calendar"
    ),
)


def show_level(actor: Actor, shown: LevelShown) -> Thing:
    """A service level with its targets, and the way to change it."""
    row = shown.level
    older = row.calendar_version < shown.newest_calendar
    return Thing(
        title=row.name,
        row=row.id,
        state=Status("in_force", gettext("In force"), "good"),
        note=gettext("Its calendar has a newer version; change the level to count by it.")
        if older
        else "",
        facts=[
            Fact(gettext("Code"), row.code),
            Fact(gettext("Calendar"), Link(row.calendar, f"/ict/calendars/{row.calendar}")),
            Fact(gettext("Version"), row.version),
            Fact(gettext("Since"), row.made_at),
        ],
        document=Document(
            columns=[
                Column("clock", gettext("Clock"), phone="title"),
                Column("priority", gettext("Priority"), phone="meta"),
                Column("time", gettext("Time"), align="end", phone="figure"),
                Column("warn", gettext("Warning with so much left"), align="end"),
            ],
            lines=[
                Row(
                    str(place),
                    {
                        "clock": force_str(words.CLOCKS[each.clock]),
                        "priority": force_str(words.PRIORITIES[each.priority]),
                        "time": words.duration(60 * each.minutes),
                        "warn": words.duration(60 * each.warn_minutes),
                    },
                )
                for place, each in enumerate(shown.targets)
            ],
        ),
        steps=[
            Act(gettext("What if"), f"{WHAT_IF.url}?level={row.code}", icon="help-circle"),
            act_for(
                actor, "ict.change_service_level", level=row.code,
                label=_("Change"), icon="pencil", back=f"/ict/service-levels/{row.code}",
            ),
        ],
    )  # fmt: skip


def show_calendar(actor: Actor, shown: CalendarShown) -> Thing:
    """A calendar with its hours, its own days and the coming holidays."""
    row, terms = shown.calendar, shown.terms
    lines = [
        (force_str(DAY_NAMES[day]), getattr(terms.week, day) or gettext("closed"))
        for day in WEEKDAYS
    ]
    for each in terms.days:
        name = f"{each.first.isoformat()}{f' – {each.last.isoformat()}' if each.last else ''}"
        yearly = f" ({gettext('every year')})" if each.yearly else ""
        hours = each.hours or gettext("closed")
        lines.append((f"{name}{yearly} {each.name}", hours))
    lines += [(f"{day.isoformat()} {name}", gettext("closed")) for day, name in shown.holidays]
    return Thing(
        title=row.name,
        row=row.id,
        state=Status("in_force", gettext("In force"), "good"),
        facts=[
            Fact(gettext("Code"), row.code),
            Fact(gettext("Time zone"), row.zone),
            Fact(gettext("Holidays of"), row.country or "–"),
            Fact(gettext("Version"), row.version),
        ],
        document=Document(
            columns=[
                Column("day", gettext("Day"), phone="title"),
                Column("hours", gettext("Hours"), phone="figure"),
            ],
            lines=[
                Row(str(place), {"day": day, "hours": hours})
                for place, (day, hours) in enumerate(lines)
            ],
        ),
        steps=[
            act_for(
                actor, "kernel.change_calendar", calendar=row.code, label=_("Change"),
                icon="pencil", back=f"/ict/calendars/{row.code}",
            )
        ],
    )  # fmt: skip


def what_if_page(actor: Actor, address: Address) -> Mapping[str, Any]:
    """The form with the times as they are or as they were typed, and what would change."""
    listed = service_levels(actor)
    chosen = address.get("level") or (listed[0].code if listed else "")
    try:
        shown = service_level(actor, code=chosen)
    except UnknownLevel:
        return {"levels": listed}
    now = {(each.clock, each.priority): each.minutes for each in shown.targets}
    asked = bool(address.get("calendar"))
    grid, targets = [], []
    for clock, title in words.CLOCKS.items():
        cells = []
        for level in words.PRIORITIES:
            name = f"{clock}-{level}"
            typed = address.get(name) if asked else str(now.get((clock, level), ""))
            if typed.isascii() and typed.isdigit() and 0 < int(typed) <= 10**6:
                targets.append(TargetDraft(clock=clock, priority=level, minutes=int(typed)))  # type: ignore[arg-type]
            cells.append({"name": name, "value": typed, "label": f"{title}, {words.PRIORITIES[level]}"})  # fmt: skip
        grid.append({"title": title, "cells": cells})
    context: dict[str, Any] = {
        "levels": listed,
        "level": chosen,
        "calendars": calendars(actor, limit=200).rows,
        "calendar": address.get("calendar") or shown.level.calendar,
        "grid": grid,
        "priorities": words.PRIORITIES.values(),
    }
    if asked and targets:
        try:
            found = what_if(actor, level=chosen, calendar=address.get("calendar"), targets=targets)
            context |= {"found": found, "rows": [_what_if_row(each) for each in found.rows]}
        except DomainError as refusal:
            context["fault"] = refusal.message
    return context


def _what_if_row(each: Any) -> Mapping[str, Any]:
    return {
        "number": each.number,
        "url": words.case_url(each.number),
        "title": each.title,
        "clock": words.CLOCKS[each.clock],
        "before": each.due_before,
        "after": each.due_after,
        "was": _lateness(late=each.late_before),
        "becomes": _lateness(late=each.late_after),
    }


def _lateness(*, late: bool) -> Status:
    word, tone = words.CLOCK_STATES["late" if late else "met"]
    return Status("late" if late else "met", force_str(word), tone)


LEVEL = RecordView(
    key="ict.service_levels",
    title=_("Service level"),
    kind="ict.service_level",
    path="<str:code>",
    find=service_level,
    show=show_level,
)
CALENDAR = RecordView(
    key="ict.calendars",
    title=_("Calendar"),
    kind="kernel.calendar",
    path="<str:code>",
    find=calendar,
    show=show_calendar,
    permission="ict.read_cases",
)
WHAT_IF = PlainView(
    key="ict.what_if",
    title=_("What if other times were agreed"),
    permission="ict.read_cases",
    template="ict/what_if.html",
    content=what_if_page,
    in_menu=False,
)
