"""What ICT tells of devices, so that whoever waits for it need not look again every hour."""

from collections.abc import Sequence

import pytest

from kantoor.departments.ict.actions.devices.life import (
    dispose_of_devices,
    hand_out,
    repair_devices,
    stock_devices,
    take_back,
)
from kantoor.departments.ict.actions.devices.registering import register_device
from kantoor.departments.ict.actions.devices.reserving import (
    release_devices,
    release_reserved,
    reserve_devices,
)
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.events import AgentSeen, DevicesLetGo
from kantoor.departments.ict.tests.devices.desk import Desk, begin, laptop, report
from kantoor.departments.ict.tests.devices.people import employees
from kantoor.kernel.actions import events
from kantoor.kernel.actors.actor import Actor

pytestmark = pytest.mark.django_db
SERIAL = "PF1ABCDE"


@pytest.fixture
def desk() -> Desk:
    office = begin()
    employees(office.anne)
    return office


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    found: list[object] = []

    def keep(_actor: Actor, happened: Sequence[object]) -> None:
        found.extend(each for each in happened if isinstance(each, AgentSeen | DevicesLetGo))

    monkeypatch.setattr(events, "_keepers", [*events._keepers, keep])
    return found


def seen(told: list[object]) -> list[tuple[str, str]]:
    """Whose computer was seen for the first time, and which; what was told is forgotten."""
    found = [(each.employee, each.device) for each in told if isinstance(each, AgentSeen)]
    told.clear()
    return found


def let_go(told: list[object]) -> list[tuple[str, tuple[str, ...]]]:
    """Whose devices were let go; what was told is forgotten."""
    found = [(each.employee, each.devices) for each in told if isinstance(each, DevicesLetGo)]
    told.clear()
    return found


def test_the_first_report_after_a_handover_is_told_and_no_other(
    desk: Desk, told: list[object]
) -> None:
    says = laptop("lap-2026-01-01-00-00-00", serial=SERIAL)
    other = laptop("lap-2026-01-01-00-00-00", serial=SERIAL, hardware={"name": "lap-2", "uuid": "u-2"})  # fmt: skip
    report(desk.anne, says)
    assert seen(told) == [], "nobody has it"
    hand_out(desk.iris, party="E1", items=[HandedItem(device="D-000001")])
    report(desk.anne, says)
    assert seen(told) == [("E1", "D-000001")], "the same inventory as before the handover"
    report(desk.anne, says)
    report(desk.anne, other)
    assert seen(told) == []

    take_back(desk.iris, party="E1", items=[HandedItem(device="D-000001")])
    report(desk.anne, says)
    hand_out(desk.iris, party="E2", items=[HandedItem(device="D-000001")])
    assert seen(told) == []
    report(desk.anne, other)
    assert seen(told) == [("E2", "D-000001")], "another inventory"


def test_a_registered_computer_that_never_reported_is_told_once_it_does(
    desk: Desk, told: list[object]
) -> None:
    device = register_device(desk.iris, device=DeviceDraft(kind="computer", serial=SERIAL))
    hand_out(desk.iris, party="E1", items=[HandedItem(device=device)])
    report(desk.anne, laptop("lap-2026-01-01-00-00-00", serial=SERIAL))
    assert seen(told) == [("E1", device)]


def test_what_is_let_go_without_a_sheet_is_told(desk: Desk, told: list[object]) -> None:
    kept = [register_device(desk.iris, device=DeviceDraft(kind="phone", serial=s)) for s in "abc"]
    reserve_devices(desk.iris, party="E1", devices=kept[:2])
    reserve_devices(desk.iris, party="E2", devices=kept[2:])
    assert let_go(told) == []
    release_devices(desk.iris, devices=kept)
    assert let_go(told) == [("E1", tuple(kept[:2])), ("E2", (kept[2],))]
    release_reserved(desk.iris, party="E1")
    assert let_go(told) == [], "nothing was kept any more"

    hand_out(desk.iris, party="E1", items=[HandedItem(device=kept[0])])
    repair_devices(desk.iris, devices=kept[:2])
    assert let_go(told) == [], "what is repaired is still theirs"
    stock_devices(desk.iris, devices=kept[:2])
    assert let_go(told) == [("E1", (kept[0],))]
    dispose_of_devices(desk.iris, devices=kept, why="sold")
    assert let_go(told) == []
