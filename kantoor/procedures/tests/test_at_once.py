"""Several who move one instance at the same moment: nothing is done twice, nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.calendars.actions import OFFICE_WEEK, add_calendar, change_calendar
from kantoor.procedures.actions.delivering import deliver_events
from kantoor.procedures.actions.going_on import go_on
from kantoor.procedures.actions.helping import call_off
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.migrating import move_instances
from kantoor.procedures.actions.tasks import Completion, claim_task, complete_task, complete_tasks
from kantoor.procedures.models import HeardEvent, Instance, Step, Task, Wait
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.conftest import company as company
from kantoor.procedures.tests.drawn import drawn
from kantoor.procedures.tests.test_waiting import CHANGED, DURATION, END, START
from tests.at_once import at_once, outcomes
from tests.committed import committed as committed

TIMED = (
    START + '<userTask id="u" k:role="employee"/><userTask id="v" k:role="employee"/>'
    f'<boundaryEvent id="t" attachedToRef="u">{DURATION.format("PT1H")}</boundaryEvent>'
    + END + '<endEvent id="e2"/>'
)  # fmt: skip
WAYS = ("s > u > v > e", "t > e2")


@pytest.fixture
def office(committed: None) -> Office:
    """A company whose commits are real."""
    return company()


def settled(office: Office) -> Instance:
    """The instance, once nothing is left of it that should not be there."""
    instance = Instance.objects.get()
    assert not Wait.objects.exclude(instance__state="running").exists()
    if instance.state != "running":
        assert not Task.objects.filter(state="open").exists()
    return instance


def timer(office: Office) -> Callable[[], Any]:
    """Let the timer come."""
    wait = Wait.objects.get(kind="timer").pk
    return lambda: go_on(console_actor(office.house.company), waits=[wait])


def test_two_complete_a_task_once(office: Office) -> None:
    office.import_as(drawn("timed", TIMED, *WAYS))
    office.start("timed")
    task = office.task("u").pk
    told = at_once(
        *(
            lambda who=who: complete_task(who, task=task)
            for who in (office.bo, office.cas, office.dewi)
        )
    )
    assert outcomes(told) == ["NotOpen", "NotOpen", "done"]
    assert Step.objects.filter(element="u").count() == 1
    assert office.task("v").state == "open"


def test_a_task_and_its_timer_at_once_are_one_of_both(office: Office) -> None:
    office.import_as(drawn("timed", TIMED, *WAYS))
    office.start("timed")
    task, come = office.task("u").pk, timer(office)
    told = at_once(lambda: complete_task(office.dewi, task=task), come)
    assert set(outcomes(told)) <= {"NotOpen", "done"}
    done = list(Step.objects.filter(how__in=("done", "happened")).values_list("element", flat=True))
    assert sorted(done) in (["t"], ["u"])
    assert settled(office).state == ("ended" if done == ["t"] else "running")


def test_a_task_and_calling_off_at_once(office: Office) -> None:
    office.import_as(drawn("timed", TIMED, *WAYS))
    instance = office.start("timed")
    task = office.task("u").pk
    told = at_once(
        lambda: complete_task(office.dewi, task=task),
        lambda: call_off(office.bo, instance=instance.number, why="No"),
    )
    assert set(outcomes(told)) <= {"NotOpen", "done"}
    assert settled(office).state == "called_off"


def test_a_task_and_a_move_at_once(office: Office) -> None:
    office.import_as(drawn("timed", TIMED, *WAYS))
    office.start("timed")
    office.start("timed")
    first, second = Task.objects.filter(element="u").order_by("pk").values_list("pk", flat=True)
    import_procedure(
        office.anne, content=drawn("timed", TIMED + '<endEvent id="e3"/>', *WAYS), publish=True
    )
    told = at_once(
        lambda: complete_tasks(
            office.dewi, completions=[Completion(task=second), Completion(task=first)]
        ),
        lambda: move_instances(office.anne, procedure="timed", to=2),
        lambda: complete_task(office.cas, task=first),
    )
    assert set(outcomes(told)) <= {"NotOpen", "done"}
    assert set(Instance.objects.values_list("version__number", flat=True)) == {2}
    for task in Task.objects.filter(state="open"):
        if task.element == "u":
            complete_task(office.dewi, task=task.pk)
    for task in Task.objects.filter(state="open", element="v"):
        complete_task(office.dewi, task=task.pk)
    assert set(Instance.objects.values_list("state", flat=True)) == {"ended"}


def test_an_event_that_two_workers_have_is_delivered_once(office: Office) -> None:
    body = (
        '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'
        '<userTask id="u" k:role="employee"/>' + END
    )  # fmt: skip
    waits = START + '<receiveTask id="r" messageRef="m"/>' + END
    office.import_as(drawn("waits", waits, "s > r > e", outside=CHANGED))
    for _number in range(3):
        office.start("waits")
    add_calendar(office.anne, code="a", name="A")
    HeardEvent.objects.filter(handled_at=None)
    office.import_as(drawn("begins", body, "s > u > e", outside=CHANGED))
    change_calendar(office.anne, calendar="a", week=OFFICE_WEEK, zone="UTC")
    heard = list(HeardEvent.objects.filter(handled_at=None).values_list("pk", flat=True))
    assert heard
    console = console_actor(office.house.company)
    told = at_once(*(lambda: deliver_events(console, events=heard) for _worker in range(3)))
    assert outcomes(told) == ["done"] * 3
    assert sorted(told) == [0, 0, len(heard)]
    assert set(Instance.objects.filter(procedure__key="waits").values_list("state", flat=True)) == {
        "ended"
    }
    assert Instance.objects.filter(procedure__key="begins").count() == len(heard)


def test_instances_taken_in_other_orders_at_once_never_wait_for_each_other(office: Office) -> None:
    office.import_as(drawn("timed", TIMED, *WAYS))
    for _number in range(6):
        office.start("timed")
    tasks = list(Task.objects.filter(element="u").order_by("pk").values_list("pk", flat=True))
    evens, odds = tasks[::2], tasks[1::2]
    forth = [Completion(task=each) for each in evens]
    back = [Completion(task=each) for each in reversed(odds)]
    told = at_once(
        lambda: complete_tasks(office.dewi, completions=forth),
        lambda: complete_tasks(office.cas, completions=back),
        lambda: claim_task(office.bo, task=tasks[0]),
        lambda: claim_task(office.bo, task=tasks[-1]),
    )
    assert set(outcomes(told)) <= {"NotOpen", "NotYours", "done"}
    assert Step.objects.filter(element="u").count() in (0, 3, 6), "each has all of its own, or none"
