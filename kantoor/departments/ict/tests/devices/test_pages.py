"""The pages of devices open, show what there is, and take what is typed."""

import base64
from typing import Any

import pytest
from django.test import Client

from kantoor.departments.ict.actions.devices.life import take_back
from kantoor.departments.ict.drafts_devices import HandedItem
from kantoor.departments.ict.models import Handover, InventoryConflict, StockTakeScan
from kantoor.departments.ict.queries.devices.register import devices
from kantoor.departments.ict.tests.devices.desk import Desk, begin, the
from kantoor.kernel.actions.registry import actions
from tests.access.office import _signed_in
from tests.complete_devices import devices as complete

pytestmark = pytest.mark.django_db
DOT = base64.b64encode(b"\x89PNG dot").decode()


@pytest.fixture
def desk() -> Desk:
    office = begin()
    complete(office.anne)
    return office


@pytest.fixture
def browser(desk: Desk) -> Client:
    return _signed_in(desk.iris, Client(headers={"Accept-Language": "en"}))


def get(browser: Client, path: str) -> Any:
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer


PAGES = (
    "devices", "devices?state=free&kind=phone&q=FP5", "handovers?unsigned=1", "software",
    "software?licensed=1", "licences", "consumables", "locations", "stock-takes",
    "inventory-conflicts", "inventory-conflicts?state=merged", "devices/D-000001",
    "devices/D-000002", "devices/D-000005", "handovers/H-000001", "handovers/H-000001/pdf",
    "handovers/H-000001/signature", "stock-takes/ST-0001", "stock-takes/ST-0001/scan",
    "devices/D-000001/label", "devices/labels.pdf", "do/change-device?device=D-000005",
    "do/register-device", "do/hand-out", "do/decide-conflict?conflict=1",
)  # fmt: skip


def test_every_page_opens_and_tells_what_there_is(browser: Client) -> None:
    for path in PAGES:
        assert b"".join(iter(get(browser, f"/ict/{path}"))), path
    said = get(browser, "/ict/devices/D-000001").content.decode()
    assert "2 inventarisaties worden vastgehouden" in get(browser, "/ict").content.decode()
    for words in ("LENOVO T14", "DIMM 0", "8590 MB", "firefox", "serial:PF0ABCDE", "D-000002"):
        assert words in said, words


def test_every_action_has_a_form(browser: Client) -> None:
    for act in actions():
        if ".ict.actions.devices." in act.function.__module__ and not act.hidden:
            assert get(browser, f"/ict/do/{act.verb.replace('_', '-')}").content


def test_a_sheet_is_signed_on_a_screen(browser: Client, desk: Desk) -> None:
    sheet = take_back(desk.iris, party="E1", items=[HandedItem(device="D-000005")])
    url = f"/ict/handovers/{sheet}/sign"
    assert "data-signature" in get(browser, url).content.decode()
    assert browser.post(url, {}).status_code == 422
    done = browser.post(url, {"drawn": f"data:image/png;base64,{DOT}"})
    assert done["Location"] == f"/ict/handovers/{sheet}"
    row = Handover.objects.get(number=int(sheet[2:]))
    assert (row.signed_how, row.signature is not None) == ("screen", True)


def test_codes_are_counted_on_the_page(browser: Client) -> None:
    url = "/ict/stock-takes/ST-0001/scan"
    assert get(browser, url)["Permissions-Policy"] == "camera=(self)"
    before = StockTakeScan.objects.count()
    assert browser.post(url, {"codes": "D-000001\nnobody\n"}).status_code == 302
    assert StockTakeScan.objects.count() == before + 2


def test_a_held_inventory_is_decided_on_the_page(browser: Client) -> None:
    row = InventoryConflict.objects.filter(state="open").earliest("pk")
    done = browser.post(
        "/ict/do/decide-conflict",
        {"conflict": row.pk, "decision": "merge", "device": "D-000001"},
    )
    assert done.status_code == 302, done.content.decode()[:3000]
    row.refresh_from_db()
    assert (row.state, row.device) == ("merged", the("D-000001"))


def test_a_list_asks_as_many_statements_for_few_as_for_many(
    desk: Desk, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        assert len(devices(desk.iris).rows) == 4
