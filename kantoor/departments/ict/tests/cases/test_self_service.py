"""Who a user is among the parties, and what an employee sees of their own cases."""

import pytest

from kantoor.departments.ict.actions.cases.moving import await_case, resolve_case
from kantoor.departments.ict.actions.cases.noting import add_note
from kantoor.departments.ict.actions.cases.self_service import ask_question, write_to_desk
from kantoor.departments.ict.drafts import NoteDraft
from kantoor.departments.ict.errors import UnknownCase, UnknownPerson
from kantoor.departments.ict.queries.cases.record import my_question
from kantoor.departments.ict.queries.cases.register import my_questions
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.errors import Conflict, NotFound
from kantoor.kernel.parties.actions import link_user
from kantoor.kernel.parties.models import PartyUser


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
