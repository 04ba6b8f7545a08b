"""What is handed in to set objectives, dashboards, alerts and reports that go out."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec

Over = Literal["since", "month"]
Outcome = Literal["reached", "partly", "dropped"]
CardKind = Literal["figure", "bars", "line", "table", "objectives"]
Comparison = Literal["above", "below"]
Rhythm = Literal["daily", "weekly", "monthly"]


class ObjectiveSetting(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be reached, from when to when, and who answers for it (their sign-in)."""

    title_nl: str
    title_en: str
    owner: str
    starts_on: date
    ends_on: date


class KeyResultDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A figure and what it has to become, in its unit: euros, percents, hours, days, or a number.

    `over` says how a figure of days is measured: from the objective's first day, or by the last
    whole month. Without `due_on` the objective's last day.
    """

    objective: int
    figure: str
    start: Decimal
    target: Decimal
    over: Over = "since"
    due_on: date | None = None


class KeyResultChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a key result; what is not said stays as it is."""

    result: int
    start: Decimal | None = None
    target: Decimal | None = None
    over: Over | None = None
    due_on: date | None = None


class DashboardDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A dashboard; `roles` are the codes of the roles that see it."""

    code: str
    title_nl: str
    title_en: str
    roles: Sequence[str] = ()


class DashboardChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of the dashboard with this code; what is not said stays as it is."""

    code: str
    title_nl: str | None = None
    title_en: str | None = None
    roles: Sequence[str] | None = None


class CardDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A card: a figure, its months as bars or a line, a register's first rows, or the objectives.

    `subject` is the figure's name or the register's key; `asked` narrows a register as its address
    does (`overdue=1&sort=-open`). `most` is how many months or rows.
    """

    kind: CardKind
    subject: str = ""
    asked: str = ""
    most: int = 12


class AlertDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that must not go beyond a threshold, in its unit, and who is told (sign-ins).

    It is back to normal at `back`, the threshold itself unless given. `lasting_minutes` is how
    long it has to last before anybody is told.
    """

    figure: str
    comparison: Comparison
    threshold: Decimal
    recipients: Sequence[str]
    back: Decimal | None = None
    lasting_minutes: int = 0
    every_minutes: int = 60


class AlertChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of an alert; what is not said stays as it is."""

    alert: int
    comparison: Comparison | None = None
    threshold: Decimal | None = None
    back: Decimal | None = None
    recipients: Sequence[str] | None = None
    lasting_minutes: int | None = None
    every_minutes: int | None = None
    active: bool | None = None


class ScheduleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A report that goes out by itself: a dashboard by its code, or the management report.

    `day` is the weekday (1 is Monday) or the day of the month (to 28); `time` such as 07:30, in
    the company's zone. `recipients` are sign-ins.
    """

    rhythm: Rhythm
    time: str
    recipients: Sequence[str]
    dashboard: str = ""
    day: int = 1


class ScheduleChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a report that goes out; what is not said stays as it is."""

    schedule: int
    rhythm: Rhythm | None = None
    time: str | None = None
    recipients: Sequence[str] | None = None
    day: int | None = None
    active: bool | None = None


class MuteDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Until when nobody is told of an alert; without it, from now on again."""

    alert: int
    until: datetime | None = None
