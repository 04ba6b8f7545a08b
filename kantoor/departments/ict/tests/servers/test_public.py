"""The public status address: who has it sees public services, and nothing else, without signing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kantoor.departments.ict.actions.cases.desk import add_service
from kantoor.departments.ict.actions.devices.registering import register_device
from kantoor.departments.ict.actions.servers.maintenance import plan_maintenance
from kantoor.departments.ict.actions.servers.publishing import (
    close_status_address,
    open_status_address,
    show_service_publicly,
    show_services_publicly,
)
from kantoor.departments.ict.actions.servers.registering import change_server
from kantoor.departments.ict.drafts_devices import DeviceDraft
from kantoor.departments.ict.drafts_servers import ServerChange
from kantoor.departments.ict.errors import UnknownService, WrongState
from kantoor.departments.ict.errors_devices import UnknownDevice
from kantoor.departments.ict.queries.devices.card import device
from kantoor.departments.ict.queries.servers.public_status import status_address
from kantoor.departments.ict.queries.servers.servers import server
from kantoor.departments.ict.tests.people import Desk
from kantoor.departments.ict.tests.servers.watched import web
from kantoor.kernel.errors import NotAllowed
from tests.access.office import _signed_in

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies
    return answer.content.decode()


def test_the_world_sees_public_services_and_nothing_inside(desk: Desk) -> None:
    add_service(desk.anne, code="payroll", name="Secret payroll")
    web(desk.anne, services=["mail", "payroll"])
    path = open_status_address(desk.anne)
    assert "Mail" not in page(path)
    show_service_publicly(desk.anne, service="mail")
    now = timezone.now()
    plan_maintenance(
        desk.anne, begins_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2),
        why="Bob broke it", servers=["web-01"],
    )  # fmt: skip
    shown = page(path)
    assert "Mail" in shown
    for inside in ("payroll", "web-01", "10.0.0.5", "Bob"):
        assert inside not in shown
    show_services_publicly(desk.anne, services=["mail"], public=False)
    assert "Mail" not in page(path)
    with pytest.raises(UnknownService):
        show_service_publicly(desk.anne, service="nothing")


def test_a_closed_address_is_worthless_and_another_opens(desk: Desk) -> None:
    path = open_status_address(desk.anne)
    assert open_status_address(desk.anne) == path == status_address(desk.anne)
    close_status_address(desk.anne)
    with pytest.raises(WrongState):
        close_status_address(desk.anne)
    assert (Client().get(path).status_code, status_address(desk.anne)) == (404, "")
    fresh = open_status_address(desk.anne)
    assert fresh != path
    assert Client().get(path).status_code == 404
    for wrong in ("/status", "/status/", f"{fresh}x", "/status/p1.1.aaaaaaaaaaaaaaaa"):
        assert Client().get(wrong).status_code == 404
    assert Client().post(fresh).status_code in (405, 413)
    with pytest.raises(NotAllowed):
        open_status_address(desk.bo)


def test_the_page_of_the_house_tells_the_address_to_who_may_read_servers(desk: Desk) -> None:
    path = open_status_address(desk.anne)
    seen = _signed_in(desk.bo, Client()).get("/ict/status").content.decode()
    assert path in seen
    assert path not in _signed_in(desk.eva, Client()).get("/ict/status").content.decode()
    managed = _signed_in(desk.anne, Client()).get("/ict/status").content.decode()
    assert "close-status-address" in managed or "close_status_address" in managed


def test_a_server_names_the_device_that_it_is(desk: Desk) -> None:
    draft = DeviceDraft(kind="server", maker="Dell", model="R640", serial="X1")
    number = register_device(desk.anne, device=draft)
    web(desk.anne, device=number)
    assert server(desk.bo, code="web-01").device == number
    assert device(desk.bo, number=number).servers == [("web-01", "web-01")]
    with pytest.raises(UnknownDevice):
        change_server(desk.anne, change=ServerChange(code="web-01", device="D-999999"))
    change_server(desk.anne, change=ServerChange(code="web-01", device=""))
    assert server(desk.bo, code="web-01").device == ""
