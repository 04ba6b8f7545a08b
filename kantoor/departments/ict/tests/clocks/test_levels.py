"""Service levels: agreed, pinned to cases, changed; clocks that are kept and proved."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kantoor.departments.ict.actions.cases.assigning import change_priority
from kantoor.departments.ict.actions.cases.moving import await_case, resolve_case
from kantoor.departments.ict.actions.clocks.levels import (
    add_service_level,
    change_service_level,
    recompute_clocks,
    set_service_level,
)
from kantoor.departments.ict.actions.clocks.warning import warn_of_deadlines
from kantoor.departments.ict.drafts_clocks import TargetDraft
from kantoor.departments.ict.errors import KnownAlready, UnknownLevel
from kantoor.departments.ict.models import Clock, ClockSpan, ClockWarning
from kantoor.departments.ict.queries.cases.record import case
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.calendars.actions import add_calendar, change_calendar
from kantoor.kernel.calendars.terms import WEEKDAYS, Week
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.record.verify.system import verify

ALWAYS = Week(**dict.fromkeys(WEEKDAYS, "00:00-24:00"))
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def targets(minutes: int = 480) -> list[TargetDraft]:
    return [
        TargetDraft(clock="response", priority=level, minutes=60, warn_minutes=15)
        for level in (1, 2, 3)
    ] + [TargetDraft(clock="resolution", priority=level, minutes=minutes) for level in (2, 3)]


def agree(desk: Desk) -> None:
    add_calendar(desk.anne, code="always", name="Always", week=ALWAYS)
    add_service_level(
        desk.anne, code="std", name="Standard", calendar="always", targets=targets(), standard=True
    )


def due(desk: Desk, number: str, clock: str = "resolution") -> datetime | None:
    return Clock.objects.get(case=desk.case(number), clock=clock).due_at


def test_a_case_keeps_what_was_agreed_when_it_was_opened(desk: Desk) -> None:
    agree(desk)
    old = desk.opened(opened_at=MONDAY)
    assert due(desk, old) == MONDAY + timedelta(hours=8)
    change_service_level(desk.anne, level="std", calendar="always", targets=targets(60))
    new = desk.opened(opened_at=MONDAY)
    assert due(desk, old) == MONDAY + timedelta(hours=8)
    assert due(desk, new) == MONDAY + timedelta(hours=1)
    change_service_level(
        desk.anne, level="std", calendar="always", targets=targets(120), open_cases_too=True
    )
    assert due(desk, old) == due(desk, new) == MONDAY + timedelta(hours=2)
    assert verify(tables=["ict_clock", "ict_clock_span"]).faults == []


def test_a_changed_calendar_goes_for_cases_only_when_it_is_agreed(desk: Desk) -> None:
    agree(desk)
    number = desk.opened(opened_at=MONDAY)
    office = Week(mon="09:00-17:00", tue="09:00-17:00")
    change_calendar(desk.anne, calendar="always", week=office, zone="UTC")
    recompute_clocks(desk.anne)
    assert due(desk, number) == MONDAY + timedelta(hours=8)
    change_service_level(
        desk.anne, level="std", calendar="always", targets=targets(600), open_cases_too=True
    )
    assert due(desk, number) == MONDAY + timedelta(days=1, hours=2)


def test_reckoning_all_anew_changes_nothing(desk: Desk) -> None:
    agree(desk)
    numbers = [desk.opened(opened_at=MONDAY + timedelta(hours=n)) for n in range(3)]
    change_priority(desk.bo, number=numbers[0], impact=1, urgency=1)
    await_case(desk.bo, number=numbers[1], waiting_for="caller")
    resolve_case(desk.bo, number=numbers[2], text="Done")
    before = list(Clock.objects.order_by("case", "clock").values())
    spans = list(ClockSpan.objects.order_by("case", "clock", "place").values())
    assert recompute_clocks(desk.anne) == 3
    assert list(Clock.objects.order_by("case", "clock").values()) == before
    assert list(ClockSpan.objects.order_by("case", "clock", "place").values()) == spans
    assert len({row["state"] for row in before}) > 2


def test_a_service_has_its_own_level(desk: Desk) -> None:
    agree(desk)
    add_service_level(desk.anne, code="gold", name="Gold", calendar="always", targets=targets(30))
    set_service_level(desk.anne, service="mail", level="gold")
    gold = desk.opened(opened_at=MONDAY, service="mail")
    assert due(desk, gold) == MONDAY + timedelta(minutes=30)
    assert due(desk, desk.opened(opened_at=MONDAY)) == MONDAY + timedelta(hours=8)
    set_service_level(desk.anne, service="mail")
    assert due(desk, desk.opened(opened_at=MONDAY, service="mail")) == MONDAY + timedelta(hours=8)


def test_each_deadline_is_warned_of_once(desk: Desk) -> None:
    agree(desk)
    now = timezone.now()
    desk.opened(opened_at=now)
    assert warn_of_deadlines(desk.anne, now=now + timedelta(minutes=44)) == 0
    assert warn_of_deadlines(desk.anne, now=now + timedelta(minutes=46)) == 1
    assert warn_of_deadlines(desk.anne, now=now + timedelta(minutes=50)) == 0
    assert ClockWarning.objects.count() == 1
    assert not Clock.objects.filter(running=True, warn_at__lte=now).exists()
    later = now + timedelta(hours=2)
    assert warn_of_deadlines(desk.anne, now=later) == 0


def test_the_page_explains_every_minute(desk: Desk) -> None:
    agree(desk)
    number = desk.opened(opened_at=MONDAY)
    await_case(desk.bo, number=number, waiting_for="caller")
    shown = {each.clock: each for each in case(desk.bo, number=number).clocks}
    solving = shown["resolution"]
    assert [span.running for span in solving.spans] == [True, False]
    assert sum((end - start).total_seconds() for start, end in solving.spans[0].worked) == (
        solving.spans[0].spent
    )
    assert solving.state == "paused" and shown["response"].state in ("met", "missed")


def test_what_can_not_be_is_refused(desk: Desk) -> None:
    agree(desk)
    with pytest.raises(KnownAlready):
        add_service_level(desk.anne, code="std", name="Again", calendar="always", targets=targets())
    with pytest.raises(NotFound):
        add_service_level(desk.anne, code="x", name="X", calendar="none", targets=targets())
    with pytest.raises(InvalidInput):
        add_service_level(desk.anne, code="x", name="X", calendar="always", targets=[])
    twice = [*targets(), targets()[0]]
    with pytest.raises(InvalidInput):
        add_service_level(desk.anne, code="x", name="X", calendar="always", targets=twice)
    with pytest.raises(UnknownLevel):
        change_service_level(desk.anne, level="none", calendar="always", targets=targets())
