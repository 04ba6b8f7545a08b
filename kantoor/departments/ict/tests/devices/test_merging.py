"""Devices made one in a chain, and parted again in any order: each gets back what is its own."""

from itertools import permutations
from typing import Any

import pytest

from kantoor.departments.ict.actions.devices.merging import merge_devices, undo_merge
from kantoor.departments.ict.models import DeviceKey
from kantoor.departments.ict.proofs_devices import software_counts
from kantoor.departments.ict.queries.devices.card import device
from kantoor.departments.ict.tests.devices.desk import Desk, begin, laptop, one, report, the
from kantoor.kernel.record.verify.system import verify

pytestmark = pytest.mark.django_db
A, B, C, D = "D-000001", "D-000002", "D-000003", "D-000004"


@pytest.fixture
def desk() -> Desk:
    return begin()


def machine(place: int) -> dict[str, Any]:
    return laptop(f"lap-{place}-2026-01-01-00-00-00", serial=f"PF{place}BBBBB")


def known_by() -> dict[str, set[str]]:
    """The serial numbers that each device is known by."""
    rows = DeviceKey.objects.filter(kind="serial").select_related("device")
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(str(row.device), set()).add(row.value)
    return found


@pytest.mark.parametrize("order", list(permutations([A, B, C])))
def test_a_chain_of_merges_undone_in_any_order_gives_each_its_own(
    desk: Desk, order: tuple[str, ...]
) -> None:
    """A into B, B into C, C into D."""
    report(desk.anne, *(machine(place) for place in range(1, 5)))
    before = known_by()
    assert before == {f"D-00000{n}": {f"PF{n}BBBBB"} for n in range(1, 5)}
    for gone, kept in ((A, B), (B, C), (C, D)):
        merge_devices(desk.iris, device=kept, gone=gone)
    assert known_by() == {D: {f"PF{n}BBBBB" for n in range(1, 5)}}
    assert [one(desk.anne, machine(n)).devices for n in range(1, 5)] == [[D]] * 4

    for gone in order:
        undo_merge(desk.iris, device=gone)
        assert the(gone).merged_into is None
        assert not list(software_counts())
    assert known_by() == before
    for place, number in enumerate((A, B, C, D), 1):
        assert one(desk.anne, machine(place)).devices == [number]
        assert the(number).serial == f"PF{place}BBBBB"
        assert device(desk.iris, number=number).merged == []
    assert verify().ok


def test_the_first_of_a_chain_leaves_while_the_second_is_still_gone(desk: Desk) -> None:
    report(desk.anne, *(machine(place) for place in range(1, 4)))
    merge_devices(desk.iris, device=B, gone=A)
    merge_devices(desk.iris, device=C, gone=B)
    undo_merge(desk.iris, device=A)
    assert known_by() == {A: {"PF1BBBBB"}, C: {"PF2BBBBB", "PF3BBBBB"}}
    assert [one(desk.anne, machine(n)).devices for n in (1, 2, 3)] == [[A], [C], [C]]
    # And may be said to be another from there on.
    merge_devices(desk.iris, device=C, gone=A)
    undo_merge(desk.iris, device=B)
    assert known_by() == {B: {"PF2BBBBB"}, C: {"PF1BBBBB", "PF3BBBBB"}}
    assert not list(software_counts())


def test_two_that_went_into_one_that_went_on_come_back_with_it(desk: Desk) -> None:
    report(desk.anne, *(machine(place) for place in range(1, 5)))
    for gone, kept in ((A, C), (B, C), (C, D)):
        merge_devices(desk.iris, device=kept, gone=gone)
    undo_merge(desk.iris, device=C)
    assert known_by() == {C: {"PF1BBBBB", "PF2BBBBB", "PF3BBBBB"}, D: {"PF4BBBBB"}}
    undo_merge(desk.iris, device=A)
    assert known_by() == {A: {"PF1BBBBB"}, C: {"PF2BBBBB", "PF3BBBBB"}, D: {"PF4BBBBB"}}
