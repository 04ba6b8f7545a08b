"""Cases merged and undone, problems, and major incidents of which one word reaches all."""

import pytest

from kantoor.departments.ict.actions.cases.linking import (
    join_major,
    join_majors,
    leave_major,
    link_problem,
    link_problems,
    merge_case,
    merge_cases,
    unmerge_case,
    update_major,
)
from kantoor.departments.ict.actions.cases.moving import await_case, reopen_case
from kantoor.departments.ict.actions.cases.self_service import write_to_desk
from kantoor.departments.ict.errors import WrongState
from kantoor.departments.ict.queries.cases.record import case
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.actions import link_user


def words(desk: Desk, number: str) -> list[str]:
    return [each.text for each in case(desk.bo, number=number).happened if each.text]


def test_a_merge_closes_and_its_undoing_brings_the_state_back(desk: Desk) -> None:
    kept, double = desk.opened(), desk.opened()
    await_case(desk.bo, number=double, waiting_for="caller")
    merge_case(desk.bo, number=double, into=kept)
    assert desk.case(double).state == "closed"
    assert [link.number for link in case(desk.bo, number=kept).linked] == [double]
    with pytest.raises(WrongState):
        merge_case(desk.bo, number=kept, into=double)
    unmerge_case(desk.bo, number=double)
    back = desk.case(double)
    assert (back.state, back.waiting_for, back.closed_at) == ("waiting", "caller", None)
    with pytest.raises(WrongState):
        unmerge_case(desk.bo, number=double)
    merge_cases(desk.bo, numbers=[double, desk.opened()], into=kept)
    with pytest.raises(InvalidInput):
        merge_case(desk.bo, number=kept, into=kept)


def test_one_word_reaches_all_and_who_comes_late_gets_the_last(desk: Desk) -> None:
    major, first, second, late = (desk.opened(f"No mail {n}") for n in range(4))
    join_majors(desk.bo, numbers=[first, second], major=major)
    assert update_major(desk.bo, number=major, text="A cable is cut") == 2
    assert update_major(desk.bo, number=major, text="Mended at noon") == 2
    join_major(desk.bo, number=late, major=major)
    assert words(desk, late) == ["Mended at noon"]
    assert words(desk, first) == ["A cable is cut", "Mended at noon"]
    leave_major(desk.bo, number=second)
    assert update_major(desk.bo, number=major, text="It works again", solved=True) == 2
    states = [desk.case(each).state for each in (major, first, second, late)]
    assert states == ["resolved", "resolved", "new", "resolved"]


def test_a_problem_causes_incidents(desk: Desk) -> None:
    problem, incident = desk.opened("Old driver", kind="problem"), desk.opened()
    link_problem(desk.bo, number=incident, problem=problem)
    assert [link.number for link in case(desk.bo, number=incident).linked] == [problem]
    with pytest.raises(WrongState):
        link_problems(desk.bo, numbers=[desk.opened()], problem=incident)


def test_what_is_written_about_a_merged_case_goes_on_with_the_other(desk: Desk) -> None:
    link_user(desk.anne, user="eva", party="E1")
    double, kept, last = desk.opened(requester="E1"), desk.opened(), desk.opened()
    merge_case(desk.bo, number=double, into=kept)
    merge_case(desk.bo, number=kept, into=last)
    write_to_desk(desk.eva, number=double, text="It smells too")
    assert words(desk, last)[-1] == "Eva Jansen:\n\nIt smells too"
    assert desk.case(double).state == "closed"
    with pytest.raises(WrongState, match="undo"):
        reopen_case(desk.bo, number=double)
