"""When a timer comes: ISO 8601 durations by the clock on the wall or in working time, and moments."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from kantoor.kernel.calendars.engine import instant_after, of_terms
from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value
from kantoor.procedures.diagrams.elements import Timed

FURTHEST_DAYS = 366 * 30
Reckon = Callable[[str], Value]


class WrongMoment(DomainError):
    """A duration or moment that a timer can't be set to."""

    code = "procedures.wrong_moment"


def duration_parts(text: str) -> dict[str, int]:
    """The parts of an ISO 8601 duration by name (`days`, `hours`…); raises WrongMoment."""
    try:
        if not text.strip().upper().startswith("P"):
            raise ValueError
        parts = TimerEventDefinition.parse_iso_duration(text.strip())
        if not parts or any(int(value) != value for value in parts.values()):
            raise ValueError
    except Exception:  # the library raises bare exceptions
        message = _("“{text}” is no duration; write P3D for three days, PT4H for four hours.")
        raise WrongMoment(message.format(text=text[:40]), field="duration") from None
    return {name: int(value) for name, value in parts.items()}


def due_at(timed: Timed, since: datetime, *, terms: str, zone: str, reckon: Reckon) -> datetime:
    """The moment at which a timer comes that was set at `since`.

    `terms` is the company's calendar (empty: it has none, and every hour counts), `reckon` gives
    the value of an expression. Raises WrongMoment.
    """
    if timed.moment:
        return _moment(reckon(timed.moment), zone)
    parts = duration_parts(timed.duration)
    if timed.clock == "working" and terms:
        return _working(parts, since, terms)
    try:
        after: datetime = since + TimerEventDefinition.get_timedelta_from_start(dict(parts), since)
    except (OverflowError, ValueError):
        raise WrongMoment(_("This duration is too long."), field="duration") from None
    if after - since > timedelta(days=FURTHEST_DAYS):
        raise WrongMoment(_("This duration is too long."), field="duration")
    return after


def _working(parts: dict[str, int], since: datetime, terms: str) -> datetime:
    """So many working days later at the same time, and then so many working hours."""
    if parts.get("months") or parts.get("years"):
        message = _("Working time is counted in weeks, days and hours, not in months.")
        raise WrongMoment(message, field="duration")
    working = of_terms(terms)
    days = parts.get("days", 0) + 5 * parts.get("weeks", 0)
    local = since.astimezone(working.zone)
    day, looked = local.date(), 0
    while days:
        day += timedelta(days=1)
        looked += 1
        if looked > FURTHEST_DAYS:
            raise WrongMoment(_("This duration is too long."), field="duration")
        if working.hours_of(day):
            days -= 1
    then = datetime.combine(day, local.timetz().replace(tzinfo=None), working.zone)
    seconds = parts.get("hours", 0) * 3600 + parts.get("minutes", 0) * 60 + parts.get("seconds", 0)
    then = then.astimezone(UTC)
    return instant_after(terms, then, seconds) if seconds else then


def _moment(value: Value, zone: str) -> datetime:
    """A day (its beginning in the company's zone) or a moment."""
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
        if isinstance(value, date):
            return datetime.combine(value, time.min, ZoneInfo(zone)).astimezone(UTC)
    except ValueError:
        pass
    raise WrongMoment(_("“{value}” is no day or moment.").format(value=str(value)[:40]))
