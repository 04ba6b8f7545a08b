"""Kept inventories are thrown away after some time, but what may still be needed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.departments.ict.actions.devices import forgetting
from kantoor.departments.ict.actions.devices.conflicts import decide_conflict
from kantoor.departments.ict.actions.devices.forgetting import (
    forget,
    forget_old_inventories,
    set_inventory_keeping,
)
from kantoor.departments.ict.models import InventoryConflict, InventoryContent, InventoryRaw
from kantoor.departments.ict.tests.devices.desk import Desk, begin, laptop, one
from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.record.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return begin()


def forgotten(days: int) -> None:
    """Forget as it is done so many days from now."""
    forget(timezone.now() + timedelta(days=days))


def test_the_last_inventory_of_each_device_stays_and_older_ones_go(desk: Desk) -> None:
    for memory in (4, 8, 16):
        one(desk.iris, laptop(memories=[{"caption": "DIMM", "capacity": memory * 1024}]))
    one(desk.iris, b"no inventory at all")
    assert InventoryContent.objects.count() == 4
    forgotten(89)
    assert InventoryContent.objects.count() == 4
    forgotten(91)
    last = InventoryRaw.objects.filter(form="message").latest("pk")
    assert [each.raw for each in InventoryContent.objects.all()] == [last]
    assert InventoryRaw.objects.count() == 4  # that it came is known for good
    # So is that a purge threw it away.
    assert Record.objects.filter(action="ict.purge_inventories").count() == 1
    one(desk.iris, laptop(memories=[{"caption": "DIMM", "capacity": 4096}]))
    assert InventoryContent.objects.count() == 2


def test_what_waits_for_a_person_stays(desk: Desk) -> None:
    one(desk.iris, laptop())
    one(desk.iris, laptop("other-2026-02-02-00-00-00"))
    conflict = InventoryConflict.objects.get()
    set_inventory_keeping(desk.iris, keep_days=1)
    forgotten(2)
    assert InventoryContent.objects.filter(raw=conflict.raw_id).exists()
    decide_conflict(desk.iris, conflict=conflict.pk, decision="new")
    with pytest.raises(InvalidInput):
        set_inventory_keeping(desk.iris, keep_days=0)


def test_the_job_runs_by_itself(desk: Desk) -> None:
    one(desk.iris, laptop())
    assert forgetting.any_inventory()
    forget_old_inventories.enqueue_once("scheduled", installation_actor())
    work_off()
    assert InventoryContent.objects.count() == 1
