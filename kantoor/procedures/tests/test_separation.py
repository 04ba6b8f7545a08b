"""Separation of duties where people try to get round it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.actors.approvals import approve_request, refuse_request
from kantoor.kernel.actors.models import Approval
from kantoor.kernel.actors.roles import Permitted, add_role, grant_role
from kantoor.kernel.calendars.actions import add_calendar
from kantoor.kernel.errors import Conflict, NotAllowed
from kantoor.procedures.actions.helping import call_off
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.migrating import move_instances
from kantoor.procedures.actions.standing_in import let_stand_in
from kantoor.procedures.actions.tasks import Completion, claim_task, complete_task, complete_tasks
from kantoor.procedures.errors import NotYours
from kantoor.procedures.models import Instance, Step, Task
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn, more

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
ERASE = more('<k:input name="sign_in" value="\'dewi\'"/><k:input name="why" value="requester"/>')


def erasers(office: Office, *names: str) -> None:
    """Let these people erase users, which takes a second person."""
    console = console_actor(office.house.company)
    may = [Permitted("kernel.erase_user")]
    add_role(console, code="eraser", name_en="Eraser", name_nl="Wisser", permissions=may)
    for name in names:
        grant_role(console, user=name, role="eraser")


def stand_in(office: Office, principal: str, deputy: str) -> None:
    """Let somebody stand in for another from today."""
    today = timezone.now().date()
    let_stand_in(
        office.house.again(principal), deputy=deputy, first=today, last=today + timedelta(days=1)
    )


ERASED_BY_HAND = drawn(
    "byhand",
    START + f'<userTask id="u" k:role="eraser" k:action="kernel.erase_user">{ERASE}</userTask>'
    + '<userTask id="check" k:role="eraser" k:notBy="u"/>' + END,
    "s > u > check > e",
)  # fmt: skip


def test_who_did_a_step_that_a_second_person_approved_is_known_to_the_next(office: Office) -> None:
    erasers(office, "bo", "cas")
    office.import_as(ERASED_BY_HAND)
    office.start("byhand")
    complete_task(office.house.again("bo"), task=office.task("u").pk)
    approve_request(office.house.again("cas"), approval_id=Approval.objects.get().pk)
    office.let_pass()
    assert Task.objects.get(element="u").state == "done"
    assert Step.objects.get(element="u").user_id == office.bo.user_id
    with pytest.raises(NotYours):
        complete_task(office.house.again("bo"), task=office.task("check").pk)


def test_in_whose_place_a_step_was_asked_can_not_approve_it(office: Office) -> None:
    erasers(office, "bo", "cas")
    office.import_as(ERASED_BY_HAND)
    office.start("byhand")
    stand_in(office, "cas", "bo")
    task = office.task("u")
    claim_task(office.house.again("cas"), task=task.pk)
    complete_task(office.house.again("bo"), task=task.pk)
    request = Approval.objects.get()
    with pytest.raises(NotAllowed):
        approve_request(office.house.again("cas"), approval_id=request.pk)
    refuse_request(office.anne, approval_id=request.pk, remark="No")
    office.let_pass()
    task.refresh_from_db()
    assert (task.state, task.done_by_id) == ("open", None)
    complete_task(office.house.again("cas"), task=task.pk)


def test_what_a_procedure_asked_is_withdrawn_when_it_is_called_off(office: Office) -> None:
    service = f'<serviceTask id="forget" k:action="kernel.erase_user">{ERASE}</serviceTask>'
    office.import_as(drawn("forgets", START + service + END, "s > forget > e"), "kernel.erase_user")
    erasers(office, "bo")
    instance = office.start("forgets")
    request = Approval.objects.get()
    call_off(office.house.again("bo"), instance=instance.number, why="I approve it myself")
    with pytest.raises(Conflict):
        approve_request(office.house.again("bo"), approval_id=request.pk)
    request.refresh_from_db()
    assert request.state == "withdrawn"


TWO = (
    START + '<parallelGateway id="f"/><parallelGateway id="j"/>'
    '<userTask id="a" k:role="bookkeeper"/><userTask id="b" k:role="bookkeeper" {}/>' + END
)  # fmt: skip
WAYS = ("s > f > a > j > e", "f > b > j")


def test_who_did_a_step_beside_it_can_not_do_the_other(office: Office) -> None:
    office.import_as(drawn("beside", TWO.format('k:notBy="a"'), *WAYS))
    office.start("beside")
    complete_task(office.cas, task=office.task("a").pk)
    with pytest.raises(NotYours):
        complete_task(office.cas, task=office.task("b").pk)


def test_who_took_both_can_not_do_both_nor_at_once(office: Office) -> None:
    office.import_as(drawn("beside", TWO.format('k:notBy="a"'), *WAYS))
    office.start("beside")
    a, b = office.task("a"), office.task("b")
    with pytest.raises(NotYours):
        complete_tasks(office.cas, completions=[Completion(task=a.pk), Completion(task=b.pk)])
    claim_task(office.cas, task=b.pk)
    complete_task(office.cas, task=a.pk)
    with pytest.raises(NotYours):
        complete_task(office.cas, task=b.pk)
    complete_task(office.bo, task=b.pk)


def test_duties_that_a_new_version_separates_are_separated_in_what_moves(office: Office) -> None:
    office.import_as(drawn("moves", TWO.format(""), *WAYS))
    office.start("moves")
    complete_task(office.cas, task=office.task("a").pk)
    newer = drawn("moves", TWO.format('k:notBy="requester a"'), *WAYS)
    import_procedure(office.anne, content=newer, publish=True)
    move_instances(office.anne, procedure="moves", to=2)
    for person in (office.bo, office.cas):
        with pytest.raises(NotYours):
            complete_task(person, task=office.task("b").pk)


def test_a_deputy_who_takes_a_task_does_it_in_the_place_of_whose_it_was(office: Office) -> None:
    body = (
        START + '<userTask id="a" k:person="\'cas\'"/>'
        '<userTask id="b" k:role="bookkeeper" k:notBy="a"/>' + END
    )  # fmt: skip
    office.import_as(drawn("takes", body, "s > a > b > e"))
    stand_in(office, "cas", "dewi")
    office.start("takes")
    claim_task(office.dewi, task=office.task("a").pk)
    complete_task(office.dewi, task=office.task("a").pk)
    assert Step.objects.get(element="a").deputy_for_id == office.cas.user_id
    with pytest.raises(NotYours):
        complete_task(office.cas, task=office.task("b").pk)


def test_who_set_a_procedure_going_asked_for_what_its_events_set_going(office: Office) -> None:
    change = (
        '<serviceTask id="write" k:action="kernel.change_calendar">'
        + more(
            '<k:input name="calendar" value="\'a\'"/><k:input name="zone" value="\'UTC\'"/>'
            '<k:input name="week.mon" value="\'09:00-12:00\'"/>'
        )
        + "</serviceTask>"
    )
    first = START + '<userTask id="u" k:role="bookkeeper" k:notBy="requester"/>' + change + END
    office.import_as(drawn("first", first, "s > u > write > e"), "kernel.manage_calendars")
    second = (
        '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'
        '<userTask id="v" k:role="bookkeeper" k:notBy="requester"/>' + END
    )
    message = '<message id="m" name="kernel.calendar_changed"/>'
    add_calendar(office.anne, code="a", name="A")
    office.let_pass()
    office.import_as(drawn("second", second, "s > v > e", outside=message))
    office.start("first")
    complete_task(office.cas, task=office.task("u").pk)
    office.let_pass()
    begun = Instance.objects.get(procedure__key="second")
    assert begun.requester_id == office.bo.user_id
    with pytest.raises(NotYours):
        complete_task(office.bo, task=office.task("v").pk)


def test_a_deputy_of_several_acts_for_the_one_whom_duties_let(office: Office) -> None:
    body = START + '<userTask id="a" k:role="bookkeeper" k:notBy="requester"/>' + END
    office.import_as(drawn("several", body, "s > a > e"))
    stand_in(office, "bo", "dewi")
    stand_in(office, "cas", "dewi")
    office.start("several")
    complete_task(office.dewi, task=office.task("a").pk)
    assert Step.objects.get(element="a").deputy_for_id == office.cas.user_id
    assert Instance.objects.get().state == "ended"
