"""Somebody leaves: all comes back and is closed, and it can't be finished while a device is out."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.payroll.runs import approve_pay_run, make_pay_run
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.drafts_people import EndDraft
from kantoor.departments.hr.models import LegalHold
from kantoor.departments.hr.tests.payroll.paying import Pay, begin_pay
from kantoor.departments.hr.tests.people.staff import Staff, begin_staff
from kantoor.departments.ict.actions.accounts.keeping import open_account
from kantoor.departments.ict.actions.devices.licences import add_licence
from kantoor.departments.ict.actions.devices.life import (
    hand_out,
    repair_devices,
    sign_handover,
    stock_devices,
)
from kantoor.departments.ict.actions.devices.registering import register_device
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.queries.accounts.holding import held_by
from kantoor.departments.ict.tests.devices.desk import laptop, report
from kantoor.kernel.actors.models import User
from tests.journeys.house import Journey, later, publish

SERIAL = "PF1ABCDE"


class Office:
    """Emma (E1) leaves; Helen is HR's, Iris ICT's, Ivo manages ICT, Cora tells it."""

    def __init__(self, staff: Staff) -> None:
        self.staff, house = staff, staff.house
        self.helen, self.anne = staff.helen, house.administrator
        self.iris = house.person("iris", "help_desk")
        self.ivo = house.person("ivo", "ict_manager")
        self.ada = house.person("ada", "administrator")
        self.cora = house.person("carol", "communication_officer")
        self.device = register_device(self.anne, device=DeviceDraft(kind="computer", serial=SERIAL))
        sheet = hand_out(self.anne, party="E1", items=[HandedItem(device=self.device)])
        sign_handover(self.anne, handover=sheet, how="screen", image=b"\x89PNG..")
        report(self.anne, laptop("lap-2026-01-01-00-00-00", serial=SERIAL))
        add_licence(
            self.anne, software="firefox", publisher="Mozilla", seats=1, starts_on=date(2026, 1, 1)
        )
        open_account(self.anne, party="E1", system="mail", name="emma")
        self.journey = publish(house, "leaver")

    def leave(self, last_day: date) -> Journey:
        """Emma's last day is said."""
        end = EndDraft(employee="E1", last_day=last_day, reason="resigned")
        end_employment(self.helen, end=end)
        self.journey.go_on()
        return self.journey


@pytest.fixture
def office(db: None) -> Office:
    return Office(begin_staff())


def test_nothing_is_forgotten_and_nobody_is_done_while_a_device_is_out(office: Office) -> None:
    held = held_by(office.anne, employee="E1")
    assert (held.devices_out, held.accounts_open, held.licences) == (1, 1, ["firefox"])
    journey = office.leave(timezone.localdate())
    assert journey.instance.title == "Leaves: E1"
    assert journey.open == {"Task_Retention", "Task_TakeBack", "Task_Farewell"}
    journey.do(office.helen, "Task_Retention", keep_longer=False)
    journey.do(office.cora, "Task_Farewell", announced="In the meeting")
    journey.do(office.iris, "Task_TakeBack")
    journey.do(office.iris, "Task_Close")
    journey.do(office.ada, "Task_Kantoor")
    assert not User.objects.get(sign_in="emma").active
    assert (journey.state, journey.open) == ("running", set()), "the sheet is not signed"
    sign_handover(office.iris, handover="H-000002", how="paper", image=b"%PDF..")
    journey.go_on()
    assert journey.state == "ended"
    held = held_by(office.anne, employee="E1")
    assert (held.devices_out, held.accounts_open, held.licences) == (0, 0, [])


