"""`/inventory` over HTTP: what agents ask and report, packed in every way, and who may."""

import base64
import gzip
import zlib
from argparse import Namespace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client

from kantoor.departments.ict.actions.devices.doors import set_inventory_networks
from kantoor.departments.ict.cli.inventories import run
from kantoor.departments.ict.formats.inventory.messages import MOST_VALUES
from kantoor.departments.ict.models import Device, InventoryRaw
from kantoor.departments.ict.queries.devices.doors import inventory_door
from kantoor.departments.ict.tests.devices.desk import Desk, begin, laptop, packed
from kantoor.kernel.actors.tokens import create_token
from kantoor.kernel.console.answers import Answers
from kantoor.kernel.errors import InvalidInput
from tests.founded import found

pytestmark = pytest.mark.django_db
PROLOG = b"<REQUEST><DEVICEID>lap-1</DEVICEID><QUERY>PROLOG</QUERY><TOKEN>1</TOKEN></REQUEST>"
CONTACT = b'{"action": "contact", "deviceid": "lap-1", "name": "GLPI-Agent", "version": "1.17"}'


@pytest.fixture
def desk() -> Desk:
    return begin()


def post(body: bytes, address: str = "127.0.0.1", path: str = "/inventory", **headers: Any) -> Any:
    return Client().post(
        path, body, content_type="application/x-compress-zlib", REMOTE_ADDR=address, **headers
    )


def test_agents_are_told_to_report(desk: Desk) -> None:
    answer = post(zlib.compress(PROLOG))
    assert answer.status_code == 200
    assert b"<RESPONSE>SEND</RESPONSE>" in answer.content
    assert b"<PROLOG_FREQ>24</PROLOG_FREQ>" in answer.content

    answer = post(zlib.compress(CONTACT))
    assert answer["Content-Type"] == "application/json"
    assert msgspec.json.decode(answer.content) == {"status": "ok", "expiration": 24}
    assert Client().get("/inventory?action=getConfig&machineid=lap-1").json() == {}
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "pack", [zlib.compress, gzip.compress, bytes], ids=["zlib", "gzip", "plain"]
)
def test_inventories_come_packed_in_every_way(desk: Desk, pack: Any) -> None:
    answer = post(pack(packed(laptop())))
    assert msgspec.json.decode(answer.content)["status"] == "ok"
    assert Device.objects.get().serial == "PF1ABCDE"


def test_who_shows_no_token_reports_from_this_machine_alone(desk: Desk) -> None:
    body = packed(laptop())
    assert post(body, "203.0.113.5").status_code == 401
    assert post(body, HTTP_X_FORWARDED_FOR="203.0.113.5").status_code == 401
    set_inventory_networks(desk.iris, networks="203.0.113.0/24, 10.0.0.1")
    assert inventory_door(desk.iris).networks == "203.0.113.0/24 10.0.0.1/32"
    assert post(body, "203.0.113.5").status_code == 200
    assert post(body, "198.51.100.5").status_code == 401
    with pytest.raises(InvalidInput):
        set_inventory_networks(desk.iris, networks="everywhere")


def test_of_two_companies_one_has_to_be_named(desk: Desk) -> None:
    found("Visser BV")
    assert post(packed(laptop())).status_code == 401
    set_inventory_networks(desk.iris, networks="127.0.0.0/8")
    assert post(packed(laptop())).status_code == 200
    assert Device.objects.get().company_id == desk.anne.company_id


def test_a_token_is_shown_in_three_ways_and_has_to_allow_it(desk: Desk) -> None:
    body, far = packed(laptop()), "203.0.113.5"
    token = create_token(desk.iris, name="agents", scopes=["ict.report_inventory"]).token
    basic = "Basic " + base64.b64encode(f"agent:{token}".encode()).decode()
    assert post(body, far, HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 200
    assert post(body, far, HTTP_AUTHORIZATION=basic).status_code == 200
    assert post(body, far, f"/inventory/{token}").status_code == 200
    refused = post(body, far, "/inventory/kb.nobody")
    assert (refused.status_code, refused["WWW-Authenticate"][:5]) == (401, "Basic")
    weak = create_token(desk.iris, name="weak", scopes=["ict.read_devices"]).token
    assert post(body, "127.0.0.1", f"/inventory/{weak}").status_code == 403


def test_too_much_is_not_read_and_a_bomb_does_not_go_off(desk: Desk) -> None:
    assert post(b"{" + b" " * (20 * 2**20)).status_code == 413
    bomb = zlib.compress(bytes(100 * 2**20), 9)
    assert post(bomb).status_code == 400
    assert InventoryRaw.objects.get().form == "unreadable"
    broken = post(b"<REQUEST>")
    assert broken.status_code == 400
    assert b"<ERROR>" in broken.content


def test_twenty_megabytes_are_taken(desk: Desk) -> None:
    rows = [
        {"name": f"program {n}", "publisher": "p" * 80, "version": f"{n}", "comments": "c" * 920}
        for n in range(19_000)
    ]
    body = packed(laptop(softwares=rows))
    assert 19 * 2**20 < len(body) < 20 * 2**20
    assert post(body).status_code == 200


def test_files_are_taken_at_the_console(desk: Desk, tmp_path: Path, capsys: Any) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.xml"
    good.write_bytes(packed(laptop()))
    bad.write_bytes(b"<REQUEST/>")
    files = [good, bad, tmp_path / "gone.json"]
    assert run(Answers(json=True), Namespace(files=files)) == 1
    told = msgspec.json.decode(capsys.readouterr().out)
    assert (told["ok"], told["failed"]) == (1, 2)
    assert [each["ok"] for each in told["files"]] == [True, False, False]
    assert told["files"][0]["devices"] == ["D-000001"]
    assert [each["errors"][0]["rule"] for each in told["files"][1:]] == ["inventory.xml", "file"]


def test_a_page_in_somebodys_browser_reports_nothing(desk: Desk) -> None:
    answer = post(packed(laptop()), HTTP_ORIGIN="https://evil.example")
    assert answer.status_code == 401
    assert post(packed(laptop()), HTTP_SEC_FETCH_SITE="cross-site").status_code == 401
    assert not Device.objects.exists()


def test_a_small_body_that_unpacks_to_millions_of_values_is_refused(desk: Desk) -> None:
    values = b"{}," * (MOST_VALUES // 2 + 1)
    body = zlib.compress(b'{"action": "inventory", "content": {"x": [' + values + b"{}]}}")
    assert len(body) < 10_000
    answer = post(body)
    assert answer.status_code == 400
    assert b"too many values" in answer.content
