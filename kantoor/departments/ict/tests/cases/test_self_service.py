"""Who a user is among the parties, and what an employee sees of their own cases."""

import pytest
from django.test import Client

from kantoor.departments.ict.actions.cases.linking import merge_case
from kantoor.departments.ict.actions.cases.moving import await_case, resolve_case
from kantoor.departments.ict.actions.cases.noting import add_note
from kantoor.departments.ict.actions.cases.self_service import (
    ask_question,
    withdraw_question,
    write_to_desk,
)
from kantoor.departments.ict.drafts import NoteDraft
from kantoor.departments.ict.errors import UnknownCase, UnknownPerson, WrongState
from kantoor.departments.ict.queries.cases.record import case_file, my_question
from kantoor.departments.ict.queries.cases.register import my_questions
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.files.files import Content, store_files
from kantoor.kernel.parties.actions import link_user
from kantoor.kernel.parties.models import PartyUser
from tests.founded import PASSWORD


def test_a_user_is_one_relation_and_a_relation_one_user(desk: Desk) -> None:
    link_user(desk.anne, user="eva", party="E1")
    link_user(desk.anne, user="eva", party="E2")
    with pytest.raises(Conflict):
        link_user(desk.anne, user="bo", party="E2")
    assert [row.party.code for row in PartyUser.objects.all()] == ["E2"]
    with pytest.raises(NotFound):
        link_user(desk.anne, user="nobody", party="E1")
    link_user(desk.anne, user="eva", party="")
    assert not PartyUser.objects.exists()


def test_an_employee_sees_their_own_cases_and_what_is_public_of_them(desk: Desk) -> None:
    link_user(desk.anne, user="eva", party="E1")
    mine, other = desk.opened(requester="E1"), desk.opened(requester="E2")
    add_note(desk.bo, note=NoteDraft(case=mine, text="She is impatient"))
    add_note(desk.bo, note=NoteDraft(case=mine, text="We are on it", public=True))
    assert [row.number for row in my_questions(desk.eva).rows] == [mine]
    texts = [each.text for each in my_question(desk.eva, number=mine).happened if each.text]
    assert texts == ["We are on it"]
    with pytest.raises(UnknownCase):
        my_question(desk.eva, number=other)


def test_an_employee_asks_and_writes_and_what_was_solved_opens_again(desk: Desk) -> None:
    with pytest.raises(UnknownPerson):
        ask_question(desk.eva, title="My screen is black")
    link_user(desk.anne, user="eva", party="E1")
    number = ask_question(desk.eva, title="My screen is black", text="Since this morning")
    case = desk.case(number)
    assert (case.channel, case.touched_at) == ("page", None)
    await_case(desk.bo, number=number, waiting_for="caller")
    write_to_desk(desk.eva, number=number, text="It is plugged in")
    assert desk.case(number).state == "active"
    resolve_case(desk.bo, number=number, text="Try the other cable")
    write_to_desk(desk.eva, number=number, text="Still black")
    assert (desk.case(number).state, desk.case(number).reopened) == ("active", 1)
    with pytest.raises(UnknownCase):
        write_to_desk(desk.eva, number=desk.opened(), text="Not mine")


def test_who_asked_can_withdraw_it_and_nobody_else(desk: Desk) -> None:
    link_user(desk.anne, user="eva", party="E1")
    number = ask_question(desk.eva, title="My screen is black")
    with pytest.raises(InvalidInput):
        withdraw_question(desk.eva, number=number, why=" ")
    withdraw_question(desk.eva, number=number, why="It was not plugged in")
    case = desk.case(number)
    assert (case.state, case.resolution_code, case.touched_at) == ("closed", "withdrawn", None)
    assert my_question(desk.eva, number=number).happened[-1].text == "It was not plugged in"
    with pytest.raises(WrongState):
        withdraw_question(desk.eva, number=number, why="Once more")
    with pytest.raises(UnknownCase):
        withdraw_question(desk.eva, number=desk.opened(requester="E2"), why="Not mine")
    into = ask_question(desk.eva, title="The printer")
    merge_case(desk.bo, number=desk.opened(requester="E2"), into=into)
    with pytest.raises(WrongState):
        withdraw_question(desk.eva, number=into, why="Others wait for it too")


def test_files_of_a_case_open_for_who_may_see_what_they_came_with(desk: Desk) -> None:
    link_user(desk.anne, user="eva", party="E1")
    mine, other = desk.opened(requester="E1"), desk.opened(requester="E2")
    shown, inside = _files(desk)
    add_note(desk.bo, note=NoteDraft(case=mine, text="See this", public=True, files=[shown]))
    add_note(desk.bo, note=NoteDraft(case=mine, text="For us", files=[inside]))
    add_note(desk.bo, note=NoteDraft(case=other, text="See this", public=True, files=[inside]))
    assert case_file(desk.bo, number=mine, file=inside).name == "inside.txt"
    browser = _browser("eva")
    answer = browser.get(f"/ict/my-questions/{mine}/files/{shown}")
    assert b"".join(answer.streaming_content) == b"shown"  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/octet-stream"
    assert f"/files/{shown}" in browser.get(f"/ict/my-questions/{mine}").content.decode()
    for number, file in ((mine, inside), (other, inside), (other, shown), (mine, 2**70)):
        assert browser.get(f"/ict/my-questions/{number}/files/{file}").status_code == 404
        assert browser.get(f"/ict/cases/{number}/files/{file}").status_code == 403
    with pytest.raises(NotFound):
        case_file(desk.bo, number=other, file=shown)


def _browser(user: str) -> Client:
    client = Client()
    assert client.post("/sign-in", {"user": user, "password": PASSWORD}).status_code == 302
    return client


def _files(desk: Desk) -> list[int]:
    @action(permission="ict.handle_cases", title="Keep files for a test", hidden=True)
    def keep_files_for_test(actor: Actor, /) -> list[int]:
        """Keep two files, for a test."""
        names = ("shown", "inside")
        contents = [Content(each.encode(), f"{each}.txt", "text/html", None) for each in names]
        return [row.pk for row in store_files(actor, contents)]

    return keep_files_for_test(desk.bo)