def test_a_device_that_went_out_again_keeps_it_from_ending(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey = office.leave(timezone.localdate())
    journey.do(office.helen, "Task_Retention", keep_longer=False)
    journey.do(office.cora, "Task_Farewell", announced="In the meeting")
    journey.do(office.iris, "Task_TakeBack")
    sign_handover(office.iris, handover="H-000002", how="paper", image=b"%PDF..")
    phone = register_device(office.anne, device=DeviceDraft(kind="phone", serial="FP1"))
    sheet = hand_out(office.iris, party="E1", items=[HandedItem(device=phone)])
    sign_handover(office.iris, handover=sheet, how="paper", image=b"%PDF..")
    journey.do(office.iris, "Task_Close")
    journey.do(office.ada, "Task_Kantoor")
    journey.look()
    assert journey.state == "running"
    later(monkeypatch, days=5)
    journey.go_on()
    assert journey.open == {"Task_Nothing"}
    journey.do(office.ivo, "Task_Nothing", missing="A phone; she brings it on Monday")
    assert journey.state == "running"


def test_what_somebody_may_need_in_a_case_is_held(office: Office) -> None:
    journey = office.leave(timezone.localdate() + timedelta(days=30))
    assert journey.open == {"Task_Retention"}, "nothing is taken before the last day"
    journey.do(office.helen, "Task_Retention", keep_longer=True, keep_why="Case 12")
    journey.do(office.helen, "Task_Hold")
    hold = LegalHold.objects.get()
    assert (hold.why, hold.party_id) == ("Case 12", office.staff.party("E1"))


def test_who_has_nothing_is_not_asked_to_bring_anything(office: Office) -> None:
    end = EndDraft(employee="E2", last_day=timezone.localdate(), reason="resigned")
    end_employment(office.helen, end=end)
    journey = office.journey
    journey.go_on()
    assert journey.open == {"Task_Retention", "Task_Close", "Task_Farewell"}
    journey.do(office.iris, "Task_Close")
    assert journey.open == {"Task_Retention", "Task_Farewell"}, "Piet has no account here"
    journey.do(office.helen, "Task_Retention", keep_longer=False)
    journey.do(office.cora, "Task_Farewell", announced="In the meeting")
    assert journey.state == "ended"


def test_what_is_in_repair_is_still_theirs(office: Office) -> None:
    repair_devices(office.anne, devices=[office.device])
    assert held_by(office.anne, employee="E1").devices_out == 1


def test_what_comes_back_from_repair_after_the_last_day_ends_it(office: Office) -> None:
    phone = register_device(office.anne, device=DeviceDraft(kind="phone", serial="FP1"))
    journey = office.leave(timezone.localdate())
    journey.do(office.helen, "Task_Retention", keep_longer=False)
    journey.do(office.cora, "Task_Farewell", announced="In the meeting")
    journey.do(office.iris, "Task_TakeBack")
    sign_handover(office.iris, handover="H-000002", how="paper", image=b"%PDF..")
    sheet = hand_out(office.iris, party="E1", items=[HandedItem(device=phone)])
    sign_handover(office.iris, handover=sheet, how="paper", image=b"%PDF..")
    repair_devices(office.iris, devices=[phone])
    journey.do(office.iris, "Task_Close")
    journey.do(office.ada, "Task_Kantoor")
    assert journey.state == "running", "a phone of theirs is being repaired"
    stock_devices(office.iris, devices=[phone])
    journey.go_on()
    assert journey.state == "ended"


def test_who_is_paid_waits_for_the_final_pay(office: Office) -> None:
    pay: Pay = begin_pay(office.staff)
    last = date(2026, 1, 31)
    journey = office.leave(last)
    journey.do(office.helen, "Task_Retention", keep_longer=False)
    journey.do(office.cora, "Task_Farewell", announced="In the meeting")
    journey.do(office.iris, "Task_TakeBack")
    sign_handover(office.iris, handover="H-000002", how="paper", image=b"%PDF..")
    journey.do(office.iris, "Task_Close")
    journey.do(office.ada, "Task_Kantoor")
    assert journey.state == "running", "the final pay was not approved"
    made = make_pay_run(pay.paul, month=last.replace(day=1))
    approve_pay_run(pay.cora, run=made.run)
    journey.go_on()
    assert journey.state == "ended"


def test_a_last_day_that_moves_moves_what_is_done_on_it_and_begins_nothing_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    journey = office.leave(today + timedelta(days=10))
    office.leave(today + timedelta(days=20))
    assert journey.instance.title == "Leaves: E1", "there is still one"
    later(monkeypatch, days=12)
    journey.go_on()
    assert "Task_TakeBack" not in journey.open
    later(monkeypatch, days=9)
    journey.go_on()
    assert "Task_TakeBack" in journey.open


def test_a_last_day_that_comes_nearer_is_not_missed(office: Office) -> None:
    today = timezone.localdate()
    office.leave(today + timedelta(days=30))
    journey = office.leave(today)
    assert "Task_TakeBack" in journey.open
