"""What goes wrong in one instance: it stands still there and says why, and the others go on."""

from typing import Any

import pytest

from kantoor.kernel.actors.models import Grant
from kantoor.kernel.calendars.actions import OFFICE_WEEK, add_calendar, change_calendar
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed
from kantoor.kernel.expressions import marked, unmarked
from kantoor.kernel.inboxes import inbox_counts
from kantoor.procedures import hearing
from kantoor.procedures.actions import performing
from kantoor.procedures.actions.helping import skip_step, try_again
from kantoor.procedures.actions.starting_by_events import begin_after_all, leave_unbegun
from kantoor.procedures.actions.tasks import complete_task
from kantoor.procedures.errors import NotOpen, UnknownProcedure
from kantoor.procedures.models import HeardEvent, Instance, NotBegun, Task, Wait
from kantoor.procedures.queries.unbegun import unbegun
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn, more
from kantoor.procedures.tests.test_waiting import (
    CHANGED,
    DURATION,
    END,
    GRANTING,
    START,
    later,
    state,
)


class Worker:
    """The work of a job that nobody looks at."""

    def progress(self, count: int) -> None:
        """Nobody looks."""


READS = "kernel.read_parties"
MUCH = (
    '<businessRuleTask id="all" k:query="kernel.calendars">'
    + more(
        "".join(
            f'<k:output name="{name}" value="[{" + ".join(["row.name"] * 26)} for row in result.rows]"/>'
            for name in ("much", "more", "most")
        )
    )
    + "</businessRuleTask>"
)


def calendars(office: Office) -> None:
    """So many that a list of them is more than an instance remembers."""
    for number in range(30):
        add_calendar(office.anne, code=f"c{number}", name="x" * 100)


def work() -> None:
    """Let the worker do what is due and deliver what was heard."""
    hearing.deliver_heard.function(Worker())  # type: ignore[arg-type]
    hearing.go_on_when_due.function(Worker())  # type: ignore[arg-type]


def test_what_was_done_is_undone_when_what_came_of_it_can_not_be_kept(office: Office) -> None:
    wrong = GRANTING.replace("</extensionElements>", '<k:output name="x" value="result.nothing"/></extensionElements>')  # fmt: skip
    office.import_as(drawn("gives", START + wrong + END, "s > give > e"), "kernel.manage_users")
    instance = office.start("gives")
    assert state(instance) == "stuck"
    assert not Grant.objects.filter(user__sign_in="dewi", role__code="sales_desk").exists()


def test_a_timer_that_can_not_be_set_says_why_and_is_set_again(office: Office) -> None:
    start = '<startEvent id="s">' + more('<k:field name="moment"/>') + "</startEvent>"
    timer = (
        '<intermediateCatchEvent id="t"><timerEventDefinition><timeDate>moment</timeDate>'
        "</timerEventDefinition></intermediateCatchEvent>"
    )
    office.import_as(drawn("sets", start + timer + END, "s > t > e"))
    instance = office.start("sets", moment="perhaps")
    assert state(instance) == "stuck"
    wait = Wait.objects.get(kind="failed")
    assert "perhaps" in wait.why
    try_again(office.anne, waits=[wait.pk])
    assert state(instance) == "stuck"
    skip_step(office.anne, wait=Wait.objects.get(kind="failed").pk, why="It is time.")
    assert state(instance) == "ended"


def test_a_timer_whose_outputs_fail_stops_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    timer = f'<intermediateCatchEvent id="t">{DURATION.format("PT1H")}</intermediateCatchEvent>'
    calendars(office)
    office.import_as(drawn("bad", START + timer + MUCH + END, "s > t > all > e"), READS)
    office.import_as(drawn("good", START + timer + END, "s > t > e"))
    bad, good = office.start("bad"), office.start("good")
    later(monkeypatch, hours=2)
    work()
    assert (state(bad), state(good)) == ("stuck", "ended")
    assert "remembers at most" in Wait.objects.get(instance=bad).why
    for _day in range(4):
        later(monkeypatch, days=1)
        work()
    assert Wait.objects.get(instance=bad).due_at is None


def test_our_own_mistake_in_a_step_stands_still_and_is_in_the_log(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: Any, **_said: Any) -> Any:
        raise AssertionError("ours")

    body = START + '<userTask id="u" k:role="employee"/>' + GRANTING + END
    office.import_as(drawn("breaks", body, "s > u > give > e"), "kernel.manage_users")
    instance = office.start("breaks")
    monkeypatch.setattr(performing, "act", broken)
    complete_task(office.dewi, task=office.task("u").pk)
    assert state(instance) == "stuck"
    assert "log" in Wait.objects.get(kind="failed").why
    assert "ours" in caplog.text


