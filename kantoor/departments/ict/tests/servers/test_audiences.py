"""Exactly who is affected when something does not work, and who holds which device."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.ict.actions.accounts.keeping import close_account, open_account
from kantoor.departments.ict.actions.cases.desk import add_service
from kantoor.departments.ict.actions.devices.dependencies import add_dependency
from kantoor.departments.ict.actions.devices.life import hand_out
from kantoor.departments.ict.actions.devices.registering import register_devices
from kantoor.departments.ict.actions.servers.checks import add_check
from kantoor.departments.ict.actions.servers.maintenance import plan_maintenance
from kantoor.departments.ict.actions.servers.registering import add_server
from kantoor.departments.ict.actions.servers.watching import due_checks, keep_answers
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.drafts_servers import CheckDraft, ServerDraft
from kantoor.departments.ict.models import Case, Device, Server, Service
from kantoor.departments.ict.tests.people import Desk
from kantoor.departments.ict.watching.questions import Answer
from kantoor.kernel.audiences import kind_named
from kantoor.kernel.parties import units
from kantoor.kernel.parties.actions import link_user
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees
from kantoor.kernel.parties.models import Party


def codes(desk: Desk, kind: str, *values: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        found = kind_named(kind).find(desk.anne.company_id, list(values))
        listed = sorted(found.values_list("code", flat=True))
    assert len(asked) <= 5
    return listed


def people(desk: Desk) -> None:
    add_employees(
        desk.anne,
        employees=[EmployeeDraft(code=f"P{n}", name=f"Person {n}") for n in range(1, 9)],
    )


def failing(desk: Desk) -> None:
    """The server `web-01` carries mail; the shop depends on mail, a till on the shop."""
    people(desk)
    add_service(desk.anne, code="shop", name="Web shop")
    add_service(desk.anne, code="files", name="Files")
    add_server(desk.anne, server=ServerDraft(code="web-01", services=["mail"], owner="bo"))
    add_server(desk.anne, server=ServerDraft(code="web-02", services=["files"]))
    shop, mail = (Service.objects.get(code=each).pk for each in ("shop", "mail"))
    add_dependency(desk.anne, of=f"ict.service/{shop}", on=f"ict.service/{mail}")
    devices = [DeviceDraft(kind="computer", model=model) for model in ("Till", "Laptop")]
    till, laptop = register_devices(desk.anne, devices=devices)
    hand_out(desk.anne, party="P1", items=[HandedItem(device=till)])
    hand_out(desk.anne, party="P2", items=[HandedItem(device=laptop)])
    key = Device.objects.get(model__name="Till").pk
    add_dependency(desk.anne, of=f"ict.device/{key}", on=f"ict.service/{shop}")
    open_account(desk.anne, party="P3", system="WEB shop", name="p3")
    gone = open_account(desk.anne, party="P4", system="Web shop", name="p4")
    close_account(desk.anne, account=gone)
    open_account(desk.anne, party="P5", system="Files", name="p5")
    link_user(desk.anne, user="bo", party="P6")
    desk.opened(requester="P7", service="mail")
    desk.opened(requester="P8", service="files")


def test_exactly_who_is_affected_by_a_servers_failure_is_found(desk: Desk) -> None:
    failing(desk)
    assert codes(desk, "ict.server_users", "web-01") == ["P1", "P3", "P6", "P7"]
    assert codes(desk, "ict.server_users", "web-02") == ["P5", "P8"]
    both = codes(desk, "ict.server_users", "web-01", "web-02")
    assert both == ["P1", "P3", "P5", "P6", "P7", "P8"]
    assert codes(desk, "ict.service_users", "shop") == ["P1", "P3"]
    assert codes(desk, "ict.server_users", "nothing") == []


def test_an_incident_reaches_users_of_its_service_and_who_reported_it(desk: Desk) -> None:
    failing(desk)
    case = Case.objects.get(requester__code="P8")
    assert codes(desk, "ict.case_people", str(case.number)) == ["P5", "P8"]
    assert codes(desk, "ict.case_people", "x") == []


def test_a_department_that_depends_on_it_is_affected(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(desk)
    server = Server.objects.get(code="web-02").pk
    add_dependency(desk.anne, of="department:Sales", on=f"ict.server/{server}")
    # No contract says that somebody works in sales.
    assert codes(desk, "ict.server_users", "web-02") == ["P5", "P8"]

    def in_sales(company_id: int, names: Sequence[str]) -> QuerySet[Party]:
        assert list(names) == ["Sales"]
        return Party.objects.filter(company_id=company_id, code__in=["P1", "P5"])

    monkeypatch.setattr(units, "_finders", [in_sales])
    assert codes(desk, "ict.server_users", "web-02") == ["P1", "P5", "P8"]


def test_users_of_what_is_down_are_those_of_services_down_now(desk: Desk) -> None:
    failing(desk)
    check = CheckDraft(
        server="web-02", name="site", kind="http", target="http://10.0.0.5/", fails=1
    )
    add_check(desk.anne, check=check)
    assert codes(desk, "ict.users_of_what_is_down") == []
    now = timezone.now()
    checks = due_checks(now + timedelta(days=1))
    keep_answers(checks, {each.pk: Answer(False, "status 500", None) for each in checks}, now)
    assert codes(desk, "ict.users_of_what_is_down") == ["P5", "P8"]
    plan_maintenance(
        desk.anne, servers=["web-02"], begins_at=now, ends_at=now + timedelta(hours=1), why="Disks"
    )
    assert codes(desk, "ict.users_of_what_is_down") == []


def test_owners_of_a_model_hold_it_now(desk: Desk) -> None:
    failing(desk)
    assert codes(desk, "ict.device_owners", "Till") == ["P1"]
    assert codes(desk, "ict.device_owners", "Till", "Laptop") == ["P1", "P2"]
    value = kind_named("ict.device_owners").value
    assert value is not None
    assert [each.name for each in value.offers(desk.anne.company_id, "till")] == ["Till"]
