"""A critical incident, the problem behind it, and the change that somebody else agreed to."""

from dataclasses import dataclass

import pytest

from kantoor.departments.ict.actions.cases.moving import resolve_case
from kantoor.departments.ict.actions.cases.opening import open_case
from kantoor.departments.ict.drafts import CaseDraft
from kantoor.departments.ict.queries.cases.standing import case_standing
from kantoor.kernel.actors.actor import Actor
from kantoor.procedures.errors import NotYours
from kantoor.procedures.models import Instance
from tests.founded import House, found
from tests.journeys.house import Journey, later, publish

PLAN = {"plan": "Replace it on Sunday; tried on the spare", "way_back": "Put the old one back"}


@dataclass
class Office:
    """Hugo answers, Ivo and Ina manage ICT."""

    house: House
    journey: Journey
    hugo: Actor
    ivo: Actor
    ina: Actor

    def opened(self, **more: int) -> str:
        """An incident; critical unless said otherwise."""
        draft = CaseDraft(title="No network", **{"impact": 1, "urgency": 1, **more})  # type: ignore[arg-type]
        number = open_case(self.hugo, case=draft).number
        self.journey.go_on()
        return number

    def solved(self) -> str:
        """A critical incident that was solved."""
        number = self.opened()
        resolve_case(self.hugo, number=number, text="Switched it off and on")
        self.journey.go_on()
        return number


@pytest.fixture
def office(db: None) -> Office:
    house = found()
    return Office(
        house, publish(house, "incident-to-change"),
        hugo=house.person("hugo", "help_desk"),
        ivo=house.person("ivo", "ict_manager", "help_desk"),
        ina=house.person("ina", "ict_manager"),
    )  # fmt: skip


def test_an_incident_leads_to_a_problem_and_a_change(office: Office) -> None:
    incident = office.solved()
    journey = office.journey
    journey.do(office.ina, "Task_Review", unknown_cause=True, seen="The switch was hot")
    problem = case_standing(office.hugo, number=incident).problem
    assert case_standing(office.hugo, number=problem).caused == [incident]
    journey.do(office.hugo, "Task_Analyse", cause="The fan is broken", to_change=True)
    change = case_standing(office.hugo, number=problem).caused[1]
    journey.do(office.hugo, "Task_Plan", **PLAN)
    journey.do(office.ina, "Task_Agree", agree=False, agree_why="Not on a Sunday")
    journey.do(office.hugo, "Task_Plan", **PLAN)
    journey.do(office.ina, "Task_Agree", agree=True)
    journey.do(office.hugo, "Task_Carry")
    assert journey.state == "ended"
    for each in (change, problem):
        assert not case_standing(office.hugo, number=each).is_open


def test_who_plans_a_change_does_not_agree_to_it(office: Office) -> None:
    office.solved()
    journey = office.journey
    journey.do(office.ina, "Task_Review", unknown_cause=True, seen="The switch was hot")
    journey.do(office.hugo, "Task_Analyse", cause="The fan is broken", to_change=True)
    journey.do(office.ivo, "Task_Plan", **PLAN)
    with pytest.raises(NotYours):
        journey.do(office.ivo, "Task_Agree", agree=True)
    journey.do(office.ina, "Task_Agree", agree=True)
    assert journey.open == {"Task_Carry"}


def test_a_cause_that_asks_no_change_closes_the_problem(office: Office) -> None:
    incident = office.solved()
    journey = office.journey
    journey.do(office.ina, "Task_Review", unknown_cause=True, seen="The switch was hot")
    problem = case_standing(office.hugo, number=incident).problem
    journey.do(office.hugo, "Task_Analyse", cause="Somebody pulled the plug", to_change=False)
    assert journey.state == "ended"
    assert not case_standing(office.hugo, number=problem).is_open


def test_a_known_cause_ends_it(office: Office) -> None:
    office.solved()
    office.journey.do(office.ina, "Task_Review", unknown_cause=False, seen="The plug was out")
    assert office.journey.state == "ended"


def test_what_is_not_solved_in_four_hours_goes_to_the_manager(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.opened()
    later(monkeypatch, hours=5)
    office.journey.go_on()
    assert office.journey.open == {"Task_Solved"}
    office.journey.do(office.ivo, "Task_Solved", measure="The supplier comes")
    assert office.journey.state == "running"


def test_a_small_incident_begins_nothing(office: Office) -> None:
    office.opened(impact=3, urgency=3)
    assert not Instance.objects.exists()
