"""CloudEvents over HTTP: in each of the three modes, once, and refused with reasons."""

import json
from typing import Any

import pytest
from pytest_django import Settings

from kantoor.departments.sales.models import Customer
from kantoor.kernel.intake.models import IntakeRaw
from kantoor.shell.api.tests.conftest import Api, api_of
from tests.founded import House

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"


def event(number: str = "1", **data: Any) -> dict[str, Any]:
    """A new customer, as the front office tells it."""
    return {
        "specversion": "1.0",
        "id": number,
        "source": "shop",
        "type": "kantoor.sales.customer.changed",
        "data": {"code": f"C{number}", "name": "Café De Zwaan", **data},
    }


def test_one_event_as_json(api: Api) -> None:
    answer = api.post("intake", event(), kind=STRUCTURED)
    assert answer.status_code == 200
    (outcome,) = answer.json()
    assert (outcome["place"], outcome["id"], outcome["state"]) == (1, "1", "accepted")
    assert outcome["result"].startswith("kernel.party/")
    assert Customer.objects.get().party.name == "Café De Zwaan"


def test_one_event_in_headers(api: Api) -> None:
    told = event()
    headers = {f"ce_{name}": told[name] for name in ("specversion", "id", "source", "type")}
    answer = api.post("intake", told["data"], **headers)
    assert [each["state"] for each in answer.json()] == ["accepted"]


def test_many_events_at_once(api: Api) -> None:
    answer = api.post("intake", [event(str(n)) for n in range(1, 4)], kind=BATCH)
    assert [each["state"] for each in answer.json()] == ["accepted"] * 3
    assert Customer.objects.count() == 3


def test_the_same_again_changes_nothing(api: Api) -> None:
    api.post("intake", event(), kind=STRUCTURED)
    again = api.post("intake", event(), kind=STRUCTURED, Idempotency_Key="k1")
    assert [each["state"] for each in again.json()] == ["duplicate"]
    other = api.post("intake", event(name="Other"), kind=STRUCTURED)
    assert (other.status_code, other.json()["code"]) == (422, "intake.rejected")
    assert other.json()["errors"][0]["code"] == "intake.changed"


def test_a_refused_event_leaves_the_others_and_is_kept(api: Api) -> None:
    answer = api.post("intake", [event("1"), event("2", wings=2), event("3")], kind=BATCH)
    assert answer.status_code == 200
    states = [each["state"] for each in answer.json()]
    assert states == ["accepted", "rejected", "accepted"]
    refused = answer.json()[1]
    assert (refused["code"], refused["field"]) == ("event.data", "wings")
    assert IntakeRaw.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (b'{"code": "a", "name": "b\\u0000"}', "name"),
        (b'{"code": "a", "name": "b\\ud800"}', ""),
        (b'{"code": "a", "name": "b", "payment_days": 9223372036854775808}', "payment_days"),
        (b'{"code": "a", "name": "b", "payment_days": 3000000000}', "payment_days"),
        (b'{"code": "a", "name": "' + b"x" * 500 + b'"}', "name"),
        (b"[]", "data"),
        (b'{"code": 1}', "code"),
    ],
)
def test_odd_data_is_refused_with_its_field(api: Api, data: bytes, field: str) -> None:
    told = json.dumps({**event(), "data": 0}).encode().replace(b'"data": 0', b'"data": ' + data)
    answer = api.post("intake", told, kind=STRUCTURED)
    assert answer.status_code == 422
    assert answer.json()["errors"][0].get("field", "") == field


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b"\xff", b'{"id": 1}', b"[" * 50_000])
def test_what_is_no_event_is_refused_and_kept(api: Api, body: bytes) -> None:
    answer = api.post("intake", body, kind=STRUCTURED)
    assert (answer.status_code, answer.json()["code"]) == (422, "intake.rejected")
    assert IntakeRaw.objects.count() == 1


@pytest.mark.parametrize("body", [b"{", b"{}", b"null", b"[1]", b"[{}", b"[[]]"])
def test_what_is_no_batch_is_refused(api: Api, body: bytes) -> None:
    assert api.post("intake", body, kind=BATCH).status_code == 422


def test_an_empty_batch_has_no_outcomes(api: Api) -> None:
    answer = api.post("intake", [], kind=BATCH)
    assert (answer.status_code, answer.json()) == (200, [])


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/cloudevents+json; charset=latin-1",
    ],
)
def test_what_says_to_be_something_else_is_not_kept(api: Api, kind: str) -> None:
    answer = api.post("intake", event(), kind=kind)
    assert (answer.status_code, answer.json()["code"]) == (415, "content_type")
    assert not IntakeRaw.objects.exists()


def test_who_may_not_take_in_keeps_nothing(house: House) -> None:
    house.person("anne", "auditor")
    narrow = api_of(house.administrator, "finance.*")
    for caller in (api_of(house.again("anne")), narrow):
        for body in ([], [event()]):
            assert caller.post("intake", body, kind=BATCH).status_code == 403
    assert Api().post("intake", event(), kind=STRUCTURED).status_code == 401
    assert not IntakeRaw.objects.exists()


def test_a_body_beyond_the_limit_is_refused(api: Api, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert api.post("intake", event(), kind=STRUCTURED).status_code == 413
