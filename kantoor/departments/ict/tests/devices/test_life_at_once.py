"""A device goes to one person, and keeps what is said of it, where two act on it at once."""

import threading
from typing import Any

import pytest

from kantoor.departments.ict.actions.devices import life, registering
from kantoor.departments.ict.actions.devices.finding import devices_by_number
from kantoor.departments.ict.actions.devices.merging import merge_devices
from kantoor.departments.ict.drafts_devices import HandedItem
from kantoor.departments.ict.models import Device, HandoverItem
from kantoor.departments.ict.proofs_devices import software_counts
from kantoor.departments.ict.tests.devices.desk import begin, laptop, report, the
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from tests.at_once import at_once, begun, meeting, outcomes
from tests.committed import committed as committed

A, B = "D-000001", "D-000002"


def test_a_device_handed_to_two_people_at_once_goes_to_one(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begin()
    report(desk.anne, laptop())
    people = [EmployeeDraft(name="Emma", code="E1"), EmployeeDraft(name="Piet", code="E2")]
    add_employees(desk.anne, employees=people)
    monkeypatch.setattr(life, "devices_by_number", meeting(devices_by_number))
    items = [HandedItem(device=A)]
    told = at_once(
        lambda: life.hand_out(desk.iris, party="E1", items=items),
        lambda: life.hand_out(desk.iris, party="E2", items=items),
    )
    assert outcomes(told) == ["WrongState", "done"]
    assert HandoverItem.objects.count() == 1


def test_what_is_said_of_a_device_does_not_undo_a_merge_of_just_now(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begin()
    report(desk.anne, laptop(), laptop("lap-2-2026-01-01-00-00-00", serial="PF2BBBBB"))
    told: list[Any] = []
    threads: list[threading.Thread] = []

    def merged_meanwhile(*given: Any, **said: Any) -> list[Device]:
        rows = devices_by_number(*given, **said)
        threads.append(begun(lambda: merge_devices(desk.iris, device=A, gone=B), told))
        threads[0].join(timeout=2)
        return rows

    monkeypatch.setattr(registering, "devices_by_number", merged_meanwhile)
    registering.change_device(desk.iris, device=B, remark="Scratched")
    threads[0].join(timeout=60)
    assert outcomes(told) == ["done"]
    gone = the(B)
    assert (gone.merged_into, gone.remark) == (the(A), "Scratched")
    assert not list(software_counts())
