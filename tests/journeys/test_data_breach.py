"""A data breach: stopped, assessed and told of within 72 hours, by ICT, HR and communication."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.privacy.breaches import record_breach
from kantoor.departments.hr.drafts_privacy import BreachDraft
from kantoor.departments.hr.queries.privacy.breaches import data_breach
from kantoor.kernel.actors.actor import Actor
from tests.founded import House, found
from tests.journeys.house import Journey, later, publish


@dataclass
class Office:
    """Helen is HR's, Ivo manages ICT, Cora communicates."""

    house: House
    journey: Journey
    helen: Actor
    ivo: Actor
    cora: Actor

    def discovered(self, hours: int = 1) -> Journey:
        """Helen records a breach that was discovered so long ago."""
        draft = BreachDraft(
            title="Lost stick", nature="A stick was lost.",
            discovered_at=timezone.now() - timedelta(hours=hours),
        )  # fmt: skip
        record_breach(self.helen, breach=draft)
        self.journey.go_on()
        return self.journey

    def assessed(self, risk: str) -> None:
        """Ivo stopped it, and Helen says how great the risk is."""
        self.journey.do(self.ivo, "Task_Contain", contained="The stick was wiped from afar")
        self.journey.do(self.helen, "Task_Assess", findings=findings(risk))


def findings(risk: str) -> dict[str, Any]:
    return {
        "people_categories": "Customers", "data_categories": "Addresses", "risk": risk,
        "consequences": "Unwanted post", "measures": "Wiped", "risk_why": "Few data",
    }  # fmt: skip


def now() -> str:
    return timezone.now().isoformat()


@pytest.fixture
def office(db: None) -> Office:
    house = found()
    return Office(
        house, publish(house, "data-breach"),
        helen=house.person("helen", "hr_officer"),
        ivo=house.person("ivo", "ict_manager"),
        cora=house.person("cora", "communication_officer"),
    )  # fmt: skip


def test_a_grave_breach_is_told_to_the_authority_and_the_people(office: Office) -> None:
    journey = office.discovered()
    assert journey.instance.title == "Data breach DB-0001"
    office.assessed("high")
    journey.do(office.helen, "Task_Authority", at=now(), reference="AP-1")
    journey.do(office.helen, "Task_Reach", tell=True)
    journey.do(office.cora, "Task_Letter", letter="Dear customer, by post")
    journey.do(office.helen, "Task_People", at=now(), how="By letter")
    journey.do(office.helen, "Task_Close", lessons="No sticks any more")
    assert journey.state == "ended"
    assert data_breach(office.helen, number="DB-0001").breach.state == "closed"


def test_without_a_risk_nobody_is_told(office: Office) -> None:
    journey = office.discovered()
    office.assessed("unlikely")
    assert journey.open == {"Task_Close"}


def test_a_high_risk_of_which_people_need_not_hear_needs_the_ground(office: Office) -> None:
    journey = office.discovered()
    office.assessed("high")
    journey.do(office.helen, "Task_Authority", at=now(), reference="AP-1")
    journey.do(office.helen, "Task_Reach", tell=False)
    journey.do(office.helen, "Task_Excuse", why="The stick was encrypted")
    journey.do(office.helen, "Task_Close", lessons="None")
    assert journey.state == "ended"


def test_when_72_hours_are_over_the_reasons_are_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey = office.discovered()
    office.assessed("risk")
    assert journey.open == {"Task_Authority"}
    later(monkeypatch, hours=72)
    journey.go_on()
    assert journey.open == {"Task_Authority", "Task_Why"}
    journey.do(office.helen, "Task_Why", late_why="The extent was not known")
    told = {"at": now(), "reference": "AP-1", "late_why": "The extent was not known"}
    journey.do(office.helen, "Task_Authority", **told)
    assert journey.open == {"Task_Close"}


def test_who_is_late_is_seen_by_another_role(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey = office.discovered()
    later(monkeypatch, hours=5)
    journey.go_on()
    assert journey.task("Task_Contain").escalated_at is not None
