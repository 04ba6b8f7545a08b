"""What is asked from the catalogue: forms with bounds, who agrees, and the work that follows."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.ict.actions.cases.linking import merge_case, unmerge_case
from kantoor.departments.ict.actions.cases.moving import (
    await_case,
    reopen_case,
    resolve_case,
    resume_case,
)
from kantoor.departments.ict.actions.cases.self_service import write_to_desk
from kantoor.departments.ict.actions.catalogue.arranging import (
    add_catalogue_item,
    change_catalogue_item,
    offer_catalogue_items,
    withdraw_catalogue_items,
)
from kantoor.departments.ict.actions.catalogue.asking import request_item, request_items
from kantoor.departments.ict.actions.catalogue.deciding import (
    approve_request,
    approve_requests,
    redirect_approvals,
    refuse_request,
    refuse_requests,
)
from kantoor.departments.ict.actions.catalogue.tasks import add_tasks, tick_tasks
from kantoor.departments.ict.actions.devices.registering import register_devices
from kantoor.departments.ict.drafts_catalogue import FieldDraft, ItemDraft, RequestDraft
from kantoor.departments.ict.drafts_devices import DeviceDraft
from kantoor.departments.ict.errors import NotYours, UnknownItem, UnknownPerson, WrongState
from kantoor.departments.ict.models import CaseTask, Device
from kantoor.departments.ict.queries.cases.record import case, my_question
from kantoor.departments.ict.queries.catalogue.items import catalogue, catalogue_item
from kantoor.departments.ict.queries.catalogue.requests import decision, to_decide
from kantoor.departments.ict.tests.clocks.agreed import agree
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound, Refusals
from kantoor.kernel.parties import managers
from kantoor.kernel.parties.actions import link_user
from kantoor.kernel.parties.models import Party

LAPTOP = ItemDraft(
    code="laptop", name="Laptop", text="For who begins", section="Workplace", service="mail",
    queue="desk", urgency=2, approval="owner", tasks="Order it\n\nInstall it",
    fields=[
        FieldDraft(label="For whom", kind="person", required=True),
        FieldDraft(label="Size", kind="choice", choices="13 inch; 15 inch", required=True),
        FieldDraft(label="How many", kind="number", least=1, most=5),
        FieldDraft(label="Needed on", kind="date", least=3, most=60),
        FieldDraft(label="Replaces", kind="device"),
        FieldDraft(label="Why", kind="long", least=5),
    ],
)  # fmt: skip
GOOD = {"for-whom": "piet de boer", "size": "15 inch"}


@pytest.fixture
def offered(desk: Desk) -> Desk:
    """A desk that offers a laptop; Eva is E1, Bo is E2 and owns the mail service."""
    link_user(desk.anne, user="eva", party="E1")
    add_catalogue_item(desk.anne, item=LAPTOP)
    return desk


def asked(desk: Desk, **more: str) -> str:
    answers = {"for-whom": "Piet de Boer", "size": "15 inch", **more}
    return request_item(desk.eva, request=RequestDraft(item="laptop", answers=answers))


def fault(desk: Desk, **answers: str) -> list[str]:
    """The fields that are refused."""
    names = {key.replace("_", "-"): value for key, value in answers.items()}
    with pytest.raises(Refusals) as refusal:
        asked(desk, **names)
    return [each.place.field for each in refusal.value.errors]


def test_answers_outside_the_form_are_refused_at_their_fields(offered: Desk) -> None:
    soon = (timezone.localdate() + timedelta(days=2)).isoformat()
    late = (timezone.localdate() + timedelta(days=61)).isoformat()
    assert fault(offered, size="17 inch", for_whom="Nobody") == ["for-whom", "size"]
    assert fault(offered, how_many="0", needed_on=soon) == ["how-many", "needed-on"]
    assert fault(offered, how_many="6", needed_on=late) == ["how-many", "needed-on"]
    for text in ("NaN", "1e999999999", "many", "1" * 500, "Infinity"):
        assert fault(offered, how_many=text) == ["how-many"]
    assert fault(offered, needed_on="9999-13-01", why="no") == ["needed-on", "why"]
    assert fault(offered, size="") == ["size"]
    assert fault(offered, colour="red") == ["answers"]


def test_a_device_must_be_ones_own(offered: Desk) -> None:
    numbers = register_devices(offered.bo, devices=[DeviceDraft(kind="computer", name="Old")] * 2)
    eva = Party.objects.get(code="E1", company_id=offered.anne.company_id)
    hand(offered, numbers[0], eva)
    assert fault(offered, replaces=numbers[1]) == ["replaces"]
    number = asked(offered, replaces=numbers[0])
    assert case(offered.bo, number=number).devices == [(numbers[0], "Old")]


def hand(desk: Desk, number: str, party: Party) -> None:
    @action(permission="ict.manage_desk", title="Hand over for a test", hidden=True)
    def hand_over_for_test(actor: Actor, /) -> None:
        """Say who has a device, for a test."""
        Device.objects.filter(number=int(number.removeprefix("D-"))).update(holder=party)

    hand_over_for_test(desk.anne)


def test_work_waits_for_who_has_to_agree_and_begins_after(offered: Desk) -> None:
    agree(offered)
    number = asked(offered)
    row = offered.case(number)
    assert (row.kind, row.state, row.waiting_for) == ("request", "waiting", "approval")
    assert row.service and row.queue and (row.service.code, row.queue.code) == ("mail", "desk")
    for act in (resume_case, reopen_case):
        with pytest.raises(WrongState):
            act(offered.bo, number=number)
    with pytest.raises(WrongState):
        resolve_case(offered.bo, number=number, text="Done")
    with pytest.raises(WrongState):
        await_case(offered.bo, number=number, waiting_for="vendor")
    states = {each.clock: each.state for each in case(offered.bo, number=number).clocks}
    assert set(states.values()) == {"paused"}
    # The mail service has no owner, so it falls to who manages the desk.
    assert [each.number for each in to_decide(offered.anne).rows] == [number]
    assert not to_decide(offered.bo).rows and not to_decide(offered.eva).rows
    with pytest.raises(NotYours):
        approve_request(offered.bo, number=number)
    approve_request(offered.anne, number=number, why="Fine")
    shown = case(offered.bo, number=number)
    assert shown.case.state == "new"
    assert shown.request and (shown.request.state, shown.request.decided_by) == (
        "approved",
        offered.anne.name,
    )
    assert shown.request.answers == [("For whom", "Piet de Boer"), ("Size", "15 inch")]
    with pytest.raises(WrongState):
        approve_request(offered.anne, number=number)
    assert not decision(offered.anne, number=number).open


def test_nobody_agrees_to_what_they_asked_themselves(offered: Desk) -> None:
    link_user(offered.anne, user="cas", party="E2")
    own = request_item(offered.anne, request=RequestDraft(item="laptop", answers=GOOD, requester="E2"))  # fmt: skip
    for each in (offered.anne, offered.cas):
        assert not to_decide(each).rows
        with pytest.raises(NotYours):
            approve_request(each, number=own)
    for name in ("cas", "a-nobody"):
        with pytest.raises((NotYours, UnknownPerson)):
            redirect_approvals(offered.anne, numbers=[own], approver=name)
    redirect_approvals(offered.anne, numbers=[own], approver="bo")
    assert [each.number for each in to_decide(offered.bo).rows] == [own]
    approve_request(offered.bo, number=own)


def test_the_manager_the_owner_or_the_role_decides(
    offered: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    link_user(offered.anne, user="bo", party="E2")
    boss = Party.objects.get(code="E2", company_id=offered.anne.company_id).pk

    def tell(_company: int, parties: Sequence[int], _on: date) -> dict[int, int]:
        return dict.fromkeys(parties, boss)

    monkeypatch.setattr(managers, "_tellers", [tell])
    item = ItemDraft(code="desk", name="Desk", approval="manager")
    add_catalogue_item(offered.anne, item=item)
    by_manager = request_item(offered.eva, request=RequestDraft(item="desk"))
    assert [each.number for each in to_decide(offered.bo).rows] == [by_manager]
    change_catalogue_item(
        offered.anne, item=ItemDraft(code="desk", name="Desk", approval="role", role="help_desk")
    )
    by_role = request_item(offered.eva, request=RequestDraft(item="desk"))
    assert [each.number for each in to_decide(offered.cas).rows] == [by_role]
    assert not to_decide(offered.anne).rows
    approve_requests(offered.bo, numbers=[by_manager, by_role])
    assert {offered.case(each).state for each in (by_manager, by_role)} == {"new"}


def test_a_refused_request_begins_no_work_by_any_way_round(offered: Desk) -> None:
    number = asked(offered)
    with pytest.raises(InvalidInput):
        refuse_request(offered.anne, number=number, why=" ")
    refuse_request(offered.anne, number=number, why="Use the old one")
    assert my_question(offered.eva, number=number).resolution == "Use the old one"
    write_to_desk(offered.eva, number=number, text="It is broken")
    assert offered.case(number).waiting_for == "approval"
    other = asked(offered)
    refuse_request(offered.anne, number=other, why="No")
    reopen_case(offered.bo, number=other)
    assert offered.case(other).waiting_for == "approval"
    merge_case(offered.bo, number=number, into=offered.opened())
    unmerge_case(offered.bo, number=number)
    assert offered.case(number).waiting_for == "approval"
    refuse_requests(offered.anne, numbers=[number, other], why="No")


def test_one_asks_for_oneself_and_the_desk_for_others(offered: Desk) -> None:
    draft = RequestDraft(item="laptop", answers=GOOD, requester="E2")
    with pytest.raises(NotAllowed):
        request_item(offered.eva, request=draft)
    number = request_item(offered.bo, request=draft)
    assert case(offered.bo, number=number).case.requester == "E2"
    with pytest.raises(UnknownPerson):
        request_item(offered.bo, request=RequestDraft(item="laptop", answers=GOOD))
    with pytest.raises(NotFound):
        decision(offered.eva, number=number)


def test_what_is_withdrawn_can_not_be_asked(offered: Desk) -> None:
    withdraw_catalogue_items(offered.anne, codes=["laptop"])
    assert not catalogue(offered.eva)
    with pytest.raises(UnknownItem):
        asked(offered)
    with pytest.raises(UnknownItem):
        catalogue_item(offered.eva, code="laptop")
    offer_catalogue_items(offered.anne, codes=["laptop"])
    assert [row.code for row in catalogue(offered.eva, search="begins")] == ["laptop"]


WRONG: list[dict[str, Any]] = [
    {"code": "Not a code"}, {"code": "laptop"}, {"name": " "}, {"role": "employee"},
    {"approval": "role"}, {"approval": "owner"}, {"approval": "role", "role": "nobody"},
    {"fields": [FieldDraft(label="A"), FieldDraft(label="a")]},
    {"fields": [FieldDraft(label="A", kind="choice")]},
    {"fields": [FieldDraft(label="A", choices="a; b")]},
    {"fields": [FieldDraft(label="A", least=2, most=1)]}, {"tasks": "\n".join("x" * 41)},
]  # fmt: skip


def test_an_item_that_could_not_be_asked_is_refused(offered: Desk) -> None:
    for wrong in WRONG:
        with pytest.raises(DomainError):
            add_catalogue_item(offered.anne, item=ItemDraft(**{"code": "x", "name": "X", **wrong}))


def test_tasks_are_ticked_off_once_and_can_be_taken_back(offered: Desk) -> None:
    number = asked(offered)
    add_tasks(offered.bo, number=number, tasks="Hand it over")
    texts = [each.text for each in case(offered.bo, number=number).tasks]
    assert texts == ["Order it", "Install it", "Hand it over"]
    tick_tasks(offered.bo, number=number, places=[1, 2])
    tick_tasks(offered.cas, number=number, places=[2, 3])
    by = [each.done_by for each in case(offered.bo, number=number).tasks]
    assert by == [offered.bo.name, offered.bo.name, offered.cas.name]
    tick_tasks(offered.cas, number=number, places=[1], done=False)
    assert CaseTask.objects.filter(done_at=None).count() == 1
    with pytest.raises(NotFound):
        tick_tasks(offered.bo, number=number, places=[9])
    assert my_question(offered.eva, number=number).tasks == []


def test_many_requests_take_as_many_statements_as_few(offered: Desk) -> None:
    counts = []
    for many in (2, 20):
        drafts = [RequestDraft(item="laptop", answers=GOOD)] * many
        with CaptureQueriesContext(connection) as asked_of_it:
            request_items(offered.eva, requests=drafts)
        counts.append(len(asked_of_it))
    assert counts[0] == counts[1]
