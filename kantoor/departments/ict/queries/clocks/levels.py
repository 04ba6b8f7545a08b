"""Service levels as people see them, and the deadlines that come first."""

from datetime import datetime

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownLevel
from kantoor.departments.ict.models import Clock, LevelTarget, LevelVersion, ServiceLevel
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

MOST = 200


class LevelRow(msgspec.Struct, frozen=True):
    """A service level as listed, as its last version has it."""

    id: int
    code: str
    name: str
    standard: bool
    version: int
    version_id: int
    calendar: str
    calendar_version: int
    made_at: datetime


class TargetRow(msgspec.Struct, frozen=True):
    """What is promised for a priority, in minutes of the calendar."""

    clock: str
    priority: int
    minutes: int
    warn_minutes: int


class LevelShown(msgspec.Struct, frozen=True):
    """A service level with its targets; `newest_calendar` is the last version of its calendar."""

    level: LevelRow
    targets: list[TargetRow]
    newest_calendar: int


class DeadlineRow(msgspec.Struct, frozen=True):
    """A clock that is running, with when it runs out."""

    number: str
    title: str
    clock: str
    due_at: datetime
    late: bool
    priority: int
    queue: str
    assignee: str


@query(permission=READ, title=_("Service levels"), exposed=True)
def service_levels(actor: Actor, /) -> list[LevelRow]:
    """The service levels of the company."""
    rows = LevelVersion.objects.filter(level__company_id=actor.company_id)
    rows = rows.select_related("level", "calendar__calendar").order_by("level__code", "number")
    return list({row.level_id: _row(row) for row in rows}.values())


@query(permission=READ, title=_("A service level"), exposed=True)
def service_level(actor: Actor, /, *, code: str) -> LevelShown:
    """One service level by its code. Raises UnknownLevel."""
    rows = LevelVersion.objects.filter(level__company_id=actor.company_id, level__code=code)
    found = rows.select_related("level", "calendar__calendar").order_by("-number").first()
    if found is None:
        message = _("There is no service level “{code}”.").format(code=code[:40])
        raise UnknownLevel(message, field="code")
    targets = LevelTarget.objects.filter(version=found).order_by("pk")
    newest = found.calendar.calendar.versions.order_by("-number").first()
    assert newest is not None
    return LevelShown(
        _row(found),
        [
            TargetRow(each.clock, each.priority, each.seconds // 60, each.warn_seconds // 60)
            for each in targets
        ],
        newest.number,
    )


@query(permission=READ, title=_("Names of service levels"))
def level_names(actor: Actor, /) -> dict[str, str]:
    """The service levels by code."""
    return dict(scoped(actor, ServiceLevel).order_by("name").values_list("code", "name")[:MOST])


@query(permission=READ, title=_("Deadlines"), exposed=True)
def deadlines(actor: Actor, /) -> list[DeadlineRow]:
    """The clocks that run out first, those that ran out already before them."""
    now = timezone.now()
    rows = scoped(actor, Clock).filter(running=True, due_at__isnull=False)
    names = ("case__queue", "case__assignee")
    found = rows.select_related(*names).order_by("due_at", "case", "clock")[:MOST]
    return [
        DeadlineRow(
            str(each.case),
            each.case.title,
            each.clock,
            each.due_at,
            each.due_at < now,
            each.case.priority,
            each.case.queue.name if each.case.queue else "",
            each.case.assignee.name if each.case.assignee else "",
        )
        for each in found
        if each.due_at is not None
    ]


def _row(version: LevelVersion) -> LevelRow:
    level, calendar = version.level, version.calendar
    return LevelRow(
        level.pk, level.code, level.name, level.standard, version.number, version.pk,
        calendar.calendar.code, calendar.number, version.made_at,
    )  # fmt: skip
