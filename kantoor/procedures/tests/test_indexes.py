"""What has to be found among a hundred thousand is found by its index, on both databases."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from kantoor.kernel.store.asking import Question
from kantoor.kernel.store.lookup import fetch
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.starting import start_procedures
from kantoor.procedures.actions.taking import Taking
from kantoor.procedures.hearing import due_waits
from kantoor.procedures.models import HeardEvent, Task, Wait
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn


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


@pytest.mark.databases
@pytest.mark.parametrize("by_tasks", [True, False])
@pytest.mark.parametrize("count", [1, 30])
def test_what_is_moved_is_found_by_its_keys(office: Office, by_tasks: bool, count: int) -> None:
    steps = '<startEvent id="s"/><userTask id="u" k:role="bookkeeper"/><endEvent id="e"/>'
    import_procedure(office.anne, content=drawn("letter", steps, "s > u > e"), publish=True)
    start_procedures(office.anne, procedure="letter", several=[{}] * 200)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE procedures_instance, procedures_task")
    taking = Taking(office.anne, list(range(1, count + 1)), by_tasks)
    instances, _digests, tasks, waits, _roles = map(planned, taking.questions)
    of_instances = {
        "sqlite": "SEARCH procedures_instance USING INTEGER PRIMARY KEY",
        "postgresql": "procedures_instance_pkey",
    }
    assert of_instances[connection.vendor] in instances
    assert "procedures_task_instance_id" in tasks
    assert "procedures_wait_instance_id" in waits


def planned(question: Question[Any]) -> str:
    """The same of a question."""
    words = "EXPLAIN"
    if connection.vendor == "postgresql":
        fetch("SET LOCAL enable_seqscan = off")
    else:
        words = "EXPLAIN QUERY PLAN"
    return "\n".join(str(row[-1]) for row in fetch(f"{words} {question.sql}", question.params))
