"""Who does not read is reminded; when the time is over who can help hears of it."""

from datetime import UTC, datetime, timedelta

import pytest

from kantoor.departments.communication.actions.reading.confirming import confirm_reading
from kantoor.departments.communication.actions.reading.reminding import (
    anything_due,
    remind_now,
    remind_readers,
)
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.queries.reading.register import readings
from kantoor.departments.communication.queries.reading.standing import late_readings
from kantoor.departments.communication.queries.reading.terms import terms
from kantoor.departments.communication.tests.reading.readers import EVA, PIET, Clock, Readers, work
from kantoor.kernel.mail.models import MailTo

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "at_once", "reminded", "due"),
    [
        (7, False, timedelta(days=5), timedelta(days=7)),
        (4, False, timedelta(days=2), timedelta(days=4)),
        (1, False, timedelta(hours=12), timedelta(days=1)),
        (7, True, timedelta(minutes=30), timedelta(hours=1)),
    ],
)
def test_one_is_reminded_two_days_before_or_halfway(
    days: int, at_once: bool, reminded: timedelta, due: timedelta
) -> None:
    found = terms(NOON, days, at_once=at_once)
    assert (found.remind_at - NOON, found.due_at - NOON) == (reminded, due)


def subjects(address: str) -> list[str]:
    rows = MailTo.objects.filter(address=address).order_by("pk")
    return list(rows.values_list("mail__subject", flat=True))


def test_who_did_not_read_is_reminded_once_and_then_it_is_escalated(
    readers: Readers, clock: Clock
) -> None:
    code = readers.policy(days=7)
    work()
    confirm_reading(readers.eva, item=code)
    assert not anything_due()
    clock.on(days=5)
    work()
    work()
    assert subjects(PIET) == ["How we lift", "To read: How we lift"]
    assert subjects(EVA) == ["How we lift"]
    assert readers.steps(code, "E2") == ["asked", "reminded"]
    assert readers.steps(code, "E4") == ["asked", "reminded"]
    assert late_readings(readers.lot) == 0
    clock.on(days=2)
    work()
    work()
    assert readers.steps(code, "E2") == ["asked", "reminded", "escalated"]
    assert late_readings(readers.lot) == 3
    assert {row.code for row in readings(readers.lot, state="escalated").rows} == {"E2", "E3", "E4"}
    assert {row.code for row in readings(readers.lot, state="late").rows} == {"E2", "E3", "E4"}
    assert not anything_due()
    assert remind_readers(readers.lot) == 0


def test_who_reads_after_all_is_left_in_peace(readers: Readers, clock: Clock) -> None:
    code = readers.policy(days=7)
    work()
    clock.on(days=7)
    work()
    confirm_reading(readers.nour, item=code)
    assert late_readings(readers.lot) == 3
    (row,) = [each for each in readings(readers.lot).rows if each.code == "E3"]
    assert row.state == "confirmed"


def test_everybody_can_be_reminded_by_hand_but_not_every_minute(
    readers: Readers, clock: Clock
) -> None:
    code = readers.policy()
    with pytest.raises(NotReady):
        remind_now(readers.lot, item=code)
    work()
    assert remind_now(readers.lot, item=code) == 0
    clock.on(hours=2)
    assert remind_now(readers.lot, item=code) == 4
    assert remind_now(readers.lot, item=code) == 0
    assert subjects(PIET) == ["How we lift", "To read: How we lift"]


def test_a_crisis_is_reminded_within_the_hour(readers: Readers, clock: Clock) -> None:
    code = readers.policy("Leave the building", kind="crisis", days=1)
    work()
    clock.on(minutes=31)
    work()
    assert readers.steps(code, "E2") == ["asked", "reminded"]
    clock.on(minutes=30)
    work()
    assert readers.steps(code, "E2") == ["asked", "reminded", "escalated"]
