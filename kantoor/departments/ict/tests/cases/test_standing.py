"""How a case stands, and what hangs under a problem."""

import pytest

from kantoor.departments.ict.actions.cases.linking import link_problem
from kantoor.departments.ict.actions.cases.moving import resolve_case
from kantoor.departments.ict.errors import UnknownCase
from kantoor.departments.ict.queries.cases.standing import case_standing
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.errors import NotAllowed


def test_a_problem_shows_what_it_causes_until_all_of_it_is_solved(desk: Desk) -> None:
    problem = desk.opened("Old driver", kind="problem")
    incident = desk.opened(impact=1, urgency=1)
    change = desk.opened("New driver", kind="change")
    for each in (incident, change):
        link_problem(desk.bo, number=each, problem=problem)
    standing = case_standing(desk.bo, number=problem)
    assert (standing.kind, standing.caused, standing.caused_open) == (
        "problem",
        [incident, change],
        2,
    )
    first = case_standing(desk.bo, number=incident)
    assert (first.priority, first.problem, first.is_open) == (1, problem, True)
    resolve_case(desk.bo, number=incident, text="Restarted it")
    assert case_standing(desk.bo, number=problem).caused_open == 1
    assert case_standing(desk.bo, number=incident).state == "resolved"


def test_only_who_sees_cases_is_told(desk: Desk) -> None:
    with pytest.raises(UnknownCase):
        case_standing(desk.bo, number="INC-000999")
    with pytest.raises(NotAllowed):
        case_standing(desk.eva, number=desk.opened())
