"""Cases: opened, handed on, waiting, solved, reopened and closed."""

import pytest

from kantoor.departments.ict.actions.cases.assigning import (
    assign_case,
    assign_cases,
    change_priorities,
    change_priority,
    take_case,
    take_cases,
)
from kantoor.departments.ict.actions.cases.desk import join_queue, leave_queue
from kantoor.departments.ict.actions.cases.moving import (
    await_case,
    await_cases,
    close_case,
    close_cases,
    reopen_case,
    reopen_cases,
    resolve_case,
    resolve_cases,
    resume_case,
    resume_cases,
)
from kantoor.departments.ict.actions.cases.noting import add_note, add_notes
from kantoor.departments.ict.actions.cases.opening import open_cases
from kantoor.departments.ict.drafts import CaseDraft, NoteDraft
from kantoor.departments.ict.errors import (
    KnownAlready,
    UnknownCase,
    UnknownPerson,
    UnknownQueue,
    WrongState,
)
from kantoor.departments.ict.events import CaseChanged, CaseOpened
from kantoor.departments.ict.models import Case, CaseEvent, CaseNote, QueueMember
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actions.events import subscribe
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.record.erasing import erase_person


def test_cases_of_all_kinds_share_one_series_without_gaps(desk: Desk) -> None:
    drafts = [CaseDraft(title="Silent", kind=kind) for kind in ("incident", "request", "change")]
    opened = open_cases(desk.bo, cases=drafts)
    assert [each.number for each in opened] == ["INC-000001", "REQ-000002", "CHG-000003"]
    with pytest.raises(InvalidInput):
        open_cases(desk.bo, cases=[CaseDraft(title="Good"), CaseDraft(title=" ")])
    assert desk.opened() == "INC-000004"


def test_a_second_report_of_a_cause_finds_the_open_case(desk: Desk) -> None:
    draft = CaseDraft(title="Disk full", about="alert:disk/web1", channel="alert", by_machine=True)
    first, again = open_cases(desk.bo, cases=[draft, draft])
    assert (first.known, again.known, again.id) == (False, True, first.id)
    assert open_cases(desk.bo, cases=[draft])[0] == again
    resolve_case(desk.bo, number=first.number, text="Cleaned up")
    assert not open_cases(desk.bo, cases=[draft])[0].known


def test_a_machine_does_not_touch_a_case_and_a_person_does(desk: Desk) -> None:
    opened = open_cases(desk.bo, cases=[CaseDraft(title="Disk full", by_machine=True)])[0]
    add_notes(desk.bo, notes=[NoteDraft(case=opened.number, text="95 %", by_machine=True)])
    assert desk.case(opened.number).touched_at is None
    assign_cases(desk.bo, numbers=[opened.number], queue="desk", by_machine=True)
    assert desk.case(opened.number).touched_at is None
    take_case(desk.bo, number=opened.number)
    assert desk.case(opened.number).touched_at is not None


def test_a_case_goes_from_call_to_close(desk: Desk) -> None:
    number = desk.opened(requester="E1", service="mail", queue="desk", impact=1, urgency=2)
    assert desk.case(number).priority == 2
    take_case(desk.bo, number=number)
    await_case(desk.bo, number=number, waiting_for="caller", why="Which room?")
    reply = NoteDraft(case=number, text="Room 4", by_requester=True)
    add_note(desk.bo, note=reply)
    assert desk.case(number).state == "active"
    await_cases(desk.bo, numbers=[number], waiting_for="vendor")
    resume_case(desk.bo, number=number)
    resolve_case(desk.bo, number=number, text="New toner", code="consumable")
    close_case(desk.bo, number=number)
    case = desk.case(number)
    assert (case.state, case.resolution, case.reopened) == ("closed", "New toner", 0)
    reopen_case(desk.bo, number=number, why="Silent again")
    case = desk.case(number)
    assert (case.state, case.resolved_at, case.reopened) == ("active", None, 1)
    states = CaseEvent.objects.filter(case=case, what="state").order_by("pk")
    assert list(states.values_list("was", "now")) == [
        ("", "new"), ("new", "active"), ("active", "waiting/caller"), ("waiting/caller", "active"),
        ("active", "waiting/vendor"), ("waiting/vendor", "active"), ("active", "resolved"),
        ("resolved", "closed"), ("closed", "active"),
    ]  # fmt: skip


