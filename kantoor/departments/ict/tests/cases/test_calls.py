"""Calls: the caller found as one types, the case written with its devices, solved on the line."""

import pytest
from django.test import Client

from kantoor.departments.ict.actions.cases.calls import note_call, note_calls
from kantoor.departments.ict.actions.cases.devices import link_devices, unlink_device
from kantoor.departments.ict.actions.devices.life import hand_out
from kantoor.departments.ict.actions.devices.registering import register_devices
from kantoor.departments.ict.drafts import CallDraft
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.errors_devices import UnknownDevice
from kantoor.departments.ict.queries.cases.callers import caller, callers
from kantoor.departments.ict.queries.cases.record import case
from kantoor.departments.ict.tests.people import Desk


def laptop_of(desk: Desk, code: str) -> str:
    number = register_devices(desk.anne, devices=[DeviceDraft(kind="computer", name="Laptop 7")])[0]
    hand_out(desk.anne, party=code, items=[HandedItem(device=number)])
    return number


@pytest.mark.parametrize(
    "asked",
    ["eva", "Eva J", "jansen", "0205550101", "020 555 01", "+31 20 555 0101", "5550101", "E1"],
)
def test_a_caller_is_found_by_name_or_number(desk: Desk, asked: str) -> None:
    assert [each.code for each in callers(desk.bo, search=asked)] == ["E1"] or asked == "020 555 01"
    assert "E1" in [each.code for each in callers(desk.bo, search=asked)]


def test_beside_a_caller_stand_their_devices_and_open_cases(desk: Desk) -> None:
    number = laptop_of(desk, "E1")
    open_case = desk.opened(requester="E1")
    shown = caller(desk.bo, code="E1")
    assert [each.number for each in shown.devices] == [number]
    assert [each.number for each in shown.cases] == [open_case]


def test_a_call_is_a_case_with_its_devices(desk: Desk) -> None:
    device = laptop_of(desk, "E1")
    opened = note_call(
        desk.bo, call=CallDraft(caller="E1", title="No sound", text="Since noon", devices=[device])
    )
    shown = case(desk.bo, number=opened.number)
    assert (shown.case.channel, shown.devices) == ("phone", [(device, "Laptop 7")])
    unlink_device(desk.bo, number=opened.number, device=device)
    assert case(desk.bo, number=opened.number).devices == []
    link_devices(desk.bo, number=opened.number, devices=[device, device])
    assert len(case(desk.bo, number=opened.number).devices) == 1
    with pytest.raises(UnknownDevice):
        link_devices(desk.bo, number=opened.number, devices=["D-999999"])


def test_what_is_solved_on_the_line_is_solved(desk: Desk) -> None:
    calls = [
        CallDraft(contact="A visitor", title="Wifi", solution="Gave the password"),
        CallDraft(title="Badge"),
    ]
    first, second = note_calls(desk.bo, calls=calls)
    assert (desk.case(first.number).state, desk.case(second.number).state) == ("resolved", "new")
    assert desk.case(first.number).contact == "A visitor"


def test_the_page_finds_notes_and_goes_to_the_case(desk: Desk, client: Client) -> None:
    device = laptop_of(desk, "E1")
    signed_in(client, desk)
    assert "Eva Jansen" in client.get("/ict/telephone/callers?q=5550101").content.decode()
    assert device in client.get("/ict/telephone/caller?caller=E1").content.decode()
    answer = client.post(
        "/ict/telephone",
        {"caller": "E1", "title": "No sound", "devices": [device], "impact": "2", "urgency": "2"},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/ict/cases/INC-000001")
    page = client.get("/ict/cases/INC-000001").content.decode()
    assert "No sound" in page and "Laptop 7" in page
    refused = client.post(
        "/ict/telephone", {"caller": "E1", "title": "", "impact": "2", "urgency": "2"}
    )
    assert refused.status_code == 422 and "Eva Jansen" in refused.content.decode()


def signed_in(client: Client, desk: Desk) -> None:
    from tests.founded import PASSWORD

    assert client.post("/sign-in", {"user": "bo", "password": PASSWORD}).status_code == 302