def test_an_event_that_one_can_not_take_reaches_the_others_and_is_put_aside(office: Office) -> None:
    def hears(key: str, output: str) -> str:
        body = (
            START
            + '<receiveTask id="r" messageRef="m">'
            + more(f'<k:output name="x" value="{output}"/>')
            + "</receiveTask>"
            + END
        )
        return drawn(key, body, "s > r > e", outside=CHANGED)

    office.import_as(hears("bad", "event.calendar_id.none"))
    office.import_as(hears("good", "event.calendar_id"))
    bad, good = office.start("bad"), office.start("good")
    add_calendar(office.anne, code="a", name="A")
    change_calendar(office.anne, calendar="a", week=OFFICE_WEEK, zone="UTC")
    work()
    assert (state(bad), state(good)) == ("stuck", "ended")
    assert "none" in Wait.objects.get(instance=bad).why
    assert not HeardEvent.objects.filter(handled_at=None).exists()


def test_an_instance_that_can_not_be_read_stops_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    timer = f'<intermediateCatchEvent id="t">{DURATION.format("PT1H")}</intermediateCatchEvent>'
    office.import_as(drawn("wait", START + timer + END, "s > t > e"))
    broken, whole = office.start("wait"), office.start("wait")
    from django.db.models import QuerySet

    QuerySet(Instance).filter(pk=broken.pk).update(tokens=b"torn")
    later(monkeypatch, hours=2)
    work()
    assert (state(broken), state(whole)) == ("stuck", "ended")


@pytest.fixture
def missed(office: Office) -> NotBegun:
    """A procedure that could not begin when a calendar was changed."""
    begins = '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'
    body = (
        begins + '<parallelGateway id="f"/><userTask id="u" k:role="employee"/>'
        + MUCH + END + '<endEvent id="e2"/>'
    )  # fmt: skip
    ways = ("s > f > u > e", "f > all > e2")
    calendars(office)
    office.import_as(drawn("much", body, *ways, outside=CHANGED), READS)
    change_calendar(office.anne, calendar="c1", week=OFFICE_WEEK, zone="UTC")
    work()
    return NotBegun.objects.get()


def test_a_procedure_that_can_not_begin_by_an_event_leaves_its_reason_alone_behind(
    office: Office, missed: NotBegun
) -> None:
    assert not HeardEvent.objects.filter(handled_at=None).exists()
    assert Task.objects.count() == Instance.objects.count()
    assert "remembers at most" in missed.why
    assert [row.procedure for row in unbegun(office.anne).rows] == [missed.procedure.name]
    assert "procedures.unbegun" in {each.kind for each in inbox_counts(office.anne)}
    assert "procedures.unbegun" not in {each.kind for each in inbox_counts(office.dewi)}


def test_what_could_not_begin_begins_after_all_once_it_can(
    office: Office, missed: NotBegun
) -> None:
    before = Instance.objects.count()
    with pytest.raises(DomainError, match="remembers at most"):
        begin_after_all(office.anne, missed=[missed.pk])
    assert Instance.objects.count() == before
    begins = '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'
    body = begins + '<userTask id="u" k:role="employee"/>' + END
    office.import_as(drawn("much", body, "s > u > e", outside=CHANGED))
    begin_after_all(office.anne, missed=[missed.pk])
    assert Instance.objects.filter(procedure=missed.procedure).count() == 1
    assert unbegun(office.anne).rows == []
    assert [row.settled for row in unbegun(office.anne, settled=True).rows] == [True]
    with pytest.raises(NotOpen):
        begin_after_all(office.anne, missed=[missed.pk])


def test_what_could_not_begin_is_let_be_once(office: Office, missed: NotBegun) -> None:
    with pytest.raises(NotAllowed):
        leave_unbegun(office.dewi, missed=[missed.pk])
    leave_unbegun(office.anne, missed=[missed.pk])
    with pytest.raises(NotOpen):
        leave_unbegun(office.anne, missed=[missed.pk])
    with pytest.raises(UnknownProcedure):
        leave_unbegun(office.anne, missed=[10**9])
    assert not Instance.objects.filter(procedure=missed.procedure).exists()


@pytest.mark.parametrize(
    "value", [{"$day": "x"}, {"$decimal": "y"}, {"$$day": "x"}, {"a": {"$moment": "2"}}]
)
def test_values_that_look_like_marks_come_back_as_they_were(value: dict[str, Any]) -> None:
    assert unmarked(marked(value)) == value


def test_a_choice_that_is_no_text_is_refused(office: Office) -> None:
    body = '<startEvent id="s">' + more('<k:field name="c" kind="choice" choices="a=A|b=B"/>') + "</startEvent>"  # fmt: skip
    office.import_as(drawn("chooses", body + END, "s > e"))
    for strange in (["a"], {"a": 1}):
        with pytest.raises(InvalidInput):
            office.start("chooses", c=strange)
