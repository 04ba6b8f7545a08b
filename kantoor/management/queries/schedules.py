"""Reports that go out by themselves, and to whom each went."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import Max, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.management.due import time_of
from kantoor.management.errors import UnknownSchedule
from kantoor.management.models import ReportSchedule, ReportSent, ScheduleRecipient
from kantoor.management.queries.dashboards import title_of

READ = "management.manage_reports"


class ScheduleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report that goes out; without a `dashboard` the management report."""

    id: int
    title: str
    dashboard: str
    rhythm: str
    day: int
    time: str
    recipients: list[str]
    last_sent_at: datetime | None
    active: bool


class SentRow(msgspec.Struct, frozen=True, kw_only=True):
    """That a report went to somebody; `why` says why not: closed, no_address or nothing."""

    id: int
    name: str
    due_at: datetime
    at: datetime
    state: str
    why: str


class ScheduleShown(msgspec.Struct, frozen=True, kw_only=True):
    """A report that goes out, to whom, and the last that went."""

    row: ScheduleRow
    recipients: list[tuple[str, str]]
    sent: list[SentRow]


@query(permission=READ, title=_("Reports that go out"), exposed=True)
def report_schedules(actor: Actor, /, *, active: bool | None = None) -> list[ScheduleRow]:
    """The reports that go out by themselves, the newest first."""
    found = scoped(actor, ReportSchedule).select_related("dashboard").order_by("-pk")
    if active is not None:
        found = found.filter(active=active)
    return _rows(actor, found)


@query(permission=READ, title=_("A report that goes out"), exposed=True)
def report_schedule(actor: Actor, /, *, schedule: int) -> ScheduleShown:
    """One of them by its key. Raises UnknownSchedule."""
    found = scoped(actor, ReportSchedule).select_related("dashboard").filter(pk=schedule)
    rows = _rows(actor, found)
    if not rows:
        raise UnknownSchedule(_("There is no such report."), field="schedule")
    told = ScheduleRecipient.objects.filter(schedule=schedule).select_related("user")
    sent = ReportSent.objects.filter(schedule=schedule).select_related("user", "mail")
    listed = list(sent.prefetch_related("mail__to").order_by("-pk")[:60])
    return ScheduleShown(
        row=rows[0],
        recipients=[(row.user.sign_in, row.user.name) for row in told.order_by("user__name")],
        sent=[
            SentRow(
                id=row.pk, name=row.user.name, due_at=row.due_at, at=row.at, state=_state(row),
                why=row.why,
            )
            for row in listed
        ],
    )  # fmt: skip


@query(permission=READ, title=_("Reports that go out by their keys"))
def schedule_titles(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """What goes out, by its key."""
    rows = scoped(actor, ReportSchedule).select_related("dashboard").filter(pk__in=keys)
    return {row.pk: _title(actor, row) for row in rows}


def _state(row: ReportSent) -> str:
    if row.mail is None:
        return "none"
    return next((to.state for to in row.mail.to.all()), "none")


def _title(actor: Actor, row: ReportSchedule) -> str:
    return title_of(actor, row.dashboard) if row.dashboard else gettext("Management report")


def _rows(actor: Actor, found: "QuerySet[ReportSchedule]") -> list[ScheduleRow]:
    listed = list(found)
    told: dict[int, list[str]] = {}
    people = ScheduleRecipient.objects.filter(schedule__in=listed).select_related("user")
    for each in people.order_by("user__name"):
        told.setdefault(each.schedule_id, []).append(each.user.name)
    sent = ReportSent.objects.filter(schedule__in=listed, mail__isnull=False)
    last = dict(sent.values_list("schedule_id").annotate(last=Max("at")))
    return [
        ScheduleRow(
            id=row.pk, title=_title(actor, row),
            dashboard=row.dashboard.code if row.dashboard else "", rhythm=row.rhythm, day=row.day,
            time=time_of(row.minute), recipients=told.get(row.pk, []),
            last_sent_at=last.get(row.pk), active=row.active,
        )
        for row in listed
    ]  # fmt: skip
