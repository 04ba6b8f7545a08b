"""Somebody comes: four departments prepare, and it is done only when it is seen to be so."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.hr.actions.people.files import change_person_file
from kantoor.departments.hr.actions.people.signing import sign_contract
from kantoor.departments.hr.tests.people.staff import Staff, begin_staff
from kantoor.departments.ict.actions.devices.life import sign_handover
from kantoor.departments.ict.actions.devices.registering import register_device
from kantoor.departments.ict.drafts_devices import DeviceDraft
from kantoor.departments.ict.queries.accounts.holding import held_by
from kantoor.departments.ict.tests.devices.desk import laptop, report, the
from kantoor.procedures.actions.helping import call_off
from kantoor.procedures.errors import NotYours
from kantoor.procedures.models import Instance
from tests.journeys.house import Journey, later, publish

SERIAL = "PF1ABCDE"


class Office:
    """HR's Helen, ICT's Iris, Paul who pays, Carla of control, Cora who tells it."""

    def __init__(self, staff: Staff) -> None:
        self.staff, house = staff, staff.house
        self.helen, self.anne = staff.helen, house.administrator
        self.iris = house.person("iris", "help_desk")
        self.ivo = house.person("ivo", "ict_manager")
        self.paul = house.person("paul", "payroll_officer")
        self.carla = house.person("carla", "controller")
        self.cora = house.person("cora", "communication_officer")
        add_dimension_value(self.anne, dimension="cost_centre", code="sales", name="Sales")
        self.journey = publish(house, "joiner")

    def stock(self, *kinds: str) -> list[str]:
        """Devices in stock."""
        return [
            register_device(
                self.anne,
                device=DeviceDraft(kind=kind, serial=SERIAL if kind == "computer" else f"{kind}-1"),  # type: ignore[arg-type]
            )
            for kind in kinds
        ]

    def sign(self, start: date, **more: str) -> None:
        """Nina is hired and her contract signed; HR knows her bank account."""
        known = {"iban": "NL20INGB0001234567", **more}
        self.staff.hire("N1", start, name="Nina Bos", manager="M1", **known)
        sign_contract(self.helen, employee="N1", signed_on=timezone.localdate())
        self.journey.go_on()


@pytest.fixture
def office(db: None) -> Office:
    return Office(begin_staff())


def prepare(office: Office, journey: Journey) -> None:
    """Finance, ICT and communication do their part."""
    journey.do(office.paul, "Task_Salary", salary={"amount": 320_000})
    journey.do(office.iris, "Task_Account", name="nina")
    journey.do(office.cora, "Task_Announce", announced="On the intranet")


def test_a_new_colleague_is_at_work_only_when_all_of_it_is_seen(office: Office) -> None:
    computer, phone = office.stock("computer", "phone")
    office.sign(timezone.localdate())
    journey = office.journey
    assert journey.instance.title == "New: N1"
    assert journey.open == {"Task_Centre", "Task_Salary", "Task_Account", "Task_Announce"}
    assert held_by(office.anne, employee="N1").reserved == [computer, phone]

    journey.do(office.carla, "Task_Centre", cost_centre="sales")
    journey.do(office.helen, "Task_Contract")
    prepare(office, journey)
    assert journey.open == {"Task_Came"}
    with pytest.raises(NotYours):
        journey.do(office.iris, "Task_Came", came=True)
    journey.do(office.helen, "Task_Came", came=True)
    journey.do(office.iris, "Task_HandOut")
    assert held_by(office.anne, employee="N1").devices == [computer, phone]

    assert (journey.state, journey.open) == ("running", set()), "nothing is signed or seen"
    sign_handover(office.iris, handover="H-000001", how="screen", image=b"\x89PNG..")
    journey.go_on()
    assert journey.state == "running", "its agent did not report"
    report(office.anne, laptop("lap-2026-01-01-00-00-00", serial=SERIAL))
    journey.go_on()
    assert journey.state == "ended"


def test_what_is_late_in_being_seen_is_found_out_by_somebody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.stock("computer", "phone")
    office.sign(timezone.localdate(), cost_centre="sales")
    journey = office.journey
    prepare(office, journey)
    journey.do(office.helen, "Task_Came", came=True)
    journey.do(office.iris, "Task_HandOut")
    later(monkeypatch, days=5)
    journey.go_on()
    assert journey.open == {"Task_Complete"}
    journey.do(office.ivo, "Task_Complete", missing="She has not signed yet")
    assert journey.state == "running", "it waits on until it is seen"
    sign_handover(office.iris, handover="H-000001", how="screen", image=b"\x89PNG..")
    report(office.anne, laptop("lap-2026-01-01-00-00-00", serial=SERIAL))
    journey.go_on()
    assert journey.state == "ended"


def test_pay_is_seen_as_soon_as_the_bank_account_is_known(office: Office) -> None:
    office.stock("computer", "phone")
    office.sign(timezone.localdate(), cost_centre="sales", iban="")
    journey = office.journey
    journey.do(office.paul, "Task_Salary", salary={"amount": 320_000})
    assert "Seen_Pay" in journey.waits_at()
    change_person_file(office.helen, employee="N1", city="Utrecht")
    journey.go_on()
    assert "Seen_Pay" in journey.waits_at()
    change_person_file(office.helen, employee="N1", iban="NL20INGB0001234567")
    journey.go_on()
    assert "Seen_Pay" not in journey.waits_at()


def test_what_is_not_in_stock_is_found_by_a_person(office: Office) -> None:
    (phone,) = office.stock("phone")
    office.sign(timezone.localdate(), cost_centre="sales")
    journey = office.journey
    assert "Task_Find" in journey.open
    (computer,) = office.stock("computer")
    journey.do(office.iris, "Task_Find", devices=[computer, phone])
    assert held_by(office.anne, employee="N1").reserved == [phone, computer]
    assert "Task_Account" in journey.open


def test_who_does_not_come_leaves_all_that_was_kept_for_them(office: Office) -> None:
    computer, phone = office.stock("computer", "phone")
    office.sign(timezone.localdate(), cost_centre="sales")
    journey = office.journey
    prepare(office, journey)
    journey.do(office.helen, "Task_Came", came=False)
    assert journey.state == "ended"
    assert {the(each).reserved_for for each in (computer, phone)} == {None}


def test_a_hire_that_is_called_off_lets_all_go(office: Office) -> None:
    computer, phone = office.stock("computer", "phone")
    office.sign(timezone.localdate() + timedelta(days=40), cost_centre="sales")
    journey = office.journey
    assert "Task_Announce" not in journey.open, "it is told five days before"
    assert the(computer).reserved_for is not None
    call_off(office.helen, instance=journey.instance.number, why="She changed her mind")
    assert journey.state == "called_off"
    assert {the(each).reserved_for for each in (computer, phone)} == {None}


def test_a_contract_that_is_signed_anew_begins_nothing(office: Office) -> None:
    office.stock("computer", "phone")
    office.sign(timezone.localdate(), cost_centre="sales")
    for employee in ("N1", "E1"):
        sign_contract(office.helen, employee=employee, signed_on=timezone.localdate())
    office.journey.go_on()
    assert Instance.objects.count() == 1, "neither hers again, nor that of who is here for years"
