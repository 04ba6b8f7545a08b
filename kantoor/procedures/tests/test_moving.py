"""Running instances go on by another version: a dry run first, then all that can at once."""

from collections import Counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.procedures.actions.importing import import_procedure, publish_version
from kantoor.procedures.actions.migrating import move_instances
from kantoor.procedures.actions.starting import start_procedures
from kantoor.procedures.actions.tasks import Completion, claim_task, complete_task, complete_tasks
from kantoor.procedures.models import Instance, Task, Wait
from kantoor.procedures.queries.moves import Decision, MovePlan, move_plan
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn

S, E = '<startEvent id="s"/>', '<endEvent id="e"/>'
DURATION = "<timerEventDefinition><timeDuration>P{}D</timeDuration></timerEventDefinition>"


def work(*names: str) -> str:
    """User tasks of everybody."""
    return "".join(f'<userTask id="{name}" k:role="employee"/>' for name in names)


FIRST = drawn("letter", S + work("write", "check", "stamp") + E, "s > write > check > stamp > e")
"""Write, check, stamp."""
SECOND = drawn(
    "letter",
    S + work("write", "check", "seal", "post")
    + f'<boundaryEvent id="slow" attachedToRef="check" cancelActivity="false">{DURATION.format(2)}</boundaryEvent>'
    + E + '<endEvent id="e2"/>',
    "s > write > check > seal > post > e",
    "slow > e2",
)  # fmt: skip
"""The stamp is gone: sealed and posted instead, and checking has a warning."""
THIRD = drawn(
    "letter",
    S + work("write", "check", "seal", "post", "file") + '<parallelGateway id="g"/><parallelGateway id="j"/>' + E,
    "s > write > check > g > seal > j > file > e",
    "g > post > j",
)  # fmt: skip
"""Sealing and posting at the same time, and a copy is filed."""


def standing() -> Counter[str]:
    """How many open tasks there are at each element."""
    return Counter(Task.objects.filter(state="open").values_list("element", flat=True))


def complete_all(office: Office, element: str, count: int) -> None:
    """Complete so many tasks of an element."""
    some = Task.objects.filter(element=element, state="open").order_by("pk")[:count]
    complete_tasks(office.dewi, completions=[Completion(task=task.pk) for task in some])


def begin(office: Office, count: int) -> None:
    """Instances of the first version, a third at each of its tasks."""
    import_procedure(office.anne, content=FIRST, publish=True)
    start_procedures(office.bo, procedure="letter", several=[{}] * (3 * count))
    complete_all(office, "write", 2 * count)
    complete_all(office, "check", count)


def plan(office: Office, to: int, *decisions: Decision) -> MovePlan:
    """The dry run."""
    told = [f"{each.element}={each.to}" for each in decisions]
    return move_plan(office.anne, procedure="letter", to=to, decisions=told)


def test_a_thousand_instances_move_over_three_versions(office: Office) -> None:
    begin(office, 334)
    assert standing() == {"write": 334, "check": 334, "stamp": 334}
    import_procedure(office.anne, content=SECOND, publish=True)
    before = plan(office, 2)
    assert (before.count, before.moving) == (1002, 668)
    assert [(u.version, u.element, u.count) for u in before.undecided] == [(1, "stamp", 334)]
    assert standing() == {"write": 334, "check": 334, "stamp": 334}

    outcome = move_instances(office.anne, procedure="letter", to=2)
    assert (outcome.moved, len(outcome.left)) == (668, 334)
    assert Wait.objects.filter(kind="timer", element="slow").count() == 334
    sealed = Decision(element="stamp", to="seal")
    assert plan(office, 2, sealed).moving == 334
    outcome = move_instances(office.anne, procedure="letter", to=2, decisions=[sealed])
    assert (outcome.moved, outcome.left) == (334, [])
    assert standing() == {"write": 334, "check": 334, "seal": 334}

    import_procedure(office.anne, content=THIRD, publish=True)
    # Where one branch is sealed and nobody would post in the other, a join would wait for ever.
    after = plan(office, 3)
    assert (after.count, after.moving) == (1002, 668)
    assert [(u.version, u.element, u.count) for u in after.undecided] == [(2, "seal", 334)]
    again = Decision(element="seal", to="check")
    assert plan(office, 3, again).moving == 1002
    outcome = move_instances(office.anne, procedure="letter", to=3, decisions=[again])
    assert (outcome.moved, outcome.left) == (1002, [])
    assert standing() == {"write": 334, "check": 668}
    assert not Wait.objects.filter(kind="timer").exists()
    assert not Instance.objects.exclude(version__number=3).exists()

    for element in ("write", "check", "seal", "post", "file"):
        complete_all(office, element, 2_000)
    assert set(Instance.objects.values_list("state", flat=True)) == {"ended"}


def test_what_somebody_has_stays_theirs(office: Office) -> None:
    begin(office, 1)
    task = Task.objects.get(element="write", state="open")
    claim_task(office.dewi, task=task.pk)
    import_procedure(office.anne, content=SECOND, publish=True)
    move_instances(office.anne, procedure="letter", to=2)
    task.refresh_from_db()
    assert (task.state, task.whose) == ("open", f"user/{office.dewi.user_id}")
    complete_task(office.dewi, task=task.pk)


def test_back_to_the_version_before(office: Office) -> None:
    begin(office, 1)
    import_procedure(office.anne, content=SECOND, publish=True)
    move_instances(office.anne, procedure="letter", to=2)
    publish_version(office.anne, procedure="letter", version=1)
    assert move_instances(office.anne, procedure="letter", to=1).moved == 2
    assert standing() == {"write": 1, "check": 1, "stamp": 1}


def test_statements_do_not_grow_with_what_is_moved(office: Office) -> None:
    counts = []
    import_procedure(office.anne, content=FIRST, publish=True)
    import_procedure(office.anne, content=SECOND, publish=True)
    for many in (3, 30):
        publish_version(office.anne, procedure="letter", version=1)
        start_procedures(office.bo, procedure="letter", several=[{}] * many)
        publish_version(office.anne, procedure="letter", version=2)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert move_instances(office.anne, procedure="letter", to=2).moved == many
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 2
