"""Cases are given out by skill and load, with the reason; deadlines that pass are told once."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.ict.actions.cases.assigning import (
    assign_case,
    share_out_case,
    share_out_cases,
)
from kantoor.departments.ict.actions.cases.desk import add_queue, join_queue, set_queue
from kantoor.departments.ict.actions.cases.moving import await_case
from kantoor.departments.ict.actions.clocks.escalating import escalate_deadlines
from kantoor.departments.ict.errors import UnknownPerson, UnknownQueue, WrongState
from kantoor.departments.ict.models import Escalation
from kantoor.departments.ict.queries.cases.record import case
from kantoor.departments.ict.queries.clocks.escalated import escalated_to_me
from kantoor.departments.ict.tests.clocks.agreed import agree
from kantoor.departments.ict.tests.people import Desk

LONG_AGO = datetime(2026, 11, 2, 9, tzinfo=UTC)


def who(desk: Desk, number: str) -> str:
    return case(desk.bo, number=number).case.assignee


def test_who_has_the_fewest_in_hand_gets_the_next(desk: Desk) -> None:
    desk.opened(assignee="bo")
    desk.opened(assignee="bo")
    waiting = desk.opened(assignee="cas")
    await_case(desk.bo, number=waiting, waiting_for="caller")
    numbers = [desk.opened(queue="desk") for _ in range(4)]
    shared = share_out_cases(desk.bo, numbers=numbers)
    # Cas has none in hand and Bo two, so two for Cas, and then one for each.
    names = [who(desk, number) for number in numbers]
    assert names[:2] == [desk.cas.name] * 2 and sorted(names[2:]) == [desk.bo.name, desk.cas.name]
    assert "0" in shared[0].why and "2" in shared[0].why
    happened = case(desk.bo, number=numbers[0]).happened[-1]
    assert (happened.text, happened.public) == (shared[0].why, False)
    assert share_out_case(desk.bo, number=numbers[0]).why == ""


def test_a_skill_goes_before_load(desk: Desk) -> None:
    join_queue(desk.anne, queue="desk", member="bo", skills="Printers, Mail")
    for _ in range(3):
        desk.opened(assignee="bo")
    number = desk.opened(queue="desk", service="mail")
    assert "mail" in share_out_case(desk.cas, number=number).why
    assert who(desk, number) == desk.bo.name


def test_a_case_without_anybody_to_give_it_to_is_refused(desk: Desk) -> None:
    add_queue(desk.anne, code="empty", name="Empty")
    for number in (desk.opened(), desk.opened(queue="empty")):
        with pytest.raises(WrongState):
            share_out_case(desk.bo, number=number)


def test_a_queue_that_says_so_gives_out_by_itself(desk: Desk) -> None:
    set_queue(desk.anne, queue="network", lead="bo", by_load=True)
    number = desk.opened(queue="network")
    assert who(desk, number) == desk.cas.name
    assert case(desk.bo, number=number).happened[-1].by == "machine"
    other = desk.opened(queue="desk")
    assert who(desk, other) == ""
    assign_case(desk.bo, number=other, queue="network")
    assert who(desk, other) == desk.cas.name
    with pytest.raises(UnknownQueue):
        set_queue(desk.anne, queue="never")
    with pytest.raises(UnknownPerson):
        set_queue(desk.anne, queue="desk", lead="nobody")


def test_many_are_given_out_in_as_many_statements_as_few(desk: Desk) -> None:
    counts = []
    for many in (2, 12):
        numbers = [desk.opened(queue="desk") for _ in range(many)]
        with CaptureQueriesContext(connection) as asked:
            share_out_cases(desk.bo, numbers=numbers)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_deadline_that_passed_is_told_once_to_who_leads_the_queue(desk: Desk) -> None:
    agree(desk)
    set_queue(desk.anne, queue="desk", lead="bo")
    led = desk.opened(queue="desk", opened_at=LONG_AGO)
    nobodys = desk.opened(opened_at=LONG_AGO)
    now = timezone.now()
    told = escalate_deadlines(desk.anne, now=now)
    assert told == Escalation.objects.count() > 0
    assert escalate_deadlines(desk.anne, now=now) == 0
    assert {row.number for row in escalated_to_me(desk.bo).rows} == {led}
    assert {row.number for row in escalated_to_me(desk.anne).rows} == {nobodys}
    assert not escalated_to_me(desk.cas).rows
    events = [each for each in case(desk.bo, number=led).happened if each.what == "escalated"]
    assert events and {(each.now, each.by) for each in events} == {(desk.bo.name, "machine")}
    assert desk.case(led).touched_at == LONG_AGO
