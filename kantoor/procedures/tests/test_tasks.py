"""Tasks of an instance: who may do them, what they ask, and how the instance goes on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.kernel.errors import InvalidInput
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.starting import start_procedure
from kantoor.procedures.actions.tasks import (
    claim_task,
    complete_task,
    hand_task_on,
    put_task_back,
)
from kantoor.procedures.errors import NotOpen, NotYours
from kantoor.procedures.models import Instance, Step, Task
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn, more

ASK = drawn(
    "ask",
    '<startEvent id="s">' + more('<k:field name="what" required="true"/>') + "</startEvent>"
    '<userTask id="judge" name="Judge" k:nameNl="Beoordeel" k:role="bookkeeper" k:notBy="requester">'
    + more('<k:field name="agreed" kind="yes_no" required="true"/>')
    + "</userTask>"
    '<exclusiveGateway id="x" default="x-no"/>'
    '<userTask id="buy" name="Buy" k:role="bookkeeper" k:notBy="requester judge"/>'
    '<endEvent id="e"/><endEvent id="no"/>',
    "s > judge > x",
    "x > buy [agreed]",
    "buy > e",
    "x > no",
)


def _ask(office: Office) -> Instance:
    import_procedure(office.anne, content=ASK, publish=True)
    number = start_procedure(office.bo, procedure="ask", values={"what": "A chair"})
    return Instance.objects.get(number=number)


def test_an_instance_runs_from_task_to_task_to_its_end(office: Office) -> None:
    instance = _ask(office)
    complete_task(office.cas, task=office.task("judge").pk, values={"agreed": True})
    buy = office.task("buy")
    with pytest.raises(NotYours):
        complete_task(office.cas, task=buy.pk)
    dirk = office.house.person("dirk", "bookkeeper")
    complete_task(dirk, task=buy.pk)
    instance.refresh_from_db()
    assert instance.state == "ended"
    assert list(Step.objects.order_by("pk").values_list("element", "how", "user__sign_in")) == [
        ("judge", "done", "cas"),
        ("buy", "done", "dirk"),
    ]


def test_who_asked_can_not_judge_not_by_handing_on_either(office: Office) -> None:
    _ask(office)
    judge = office.task("judge")
    with pytest.raises(NotYours):
        complete_task(office.bo, task=judge.pk, values={"agreed": True})
    with pytest.raises(NotYours):
        claim_task(office.bo, task=judge.pk)
    with pytest.raises(NotYours):
        hand_task_on(office.cas, task=judge.pk, user="bo")
    with pytest.raises(NotYours):
        complete_task(office.dewi, task=judge.pk, values={"agreed": True})


def test_a_task_asks_what_it_says(office: Office) -> None:
    _ask(office)
    judge = office.task("judge")
    with pytest.raises(InvalidInput):
        complete_task(office.cas, task=judge.pk, values={"agreed": "perhaps"})
    with pytest.raises(InvalidInput):
        complete_task(office.cas, task=judge.pk, values={"agreed": True, "other": 1})
    with pytest.raises(InvalidInput):
        start_procedure(office.bo, procedure="ask", values={})


def test_a_task_is_done_once(office: Office) -> None:
    _ask(office)
    judge = office.task("judge")
    complete_task(office.cas, task=judge.pk, values={"agreed": False})
    with pytest.raises(NotOpen):
        complete_task(office.cas, task=judge.pk, values={"agreed": True})
    assert Instance.objects.get().state == "ended"
    assert not Task.objects.filter(state="open").exists()


def test_a_task_is_taken_and_put_back(office: Office) -> None:
    _ask(office)
    judge = office.task("judge")
    claim_task(office.cas, task=judge.pk)
    dirk = office.house.person("dirk", "bookkeeper")
    with pytest.raises(NotYours):
        complete_task(dirk, task=judge.pk, values={"agreed": True})
    put_task_back(office.cas, task=judge.pk)
    complete_task(dirk, task=judge.pk, values={"agreed": True})
    assert office.task("buy").title == "Buy"


def test_a_step_takes_few_statements(office: Office) -> None:
    letter = drawn(
        "letter",
        '<startEvent id="s"/><userTask id="write" k:role="bookkeeper"/>'
        '<userTask id="check" k:role="bookkeeper"/><endEvent id="e"/>',
        "s > write > check > e",
    )
    import_procedure(office.anne, content=letter, publish=True)
    start_procedure(office.bo, procedure="letter")
    task = office.task("write").pk
    with CaptureQueriesContext(connection) as asked:
        complete_task(office.bo, task=task)
    # Six that lock and read, two changed, identifiers, two written, two read back, the head and
    # three of the record; and the test's own savepoint.
    inner = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
    assert len(inner) == 6 + 2 + 1 + 2 + 2 + 1 + 3, inner
    assert office.task("check").title == "check"
