"""What has to be found among a hundred thousand is found by its index, on both databases."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from kantoor.procedures.hearing import due_waits
from kantoor.procedures.models import HeardEvent, Task, Wait


def plan_of(found: "QuerySet[Any]") -> str:
    """How the database goes about it, when it does not choose to read a small table whole."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return found.explain()


@pytest.mark.databases
def test_due_waits_are_found_by_when_they_are_due(db: None) -> None:
    due = Wait.objects.filter(due_waits(timezone.now())).order_by("due_at", "pk")
    assert "wait_due" in plan_of(due[:100])


@pytest.mark.databases
def test_waits_for_an_event_are_found_by_what_has_to_match(db: None) -> None:
    waits = Wait.objects.filter(company=1, name="hr.contract_signed", field="employee", value="E1")
    assert "wait_for_event" in plan_of(waits)


@pytest.mark.databases
def test_an_inbox_is_read_in_its_order(db: None) -> None:
    tasks = Task.objects.filter(company=1, whose="role/1", state="open").order_by("due_at", "pk")
    plan = plan_of(tasks[:50])
    assert "task_inbox" in plan
    assert "Sort" not in plan and "TEMP B-TREE" not in plan


@pytest.mark.databases
def test_events_to_deliver_are_found_among_those_that_were(db: None) -> None:
    heard = HeardEvent.objects.filter(handled_at=None).order_by("pk")
    assert "event_to_handle" in plan_of(heard[:100])
