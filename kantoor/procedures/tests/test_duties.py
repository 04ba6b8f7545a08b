"""Recurring duties: each comes once, is done with evidence or skipped, and goes on when it is late."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.inboxes import inbox
from kantoor.procedures import recurring
from kantoor.procedures.actions.checklist_templates import keep_checklist
from kantoor.procedures.actions.checklists import close_checklist, tick_item
from kantoor.procedures.actions.duties import (
    do_duty,
    end_duties_by_procedure,
    hand_duty_on,
    let_duties_come,
    pass_late_duties_on,
    skip_duty,
)
from kantoor.procedures.actions.duty_drafts import keep_duty, retire_duties
from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.actions.tasks import complete_task
from kantoor.procedures.drafts import ChecklistDraft, DutyDraft, ItemDraft
from kantoor.procedures.engine.rhythms import WEEKDAYS
from kantoor.procedures.errors import ChecklistOpen, NotOpen, NotYours, UnknownProcedure
from kantoor.procedures.models import ChecklistRun, Duty, DutyTime, Instance
from kantoor.procedures.queries.duties import coming_days, duties, duty_time, duty_times
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn
from tests.complete import write_rows_for_test

TODAY = timezone.localdate()


def _draft(**changed: object) -> DutyDraft:
    plain = {
        "code": "drill", "name": "Fire drill", "name_nl": "Ontruiming", "role": "bookkeeper",
        "unit": "week", "starts_on": TODAY, "weekday": WEEKDAYS[TODAY.weekday()], "lead_days": 0,
    }  # fmt: skip
    return DutyDraft(**{**plain, **changed})  # type: ignore[arg-type]


def _written(office: Office, work: Callable[[], object]) -> None:
    write_rows_for_test(office.anne, work=work)


def _late(office: Office) -> None:
    """Let every time of a duty have been due long ago."""
    _written(office, lambda: DutyTime.objects.update(due_at=datetime(2001, 1, 1, tzinfo=UTC)))


def test_a_duty_comes_once_and_is_done_with_evidence(office: Office) -> None:
    keep_duty(office.anne, draft=_draft())
    assert let_duties_come(office.anne) == 1
    assert let_duties_come(office.anne) == 0
    (row,) = duty_times(office.bo).rows
    assert (row.due_on, row.state, row.for_me, row.late) == (TODAY, "open", True, False)
    assert [each.kind for each in inbox(office.bo).rows] == ["procedures.duties"]
    with pytest.raises(UnknownProcedure):
        do_duty(office.dewi, time=row.id, evidence="Me")
    with pytest.raises(InvalidInput):
        do_duty(office.bo, time=row.id, evidence=" ")
    do_duty(office.bo, time=row.id, evidence="Everybody out in four minutes.")
    shown = duty_time(office.bo, time=row.id)
    assert (shown.state, shown.ended_by, shown.evidence) == ("done", "Bo", "Everybody out in four minutes.")  # fmt: skip
    with pytest.raises(NotOpen):
        do_duty(office.bo, time=row.id, evidence="Again")


def test_it_appears_so_many_days_before_it_is_due(office: Office) -> None:
    keep_duty(office.anne, draft=_draft(starts_on=TODAY + timedelta(days=3), lead_days=2,
                                        weekday=WEEKDAYS[(TODAY.weekday() + 3) % 7]))  # fmt: skip
    assert Duty.objects.get().appears_on == TODAY + timedelta(days=1)
    assert let_duties_come(office.anne) == 0
    keep_duty(office.anne, draft=_draft(starts_on=TODAY + timedelta(days=3), lead_days=3,
                                        weekday=WEEKDAYS[(TODAY.weekday() + 3) % 7]))  # fmt: skip
    assert let_duties_come(office.anne) == 1
    assert DutyTime.objects.get().due_on == TODAY + timedelta(days=3)


def test_what_came_while_nobody_ran_it_comes_each_time_once(office: Office) -> None:
    keep_duty(office.anne, draft=_draft(starts_on=TODAY - timedelta(weeks=3)))
    while let_duties_come(office.anne):
        pass
    days = [TODAY - timedelta(weeks=number) for number in (3, 2, 1, 0)]
    assert list(DutyTime.objects.order_by("on").values_list("on", flat=True)) == days
    duty = Duty.objects.get()

    def again() -> None:
        DutyTime.objects.create(
            company_id=duty.company_id, duty=duty, on=TODAY, due_on=TODAY,
            due_at=timezone.now(), made_at=timezone.now(),
        )  # fmt: skip

    with pytest.raises(IntegrityError):
        _written(office, again)


def test_what_is_broken_off_is_made_anew_and_not_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kantoor.procedures.actions import duties as acting

    keep_duty(office.anne, draft=_draft())

    def broken(*_given: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(acting, "set_next", broken)
        with pytest.raises(RuntimeError):
            let_duties_come(office.anne)
    assert DutyTime.objects.count() == 0
    assert let_duties_come(office.anne) == 1
    assert let_duties_come(office.anne) == 0


def test_skipping_says_why_and_handing_on_gives_it_to_another(office: Office) -> None:
    keep_duty(office.anne, draft=_draft(person="bo", role=""))
    let_duties_come(office.anne)
    time = DutyTime.objects.get().pk
    with pytest.raises(UnknownProcedure):
        skip_duty(office.cas, time=time, why="No")
    hand_duty_on(office.bo, time=time, user="cas")
    with pytest.raises(NotYours):
        do_duty(office.bo, time=time, evidence="Mine no more")
    with pytest.raises(InvalidInput):
        skip_duty(office.cas, time=time, why="")
    skip_duty(office.cas, time=time, why="The building is closed.")
    assert DutyTime.objects.get().state == "skipped"


def test_a_late_duty_goes_to_who_is_to_see_to_it_once(office: Office) -> None:
    keep_duty(office.anne, draft=_draft(escalate="controller"))
    let_duties_come(office.anne)
    assert pass_late_duties_on(office.anne) == 0
    _late(office)
    assert [row.late for row in duty_times(office.bo, late=True).rows] == [True]
    assert pass_late_duties_on(office.anne) == 1
    assert pass_late_duties_on(office.anne) == 0
    kit = office.house.person("kit", "controller")
    (row,) = duty_times(kit, state="open").rows
    assert (row.escalated, row.for_me) == (True, True)


def test_the_jobs_of_the_schedule_do_this_by_themselves(office: Office) -> None:
    from kantoor.kernel.jobs.work import Work

    class Quiet:
        def progress(self, *_said: object) -> None: ...

    work: Work = Quiet()  # type: ignore[assignment]
    keep_duty(office.anne, draft=_draft(escalate="controller"))
    assert recurring.let_duties_come_when_due.function(work) == 1
    assert recurring.let_duties_come_when_due.function(work) == 0
    _late(office)
    assert recurring.pass_late_duties_on_when_due.function(work) == 1
    assert recurring.end_duties_when_ended.function(work) == 0


LIST = ChecklistDraft(code="list", name="List", inputs="on")
PLAIN = DutyDraft(code="close", name="Close", role="bookkeeper", checklist="list",
                  unit="month", day=TODAY.day, starts_on=TODAY, lead_days=0, escalate="controller")  # fmt: skip


def test_a_duty_that_is_a_checklist_is_done_when_that_is_closed(office: Office) -> None:
    keep_checklist(office.anne, draft=LIST, items=[ItemDraft(title="Count the cash")])
    keep_duty(office.anne, draft=PLAIN)
    let_duties_come(office.anne)
    time, run = DutyTime.objects.get(), ChecklistRun.objects.get()
    assert run.about == f"procedures.duty_time/{time.pk}"
    assert [each.kind for each in inbox(office.bo).rows] == ["procedures.checklists"]
    with pytest.raises(ChecklistOpen):
        do_duty(office.bo, time=time.pk, evidence="Done")
    tick_item(office.bo, run=run.pk, item=1, note="12.50")
    close_checklist(office.bo, run=run.pk)
    time.refresh_from_db()
    assert (time.state, time.ended_by_id) == ("done", office.bo.user_id)


def test_skipping_ends_the_checklist_and_late_it_goes_on_with_it(office: Office) -> None:
    keep_checklist(office.anne, draft=LIST, items=[ItemDraft(title="Count the cash")])
    keep_duty(office.anne, draft=PLAIN)
    let_duties_come(office.anne)
    _late(office)
    assert pass_late_duties_on(office.anne) == 1
    kit = office.house.person("kit", "controller")
    assert [each.kind for each in inbox(kit).rows] == ["procedures.checklists"]
    skip_duty(kit, time=DutyTime.objects.get().pk, why="Nothing happened this month.")
    assert not ChecklistRun.objects.get().is_open


def test_a_duty_whose_checklist_can_not_begin_comes_as_a_task_that_says_why(office: Office) -> None:
    observed = ItemDraft(title="Closed", query="finance.month_standing", given="on=on", holds="result.closed")  # fmt: skip
    keep_checklist(office.anne, draft=LIST, items=[observed])
    keep_duty(office.anne, draft=PLAIN)
    assert let_duties_come(office.anne) == 1
    (row,) = duty_times(office.bo).rows
    assert row.run is None
    assert "finance.read_ledger" in row.evidence
    assert ChecklistRun.objects.count() == 0


TIDY = drawn(
    "tidy", '<startEvent id="s"/><userTask id="sweep" name="Sweep" k:role="bookkeeper"/>'
    '<endEvent id="e"/>', "s > sweep > e",
)  # fmt: skip


def test_a_duty_may_start_a_procedure_and_is_done_when_that_has_ended(office: Office) -> None:
    import_procedure(office.anne, content=TIDY, publish=True)
    keep_duty(office.anne, draft=_draft(procedure="tidy"))
    let_duties_come(office.anne)
    time = DutyTime.objects.get()
    assert time.instance_id == Instance.objects.get().pk
    with pytest.raises(NotOpen):
        do_duty(office.anne, time=time.pk, evidence="Done")
    assert end_duties_by_procedure(office.anne) == 0
    complete_task(office.bo, task=office.task("sweep").pk)
    assert end_duties_by_procedure(office.anne) == 1
    time.refresh_from_db()
    assert time.state == "done"


def test_the_next_five_days_are_told(office: Office) -> None:
    draft = _draft(unit="month", which="last_working", starts_on=date(2030, 1, 1))
    keep_duty(office.anne, draft=draft)
    (row,) = duties(office.anne)
    days = ["2030-01-31", "2030-02-28", "2030-03-29", "2030-04-30", "2030-05-31"]
    assert [each.isoformat() for each in row.following] == days
    assert coming_days(office.anne, draft=draft) == row.following
    assert row.draft == draft


def test_a_duty_comes_no_more_when_it_was_retired(office: Office) -> None:
    keep_duty(office.anne, draft=_draft())
    retire_duties(office.anne, duties=["drill"])
    assert let_duties_come(office.anne) == 0
    assert [row.code for row in duties(office.anne, retired=True)] == ["drill"]
    with pytest.raises(NotFound):
        retire_duties(office.anne, duties=["tea"])
    with pytest.raises(NotAllowed):
        keep_duty(office.bo, draft=_draft())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "Fire drill"}, "draft.code"),
        ({"name": ""}, "draft.name"),
        ({"every": 0}, "draft.every"),
        ({"day": 32}, "draft.day"),
        ({"month": 13}, "draft.month"),
        ({"lead_days": -1}, "draft.lead_days"),
        ({"which": "last_working"}, "draft.which"),
        ({"ends_on": date(2000, 1, 1)}, "draft.ends_on"),
        ({"starts_on": date(1, 1, 1)}, "draft.starts_on"),
        ({"starts_on": date(2030, 1, 1), "ends_on": date(2030, 1, 1), "weekday": "monday"}, "draft.ends_on"),
        ({"role": ""}, "role"),
        ({"person": "nobody", "role": ""}, "person"),
        ({"checklist": "no"}, "draft.checklist"),
        ({"procedure": "no"}, "draft.procedure"),
        ({"checklist": "a", "procedure": "b"}, "draft.procedure"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_duty_is_said_at_its_field(
    office: Office, changed: dict[str, object], field: str
) -> None:
    with pytest.raises((InvalidInput, NotFound)) as refused:
        keep_duty(office.anne, draft=_draft(**changed))
    assert refused.value.place.field == field
    assert Duty.objects.count() == 0
