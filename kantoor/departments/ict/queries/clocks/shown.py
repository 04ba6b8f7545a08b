"""Clocks as people see them: how they stand, and every interval that they are made of."""

from datetime import datetime

import msgspec
from django.utils import timezone

from kantoor.departments.ict.models import Clock, ClockSpan
from kantoor.departments.ict.models.clocks.clocks import RUNNING
from kantoor.departments.ict.queries.clocks.loading import agreements
from kantoor.kernel.calendars.engine import moment_of, seconds_of


class SpanShown(msgspec.Struct, frozen=True):
    """An interval of a clock, running or paused; `spent` in seconds of the calendar.

    `worked` are its spans of working time, as far as there are not too many to read.
    """

    starts_at: datetime
    ends_at: datetime | None
    running: bool
    begins: bool
    why: str
    priority: int
    spent: int
    worked: list[tuple[datetime, datetime]]


class ClockShown(msgspec.Struct, frozen=True):
    """A clock; `spent` and `left` in seconds of the calendar as of now, `late` when it ran out."""

    clock: str
    state: str
    allowed: int | None
    spent: int
    left: int | None
    due_at: datetime | None
    late: bool
    misses: int
    zone: str
    spans: list[SpanShown]


SHOWN_SPANS = 60


def clocks_of(case_id: int) -> list[ClockShown]:
    """The clocks of a case, with the intervals that explain each minute of them."""
    clocks = list(
        Clock.objects.filter(case_id=case_id).select_related("case").order_by("case_id", "clock")
    )
    if not clocks:
        return []
    version = clocks[0].case.level_version_id
    assert version is not None
    working = agreements([version])[version].working
    spans: dict[str, list[ClockSpan]] = {}
    for span in ClockSpan.objects.filter(case_id=case_id).order_by("place"):
        spans.setdefault(span.clock, []).append(span)
    now = timezone.now()
    found = []
    for clock in clocks:
        shown, spent = [], clock.spent
        for span in spans.get(clock.clock, []):
            until = span.ends_at or now
            seconds = span.spent
            if span.ends_at is None and span.running:
                seconds = working.worked(seconds_of(span.starts_at), seconds_of(now))
                spent += seconds
            pieces = working.spans(seconds_of(span.starts_at), seconds_of(until))
            shown.append(
                SpanShown(
                    span.starts_at, span.ends_at, span.running, span.begins, span.why,
                    span.priority, seconds,
                    [
                        (moment_of(piece.start), moment_of(piece.end))
                        for piece, _n in zip(pieces, range(SHOWN_SPANS), strict=False)
                    ] if span.running else [],
                )
            )  # fmt: skip
        left = None if clock.allowed is None else clock.allowed - spent
        ran_out = clock.state == RUNNING and clock.due_at is not None and clock.due_at < now
        found.append(
            ClockShown(
                clock.clock, clock.state, clock.allowed, spent, left, clock.due_at,
                ran_out or clock.misses > 0, clock.misses + ran_out, working.zone.key, shown,
            )
        )  # fmt: skip
    return found
