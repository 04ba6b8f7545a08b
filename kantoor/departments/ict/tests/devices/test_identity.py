"""Whose inventory it is: known again, new, or a question for a person; and the way back."""

import zlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.ict.actions.devices.conflicts import (
    decide_conflict,
    decide_conflicts,
)
from kantoor.departments.ict.actions.devices.merging import (
    merge_devices,
    split_device,
    undo_merge,
)
from kantoor.departments.ict.errors_devices import AlreadyDecided
from kantoor.departments.ict.models import (
    Device,
    DeviceKey,
    InventoryConflict,
    InventoryRaw,
    InventoryReport,
)
from kantoor.departments.ict.tests.devices.desk import (
    Desk,
    begin,
    laptop,
    one,
    parts,
    programs,
    report,
    the,
)
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.record.verify.system import verify
from tests.founded import found

pytestmark = pytest.mark.django_db
FIRST, SECOND = "lap-1-2026-01-01-00-00-00", "lap-1-2026-06-06-06-06-06"


@pytest.fixture
def desk() -> Desk:
    return begin()


def waiting() -> list[InventoryConflict]:
    return list(InventoryConflict.objects.filter(state="open").order_by("pk"))


def test_an_agent_registers_its_machine_and_is_known_again(desk: Desk) -> None:
    told = one(desk.anne, laptop())
    assert (told.verdict, told.devices) == ("new", ["D-000001"])
    row = the("D-000001")
    assert (row.kind, row.name, row.serial, row.state) == ("computer", "lap-1", "PF1ABCDE", "found")
    assert str(row.model) == "LENOVO T14"
    assert parts("D-000001", "memory") == ["DIMM 0", "DIMM 1"]

    again = laptop(memories=[{"caption": "DIMM 0", "capacity": 16384}])
    told = one(desk.anne, again)
    assert (told.verdict, told.devices) == ("changed", ["D-000001"])
    assert parts("D-000001", "memory") == ["DIMM 0"]
    assert one(desk.anne, again).verdict == "unchanged"


def test_what_a_partial_inventory_leaves_out_stays(desk: Desk) -> None:
    whole = laptop()
    one(desk.anne, whole)
    part = {"deviceid": FIRST, "action": "inventory", "partial": True, "content": {
        "bios": whole["content"]["bios"], "hardware": whole["content"]["hardware"],
        "cpus": [{"name": "Core i5", "core": 4, "speed": 2300}],
    }}  # fmt: skip
    assert one(desk.anne, part).verdict == "changed"
    assert programs("D-000001") == ["firefox", "libreoffice"]
    assert parts("D-000001") == ["Core i5", "DIMM 0", "DIMM 1"]
    assert the("D-000001").system == "Debian GNU/Linux 13"
    # A whole inventory of an agent that was told not to list software leaves it out, too.
    without = laptop()
    del without["content"]["softwares"]
    one(desk.anne, without)
    assert programs("D-000001") == ["firefox", "libreoffice"]


def test_the_same_machine_with_another_agent_waits_for_a_person(desk: Desk) -> None:
    one(desk.anne, laptop(FIRST))
    told = one(desk.anne, laptop(SECOND))
    assert (told.ok, told.verdict, told.devices) == (True, "held", [])
    [row] = waiting()
    assert (row.reason, row.candidates) == ("other_agent", "D-000001")
    # Again and again: one question, not many.
    one(desk.anne, laptop(SECOND, memories=[]))
    assert len(waiting()) == 1
    assert Device.objects.count() == 1

    decide_conflict(desk.iris, conflict=row.pk, decision="merge")
    assert waiting() == []
    assert parts("D-000001", "memory") == []
    assert one(desk.anne, laptop(SECOND)).devices == ["D-000001"]
    with pytest.raises(AlreadyDecided):
        decide_conflicts(desk.iris, conflicts=[row.pk], decision="new")
    assert verify().ok


def test_a_machine_without_numbers_is_asked_about_by_address_or_name(desk: Desk) -> None:
    def bare(agent: str, mac: str, host: str) -> dict[str, object]:
        networks = [{"description": "eth0", "mac": mac, "virtualdev": "0"}]
        content = {"hardware": {"name": host}, "networks": networks}
        return {"deviceid": agent, "action": "inventory", "content": content}

    one(desk.anne, bare("a-1", "02:fc:00:00:00:01", "vm"))
    assert one(desk.anne, bare("a-2", "02:fc:00:00:00:01", "other")).verdict == "held"
    assert one(desk.anne, bare("a-3", "02:fc:00:00:00:03", "vm")).verdict == "held"
    assert one(desk.anne, bare("a-4", "02:fc:00:00:00:04", "vm-4")).verdict == "new"


def test_one_name_for_two_machines_is_held(desk: Desk) -> None:
    one(desk.anne, laptop(FIRST, serial="PF1ABCDE"))
    told = one(desk.anne, laptop(FIRST, serial="PF9ZZZZZ"))
    assert told.verdict == "held"
    [row] = waiting()
    assert row.reason == "two_machines"
    decide_conflict(desk.iris, conflict=row.pk, decision="new")
    assert one(desk.anne, laptop(FIRST, serial="PF9ZZZZZ")).devices == ["D-000002"]
    assert the("D-000002").serial == "PF9ZZZZZ"


def test_what_makers_leave_in_place_of_a_number_makes_no_two_one(desk: Desk) -> None:
    for n, agent in enumerate(("pc-1-2026-01-01-00-00-00", "pc-2-2026-01-01-00-00-00"), 1):
        inventory = laptop(agent, serial="To be filled by O.E.M.")
        inventory["content"]["hardware"]["uuid"] = "03000200-0400-0500-0006-000700080009"
        assert one(desk.anne, inventory).devices == [f"D-00000{n}"]