def test_only_handing_on_counts_as_reassigning(desk: Desk) -> None:
    number = desk.opened()
    assign_case(desk.bo, number=number, queue="desk", assignee="bo")
    assert desk.case(number).reassigned == 0
    assign_case(desk.bo, number=number, queue="desk", assignee="bo")
    assert desk.case(number).reassigned == 0
    assign_case(desk.bo, number=number, queue="network")
    case = desk.case(number)
    assert (case.reassigned, case.assignee_id) == (1, None)
    take_cases(desk.cas, numbers=[number])
    assert desk.case(number).reassigned == 2


def test_bulk_forms_do_all_or_nothing(desk: Desk) -> None:
    numbers = [desk.opened() for _ in range(3)]
    change_priorities(desk.bo, numbers=numbers, impact=1, urgency=1)
    change_priority(desk.bo, number=numbers[0], impact=3, urgency=3)
    assert [desk.case(each).priority for each in numbers] == [4, 1, 1]
    resume_cases(desk.bo, numbers=numbers)
    resolve_cases(desk.bo, numbers=numbers[:2], text="Done")
    with pytest.raises(WrongState) as refused:
        close_cases(desk.bo, numbers=numbers)
    assert refused.value.place.line == 3
    assert desk.case(numbers[0]).state == "resolved"
    close_cases(desk.bo, numbers=numbers[:2])
    reopen_cases(desk.bo, numbers=numbers[:2])
    assert desk.case(numbers[1]).state == "active"


@pytest.mark.parametrize("count", [1, 40])
def test_statements_do_not_grow_with_cases(
    desk: Desk, count: int, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        opened = open_cases(
            desk.bo, cases=[CaseDraft(title=f"{n}", requester="E1") for n in range(count)]
        )
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        resolve_cases(desk.bo, numbers=[each.number for each in opened], text="Done")


def test_what_is_not_there_is_refused(desk: Desk) -> None:
    number = desk.opened()
    with pytest.raises(UnknownCase):
        resolve_case(desk.bo, number="INC-000999", text="Done")
    with pytest.raises(UnknownQueue):
        assign_case(desk.bo, number=number, queue="moon")
    with pytest.raises(UnknownPerson):
        assign_case(desk.bo, number=number, assignee="nobody")
    with pytest.raises(UnknownPerson):
        desk.opened(requester="X9")
    with pytest.raises(NotFound):
        add_note(desk.bo, note=NoteDraft(case=number, text="See file", files=[99]))
    with pytest.raises(NotAllowed):
        take_case(desk.eva, number=number)
    desk.opened(source="log", reference="1")
    with pytest.raises(KnownAlready):
        desk.opened(source="log", reference="1")


def test_news_of_a_case_is_told_after_the_commit(desk: Desk) -> None:
    heard: list[object] = []
    subscribe(CaseOpened)(heard.append)
    subscribe(CaseChanged)(heard.append)
    number = desk.opened(about="x")
    add_note(desk.bo, note=NoteDraft(case=number, text="We look at it", public=True))
    opened, changed = heard[-2:]
    assert isinstance(opened, CaseOpened) and isinstance(changed, CaseChanged)
    assert (opened.number, opened.about) == (number, "x")
    assert (changed.what, changed.public, changed.state) == (("note", "state"), True, "active")
    assert CaseEvent.objects.filter(pk__in=changed.event_ids).count() == 2


def test_a_requester_can_be_erased_from_their_cases(desk: Desk) -> None:
    number = desk.opened("Eva's screen", requester="E1", text="It is Eva's", contact="Eva")
    add_note(desk.bo, note=NoteDraft(case=number, text="Eva called again"))
    with approved("kernel.erase_person"):
        erase_person(desk.anne, party="E1", why="asked for it")
    case = desk.case(number)
    assert "Eva" not in f"{case.title}{case.text}{case.contact}"
    assert not CaseNote.objects.filter(text__contains="Eva").exists()
    assert Case.objects.count() == 1


def test_people_join_and_leave_queues(desk: Desk) -> None:
    join_queue(desk.anne, queue="network", member="bo", skills="Linux, mail")
    assert (
        QueueMember.objects.get(queue__code="network", user__sign_in="bo").skills == "linux, mail"
    )
    leave_queue(desk.anne, queue="network", member="bo")
    with pytest.raises(UnknownPerson):
        leave_queue(desk.anne, queue="network", member="bo")
