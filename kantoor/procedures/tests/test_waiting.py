"""What instances wait for: time, events, conditions; and what they do themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.actors.approvals import approve_request, refuse_request
from kantoor.kernel.actors.models import Approval, Grant, Role
from kantoor.kernel.actors.roles import Permitted, add_role, end_grant, grant_role
from kantoor.kernel.calendars.actions import OFFICE_WEEK, add_calendar, change_calendar
from kantoor.kernel.calendars.models import Calendar
from kantoor.kernel.errors import NotAllowed
from kantoor.procedures.actions.helping import call_off, skip_step, try_again
from kantoor.procedures.actions.standing_in import let_stand_in
from kantoor.procedures.actions.tasks import Completion, complete_task, complete_tasks
from kantoor.procedures.errors import NotYours
from kantoor.procedures.models import HeardEvent, Instance, Step, Task, Wait
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn, more

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
CHANGED = '<message id="m" name="kernel.calendar_changed"/>'
DURATION = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


def state(instance: Instance) -> str:
    """What state an instance is in by now."""
    instance.refresh_from_db()
    return instance.state


def later(monkeypatch: pytest.MonkeyPatch, **amount: int) -> None:
    """Let it be so much later from now on."""
    moment = timezone.now() + timedelta(**amount)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_a_timer_comes_when_its_time_has_passed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    timer = f'<intermediateCatchEvent id="t">{DURATION.format("P2D")}</intermediateCatchEvent>'
    office.import_as(drawn("wait", START + timer + END, "s > t > e"))
    instance = office.start("wait")
    office.let_pass()
    assert state(instance) == "running"
    later(monkeypatch, days=2, minutes=1)
    office.let_pass()
    assert state(instance) == "ended"
    step = Step.objects.get()
    assert (step.element, step.how) == ("t", "happened")
    assert 0 <= step.elapsed_s - (2 * 86_400 + 60) <= 5
    assert not Wait.objects.exists()


def test_a_late_task_goes_to_who_it_escalates_to(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = '<userTask id="u" k:role="employee" k:within="PT4H" k:clock="always" k:escalate="bookkeeper"/>'
    office.import_as(drawn("late", START + task + END, "s > u > e"))
    office.start("late")
    later(monkeypatch, hours=5)
    office.let_pass()
    found = office.task("u")
    assert found.escalated_at is not None
    assert found.whose == f"role/{Role.objects.get(code='bookkeeper').pk}"
    with pytest.raises(NotYours):
        complete_task(office.dewi, task=found.pk)
    complete_task(office.cas, task=found.pk)


def test_a_boundary_timer_ends_the_task_or_stands_beside_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        START
        + '<userTask id="u" k:role="employee"/><userTask id="warn" k:role="employee"/>'
        + f'<boundaryEvent id="near" attachedToRef="u" cancelActivity="false">{DURATION.format("PT1H")}</boundaryEvent>'
        + f'<boundaryEvent id="over" attachedToRef="u">{DURATION.format("PT3H")}</boundaryEvent>'
        + '<endEvent id="e"/><endEvent id="e2"/><endEvent id="e3"/>'
    )
    office.import_as(drawn("bounds", body, "s > u > e", "near > warn > e2", "over > e3"))
    instance = office.start("bounds")
    later(monkeypatch, hours=1, minutes=1)
    office.let_pass()
    assert {task.element for task in Task.objects.filter(state="open")} == {"u", "warn"}
    later(monkeypatch, hours=3)
    office.let_pass()
    assert {task.element for task in Task.objects.filter(state="open")} == {"warn"}
    complete_task(office.dewi, task=office.task("warn").pk)
    assert state(instance) == "ended"


def test_an_event_starts_a_procedure_and_the_matching_one_goes_on(office: Office) -> None:
    body = (
        '<startEvent id="s" k:when="event.version_id &gt; 0">'
        + more('<k:output name="calendar" value="event.calendar_id"/>')
        + '<messageEventDefinition messageRef="m"/></startEvent>'
        + '<receiveTask id="again" messageRef="m" k:match="calendar_id" k:with="calendar"/>'
        + END
    )
    office.import_as(drawn("hears", body, "s > again > e", outside=CHANGED))
    for code in ("a", "b"):
        add_calendar(office.anne, code=code, name=code)
    office.let_pass()
    for code in ("a", "b"):
        change_calendar(office.anne, calendar=code, week=OFFICE_WEEK, zone="UTC")
        office.let_pass()
    instances = list(Instance.objects.order_by("pk"))
    begun = [each for each in instances if each.requester_id == office.anne.user_id]
    assert len(begun) == len(instances) >= 2
    first = Instance.objects.filter(state="ended").order_by("pk").first()
    assert first is not None
    assert f'"calendar":{Calendar.objects.get(code="a").pk}' in first.known


def test_an_event_is_delivered_once(office: Office) -> None:
    body = (
        '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'
        '<userTask id="u" k:role="employee"/>' + END
    )
    office.import_as(drawn("once", body, "s > u > e", outside=CHANGED))
    add_calendar(office.anne, code="a", name="A")
    change_calendar(office.anne, calendar="a", week=OFFICE_WEEK, zone="UTC")
    office.let_pass()
    count = Instance.objects.count()
    office.let_pass()
    assert Instance.objects.count() == count >= 1


def test_a_condition_goes_on_when_it_is_observed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        START
        + '<intermediateCatchEvent id="seen" k:query="kernel.calendars" k:on="kernel.calendar_changed">'
        + more(
            '<k:input name="search" value="\'office\'"/>'
            '<k:output name="code" value="result.rows[0].code"/>'
        )
        + "<conditionalEventDefinition><condition>len(result.rows) == 1</condition>"
        + "</conditionalEventDefinition></intermediateCatchEvent>"
        + END
    )
    office.import_as(drawn("sees", body, "s > seen > e"), "kernel.read_parties")
    instance = office.start("sees")
    office.let_pass()
    assert state(instance) == "running"
    add_calendar(office.anne, code="c1", name="The office")
    later(monkeypatch, hours=2)
    office.let_pass()
    assert state(instance) == "ended"
    assert '"code":"c1"' in instance.known


GRANTING = (
    '<serviceTask id="give" k:action="kernel.grant_role">'
    + more('<k:input name="user" value="\'dewi\'"/><k:input name="role" value="\'sales_desk\'"/>')
    + "</serviceTask>"
)


def test_a_service_task_acts_as_the_account_of_the_procedure(office: Office) -> None:
    office.import_as(drawn("gives", START + GRANTING + END, "s > give > e"), "kernel.manage_users")
    instance = office.start("gives")
    assert state(instance) == "ended"
    assert Grant.objects.filter(user__sign_in="dewi", role__code="sales_desk").exists()


def test_what_is_refused_stands_still_and_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant_role(office.anne, user="dewi", role="sales_desk")
    office.import_as(drawn("gives", START + GRANTING + END, "s > give > e"), "kernel.manage_users")
    instance = office.start("gives")
    assert state(instance) == "stuck"
    wait = Wait.objects.get(kind="failed")
    assert "has this role already" in wait.why
    try_again(office.anne, waits=[wait.pk])
    assert state(instance) == "stuck"
    end_grant(office.anne, user="dewi", role="sales_desk")
    later(monkeypatch, minutes=6)
    office.let_pass()
    assert state(instance) == "ended"


def test_what_failed_can_be_passed_by_with_a_reason(office: Office) -> None:
    grant_role(office.anne, user="dewi", role="sales_desk")
    office.import_as(drawn("gives", START + GRANTING + END, "s > give > e"), "kernel.manage_users")
    instance = office.start("gives")
    skip_step(office.anne, wait=Wait.objects.get(kind="failed").pk, why="Dewi had it already.")
    assert state(instance) == "ended"
    assert Step.objects.filter(element="give", how="skipped").exists()


def test_an_error_event_takes_over_what_is_refused(office: Office) -> None:
    grant_role(office.anne, user="dewi", role="sales_desk")
    body = (
        START
        + GRANTING
        + '<boundaryEvent id="b" attachedToRef="give"><errorEventDefinition/></boundaryEvent>'
        + '<userTask id="look" k:role="employee"/><endEvent id="e"/><endEvent id="e2"/>'
    )
    office.import_as(drawn("gives", body, "s > give > e", "b > look > e2"), "kernel.manage_users")
    instance = office.start("gives")
    assert state(instance) == "running"
    complete_task(office.dewi, task=office.task("look").pk)
    assert state(instance) == "ended"


def test_calling_off_undoes_what_can_be_undone(office: Office) -> None:
    body = (
        START
        + GRANTING
        + '<boundaryEvent id="c" attachedToRef="give"><compensateEventDefinition/></boundaryEvent>'
        + '<serviceTask id="take" isForCompensation="true" k:action="kernel.end_grant">'
        + more(
            '<k:input name="user" value="\'dewi\'"/><k:input name="role" value="\'sales_desk\'"/>'
        )
        + '</serviceTask><association id="a" sourceRef="c" targetRef="take"/>'
        + '<userTask id="u" k:role="employee"/>'
        + END
    )
    office.import_as(drawn("undoes", body, "s > give > u > e"), "kernel.manage_users")
    instance = office.start("undoes")
    with pytest.raises(NotYours):
        call_off(office.dewi, instance=instance.number, why="No")
    assert call_off(office.bo, instance=instance.number, why="She stays where she is") == []
    assert state(instance) == "called_off"
    assert not Grant.objects.filter(
        user__sign_in="dewi", role__code="sales_desk", ended_at=None
    ).exists()
    assert not Task.objects.filter(state="open").exists()
    assert not Wait.objects.exists()


ERASING = (
    '<serviceTask id="forget" k:action="kernel.erase_user">'
    + more('<k:input name="sign_in" value="\'dewi\'"/><k:input name="why" value="requester"/>')
    + "</serviceTask>"
)


def test_what_needs_a_second_person_waits_for_one_who_did_not_ask(office: Office) -> None:
    office.import_as(drawn("forgets", START + ERASING + END, "s > forget > e"), "kernel.erase_user")
    console = console_actor(office.house.company)
    may = [Permitted("kernel.erase_user")]
    add_role(console, code="eraser", name_en="Eraser", name_nl="Wisser", permissions=may)
    for name in ("bo", "cas"):
        grant_role(console, user=name, role="eraser")
    instance = office.start("forgets")
    request = Approval.objects.get(action="kernel.erase_user")
    with pytest.raises(NotAllowed):
        approve_request(office.house.again("bo"), approval_id=request.pk)
    assert state(instance) == "running"
    approve_request(office.house.again("cas"), approval_id=request.pk)
    office.let_pass()
    assert state(instance) == "ended"


def test_a_refused_request_stands_still_with_the_reason(office: Office) -> None:
    office.import_as(drawn("forgets", START + ERASING + END, "s > forget > e"), "kernel.erase_user")
    instance = office.start("forgets")
    request = Approval.objects.get(action="kernel.erase_user")
    refuse_request(office.anne, approval_id=request.pk, remark="She works here.")
    office.let_pass()
    assert state(instance) == "stuck"
    assert Wait.objects.get(kind="failed").why == "She works here."


def test_who_stands_in_does_the_tasks_but_not_what_duties_keep_from_either(office: Office) -> None:
    body = START + '<userTask id="u" k:person="\'cas\'" k:notBy="requester"/>' + END
    office.import_as(drawn("deputy", body, "s > u > e"))
    today = timezone.now().date()
    let_stand_in(office.cas, deputy="bo", first=today, last=today + timedelta(days=1))
    let_stand_in(office.cas, deputy="dewi", first=today, last=today + timedelta(days=1))
    office.start("deputy")
    task = office.task("u")
    with pytest.raises(NotYours):
        complete_task(office.bo, task=task.pk)
    complete_task(office.dewi, task=task.pk)
    step = Step.objects.get(element="u")
    assert (step.user_id, step.deputy_for_id) == (office.dewi.user_id, office.cas.user_id)


def test_a_called_procedure_runs_within_the_caller(office: Office) -> None:
    office.import_as(
        drawn("inner", START + '<userTask id="u" k:role="employee"/>' + END, "s > u > e")
    )
    office.import_as(
        drawn("outer", START + '<callActivity id="c" calledElement="inner"/>' + END, "s > c > e")
    )
    instance = office.start("outer")
    task = Task.objects.get(state="open")
    assert task.element == "inner:u"
    complete_task(office.dewi, task=task.pk)
    assert state(instance) == "ended"


def test_something_is_done_for_each_of_a_list(office: Office) -> None:
    body = (
        '<startEvent id="s"/>'
        '<businessRuleTask id="all" k:query="kernel.calendars">'
        + more('<k:output name="names" value="[row.code for row in result.rows]"/>')
        + "</businessRuleTask>"
        '<userTask id="each" name="Look" k:role="employee">'
        + more('<k:field name="seen" kind="yes_no"/>')
        + '<multiInstanceLoopCharacteristics isSequential="false"><loopDataInputRef>names</loopDataInputRef>'
        '<inputDataItem id="i" name="code"/></multiInstanceLoopCharacteristics></userTask>' + END
    )
    for code in ("a", "b", "c"):
        add_calendar(office.anne, code=code, name=code)
    office.import_as(drawn("lists", body, "s > all > each > e"), "kernel.read_parties")
    instance = office.start("lists")
    tasks = list(Task.objects.filter(state="open"))
    assert len(tasks) == 3
    for task in tasks:
        complete_task(office.dewi, task=task.pk, values={"seen": True})
    assert state(instance) == "ended"


def test_two_things_that_come_at_once_to_one_instance_make_nothing_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def timer(name: str, hours: int) -> str:
        duration = DURATION.format(f"PT{hours}H")
        return f'<intermediateCatchEvent id="{name}">{duration}</intermediateCatchEvent>'

    body = (
        START + '<parallelGateway id="fork"/>' + timer("t1", 1) + timer("t2", 2)
        + '<userTask id="u1" k:role="employee"/><userTask id="u2" k:role="employee"/>'
        + '<parallelGateway id="join"/>' + timer("t3", 1) + END
    )  # fmt: skip
    ways = ("s > fork > t1 > u1 > join > t3 > e", "fork > t2 > u2 > join")
    office.import_as(drawn("twice", body, *ways))
    instance = office.start("twice")
    later(monkeypatch, hours=3)
    office.let_pass()
    opened = list(Task.objects.filter(state="open").order_by("element"))
    assert [task.element for task in opened] == ["u1", "u2"]
    completions = [Completion(task=task.pk) for task in opened]
    complete_tasks(office.dewi, completions=completions)
    assert Task.objects.filter(state="done").count() == 2
    assert Wait.objects.values_list("element", flat=True).get() == "t3"
    later(monkeypatch, hours=2)
    office.let_pass()
    assert state(instance) == "ended"


def test_procedures_that_set_each_other_going_come_to_an_end(office: Office) -> None:
    """Each writes a calendar, of which the event begins the next."""
    body = (
        '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'
        '<serviceTask id="write" k:action="kernel.change_calendar">'
        + more(
            '<k:input name="calendar" value="\'a\'"/><k:input name="zone" value="\'UTC\'"/>'
            '<k:input name="week.mon" value="\'09:00-12:00\'"/>'
        )
        + "</serviceTask>"
        + END
    )
    office.import_as(
        drawn("circle", body, "s > write > e", outside=CHANGED), "kernel.manage_calendars"
    )
    add_calendar(office.anne, code="a", name="A")
    change_calendar(office.anne, calendar="a", week=OFFICE_WEEK, zone="UTC")
    for _round in range(40):
        office.let_pass()
    deepest = Instance.objects.order_by("-depth").first()
    assert deepest is not None and deepest.depth == 20
    assert not HeardEvent.objects.filter(handled_at=None).exists()