def test_a_dock_that_wanders_makes_no_two_one(desk: Desk) -> None:
    dock = [{"description": "dock", "mac": "00:e0:4c:68:01:db", "virtualdev": False}]
    one(desk.anne, laptop(FIRST, networks=dock))
    other = laptop("lap-2-2026-01-01-00-00-00", serial="PF2BBBBB", networks=dock)
    assert one(desk.anne, other).devices == ["D-000002"]


def test_an_agent_may_be_ignored(desk: Desk) -> None:
    one(desk.anne, laptop(FIRST))
    one(desk.anne, laptop(SECOND))
    [row] = waiting()
    decide_conflict(desk.iris, conflict=row.pk, decision="ignore")
    assert one(desk.anne, laptop(SECOND)).verdict == "ignored"
    with pytest.raises(AlreadyDecided):
        decide_conflict(desk.iris, conflict=row.pk, decision="merge")


def test_a_clone_that_is_new_shares_what_it_has_in_common(desk: Desk) -> None:
    one(desk.anne, laptop(FIRST))
    one(desk.anne, laptop(SECOND))
    decide_conflict(desk.iris, conflict=waiting()[0].pk, decision="new")
    assert DeviceKey.objects.filter(state="shared").count() == 3
    assert one(desk.anne, laptop(FIRST)).devices == ["D-000001"]
    assert one(desk.anne, laptop(SECOND)).devices == ["D-000002"]


def test_a_merge_and_its_undoing(desk: Desk) -> None:
    other = laptop("lap-2-2026-01-01-00-00-00", serial="PF2BBBBB", memories=[])
    report(desk.anne, laptop(FIRST), other)
    merge_devices(desk.iris, device="D-000001", gone="D-000002")
    assert the("D-000002").merged_into == the("D-000001")
    assert one(desk.anne, other).devices == ["D-000001"]

    undo_merge(desk.iris, device="D-000002")
    assert the("D-000002").merged_into is None
    assert one(desk.anne, other).devices == ["D-000002"]
    assert one(desk.anne, laptop(FIRST)).devices == ["D-000001"]
    assert parts("D-000001", "memory") == ["DIMM 0", "DIMM 1"]
    with pytest.raises(InvalidInput):
        merge_devices(desk.iris, device="D-000001", gone="D-000001")
    assert verify().ok


def test_two_machines_that_were_taken_for_one_are_parted(desk: Desk) -> None:
    one(desk.anne, laptop(FIRST))
    fresh = split_device(desk.iris, device="D-000001", keys=["serial:PF1ABCDE", "host:lap-1"])
    assert fresh == "D-000002"
    known = set(DeviceKey.objects.filter(device=the(fresh)).values_list("kind", flat=True))
    assert known == {"serial", "host"}
    with pytest.raises(InvalidInput):
        split_device(desk.iris, device=fresh, keys=["serial:PF1ABCDE", "host:lap-1"])


def test_what_cannot_be_read_is_kept_and_explained(desk: Desk) -> None:
    bad = [b"\x78\x9c broken", b"{", b"<REQUEST><CONTENT>", b"", b"hello", b'{"content": {}}',
           b'<!DOCTYPE a [<!ENTITY b "c">]><REQUEST><QUERY>&b;</QUERY></REQUEST>']  # fmt: skip
    told = report(desk.anne, *bad)
    assert told.failed == len(bad)
    assert [each.errors[0].rule for each in told.files] == [
        "inventory.packing", "inventory.json", "inventory.xml", "inventory.empty",
        "inventory.xml", "inventory.nobody", "inventory.xml",
    ]  # fmt: skip
    assert InventoryRaw.objects.count() == len(bad)
    assert InventoryReport.objects.filter(verdict="refused").count() == len(bad)
    report(desk.anne, *bad)
    assert InventoryReport.objects.count() == len(bad)


def test_what_is_private_is_dropped_before_anything_is_kept(desk: Desk) -> None:
    inventory = laptop(
        envs=[{"key": "SECRET", "val": "hunter2"}],
        users=[{"login": "hunter2"}],
        processes=[{"cmd": "mysql -phunter2"}],
    )
    inventory["content"]["hardware"]["lastloggeduser"] = "hunter2"
    one(desk.anne, inventory)
    [raw] = InventoryRaw.objects.all()
    text = zlib.decompress(bytes(raw.content.packed))
    assert b"PF1ABCDE" in text
    assert b"hunter2" not in text


def test_companies_know_nothing_of_each_others_machines(desk: Desk) -> None:
    other = found("Visser BV").administrator
    assert one(desk.anne, laptop()).devices == ["D-000001"]
    told = one(other, laptop())
    assert (told.verdict, told.devices) == ("new", ["D-000001"])
    assert Device.objects.count() == 2


def test_the_statements_do_not_grow_with_the_inventories(desk: Desk) -> None:
    def statements(first: int, count: int) -> int:
        machines = [
            laptop(f"pc-{n}-2026-01-01-00-00-00", serial=f"PC{n:05}")
            for n in range(first, first + count)
        ]
        with CaptureQueriesContext(connection) as asked:
            assert report(desk.anne, *machines).failed == 0
        return len(asked)

    statements(0, 1)  # The programs and the model become known.
    few, many = statements(100, 3), statements(200, 30)
    # PostgreSQL takes many rows by COPY, without a statement for each.
    assert many <= few
