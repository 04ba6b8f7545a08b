"""Two people who say at once which device is which do not contradict each other."""

from collections.abc import Callable

import pytest

from kantoor.departments.ict.actions.devices import merging
from kantoor.departments.ict.actions.devices.finding import devices_by_number
from kantoor.departments.ict.models import Device, DeviceMerge
from kantoor.departments.ict.proofs_devices import software_counts
from kantoor.departments.ict.tests.devices.desk import begin, laptop, report
from tests.at_once import at_once, meeting, outcomes
from tests.committed import committed as committed

A, B = "D-000001", "D-000002"


def both_at_once(monkeypatch: pytest.MonkeyPatch, *acts: Callable[[], object]) -> list[str]:
    """Do both; whoever read the devices waits for the other to, if nothing keeps them apart."""
    together = meeting(devices_by_number)
    monkeypatch.setattr(merging, "devices_by_number", together)
    monkeypatch.setattr(merging, "device_by_number", lambda *a, **k: together(a[0], [a[1]], **k)[0])
    told = at_once(*acts)
    monkeypatch.undo()
    return outcomes(told)


def test_each_of_two_said_at_once_to_be_the_other_leaves_one(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begin()
    report(desk.anne, laptop(), laptop("lap-2-2026-01-01-00-00-00", serial="PF2BBBBB"))
    told = both_at_once(
        monkeypatch,
        lambda: merging.merge_devices(desk.iris, device=A, gone=B),
        lambda: merging.merge_devices(desk.iris, device=B, gone=A),
    )
    assert told == ["UnknownDevice", "done"]
    assert Device.objects.filter(merged_into=None).count() == 1
    assert not list(software_counts())


def test_a_merge_undone_twice_at_once_is_undone_once(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begin()
    report(desk.anne, laptop(), laptop("lap-2-2026-01-01-00-00-00", serial="PF2BBBBB"))
    merging.merge_devices(desk.iris, device=A, gone=B)
    undo = lambda: merging.undo_merge(desk.iris, device=B)  # noqa: E731
    assert both_at_once(monkeypatch, undo, undo) == ["WrongState", "done"]
    assert DeviceMerge.objects.filter(undone_at=None).count() == 0
    assert not list(software_counts())
