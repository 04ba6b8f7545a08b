"""Reports: the management report as PDF, and those that go out by email by themselves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, NotFound
from kantoor.kernel.figures import months_back
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link, Status, Tone
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact
from kantoor.management.print.month import month_pdf
from kantoor.management.queries.dashboards import dashboards
from kantoor.management.queries.figures import READ
from kantoor.management.queries.schedules import READ as READ_SCHEDULES
from kantoor.management.queries.schedules import (
    ScheduleRow,
    ScheduleShown,
    SentRow,
    report_schedule,
    report_schedules,
    schedule_titles,
)
from kantoor.management.web import words

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip
SENT: Mapping[str, tuple[Any, Tone]] = {
    "waiting": (_("Waits to be sent"), "wait"),
    "sending": (_("Waits to be sent"), "wait"),
    "sent": (_("Sent"), "good"),
    "failed": (_("Not delivered"), "bad"),
    "unsure": (_("Perhaps sent"), "wait"),
    "suppressed": (_("Not delivered"), "bad"),
    "none": (_("Not sent"), "quiet"),
}
WHY: Mapping[str, Any] = {
    "": "",
    "closed": _("The account is closed or has no role here."),
    "no_address": _("The account has no email address."),
    "nothing": _("They may see nothing of it."),
}


def when_words(row: ScheduleRow) -> str:
    """When a report goes out, in words."""
    if row.rhythm == "daily":
        return gettext("every day at %(time)s") % {"time": row.time}
    if row.rhythm == "weekly":
        said = {"day": WEEKDAYS[row.day - 1], "time": row.time}
        return gettext("every %(day)s at %(time)s") % said
    said = {"day": row.day, "time": row.time}
    return gettext("on day %(day)s of the month at %(time)s") % said


def pdf_url(month: date) -> str:
    """The management report of a month as a file."""
    return f"/management/month-report/{month:%Y-%m}"


def pdf_acts(_actor: Actor) -> list[Act | None]:
    """The report of the last whole month, and of the running one so far."""
    today = timezone.localdate()
    return [
        Act(
            gettext("Report of the last month"),
            pdf_url(months_back(today, 1)),
            icon="file-type-pdf",
        ),
        Act(gettext("Report of this month so far"), pdf_url(today), icon="file-type-pdf"),
    ]


REPORTS = ListView(
    key="management.reports",
    title=_("Reports by email"),
    query=report_schedules,
    columns=[
        Col(key="title", title=_("Report"), phone="title"),
        Col(key="when", title=_("When"), value=when_words, phone="meta"),
        Col(key="recipients", title=_("To"), value=lambda row: ", ".join(row.recipients)),
        Col(key="last_sent_at", title=_("Sent last"), kind="datetime"),
        Col(
            key="active",
            title=_("State"),
            kind="status",
            states={True: (_("Goes out"), "good"), False: (_("Stopped"), "quiet")},
        ),
    ],
    narrows=[Narrow(key="active", title=_("Goes out"), kind="boolean")],
    tabs=[Tab(_("Go out"), {"active": "1"}), Tab(_("All"))],
    row_url=lambda row: words.schedule_url(row.id),
    muted=lambda row: not row.active,
    new="management.schedule_report",
    more=pdf_acts,
    empty=Empty(
        _("No reports go out by themselves"),
        _("Have the management report or a dashboard sent every day, week or month."),
        icon="report-analytics",
    ),
)


def _show(actor: Actor, shown: ScheduleShown) -> Thing:
    row = shown.row
    here = words.schedule_url(row.id)
    state = Status("active", gettext("Goes out"), "good")
    if not row.active:
        state = Status("stopped", gettext("Stopped"), "quiet")
    return Thing(
        title=row.title,
        row=row.id,
        state=state,
        note=gettext("Each gets what they may see themselves."),
        facts=[
            Fact(gettext("When"), when_words(row)),
            Fact(gettext("To"), ", ".join(name for _code, name in shown.recipients)),
            Fact(gettext("Sent last"), row.last_sent_at),
        ],
        document=_sent(shown.sent),
        main_action=act_for(
            actor, "management.change_schedule", {"change.schedule": row.id},
            label=_("Change"), key="e", icon="edit", back=here,
        ),
    )  # fmt: skip


def _sent(rows: Sequence[SentRow]) -> Document:
    return Document(
        columns=[
            Column("due", gettext("Due"), "datetime", phone="title"),
            Column("name", gettext("To")),
            Column("state", gettext("State"), "status"),
            Column("why", gettext("Why not")),
        ],
        lines=[
            Row(
                str(each.id),
                {
                    "due": each.due_at,
                    "name": each.name,
                    "state": Status(each.state, str(SENT[each.state][0]), SENT[each.state][1]),
                    "why": str(WHY.get(each.why, "")),
                },
            )
            for each in rows
        ],
        note="" if rows else gettext("Nothing was sent yet."),
    )


REPORT = RecordView(
    key="management.reports",
    title=_("Report"),
    kind="management.schedule",
    path="<int:schedule>",
    find=report_schedule,
    show=_show,
)


@dataclass(frozen=True, kw_only=True)
class MonthReport(View):
    """The management report of a month as PDF, with what one may see."""

    def respond(self, request: HttpRequest, month: str) -> HttpResponse:
        """The file; a month that can't be is not found."""
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) or month < "1990":
            raise NotFound(gettext("There is no such month."))
        content = month_pdf(actor_of(request), date.fromisoformat(f"{month}-01"))
        answer = HttpResponse(content, content_type="application/pdf")
        name = slugify(gettext("Management report"))
        answer["Content-Disposition"] = f'attachment; filename="{name}-{month}.pdf"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """Its address, with the month."""
        return [self.route("<str:month>", self.respond)]


MONTH_REPORT = MonthReport(
    key="management.month_report", title=_("Management report"), permission=READ, in_menu=False
)


@page_of("management.schedule", title=_("Report"))
def schedule_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of reports that go out, by their key."""
    if not actor.may(READ_SCHEDULES):
        return {}
    found = schedule_titles(actor, keys=[int(key) for key in keys if key.isdecimal()])
    return {str(key): Link(title, words.schedule_url(key)) for key, title in found.items()}


def _schedule_now(actor: Actor, given: Given) -> Given:
    """The particulars of the report that the address names."""
    try:
        shown = report_schedule(actor, schedule=int(str(given.get("change.schedule") or 0)))
    except (DomainError, ValueError):
        return {}
    row = shown.row
    return {
        "change.rhythm": row.rhythm,
        "change.time": row.time,
        "change.day": row.day,
        "change.active": row.active,
        "change.recipients": [code for code, _name in shown.recipients],
    }


def _dashboards(actor: Actor) -> dict[str, Any]:
    return {"": "–", **{each.code: each.title for each in dashboards(actor)}}


def _to_schedule(_actor: Actor, key: Any) -> str:
    return words.schedule_url(key) if isinstance(key, int) else ""


plan(
    "management.schedule_report",
    Plan(
        choices={
            "report.recipients": words.people_by_sign_in,
            "report.dashboard": _dashboards,
        },
        goes_to=_to_schedule,
    ),
)
plan(
    "management.change_schedule",
    Plan(
        choices={"change.recipients": words.people_by_sign_in},
        kinds={"change.schedule": "hidden"},
        prefill=_schedule_now,
        in_palette=False,
    ),
)
