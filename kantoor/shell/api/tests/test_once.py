"""Idempotency keys: the same request again gives the same answer and does nothing more."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kantoor.kernel.actors.models import Approval, IdempotencyKey, Role, Token, User
from kantoor.kernel.actors.roles import Permitted, add_role
from kantoor.kernel.actors.tokens import create_token
from kantoor.kernel.record.models import Record
from kantoor.shell.api.tests.conftest import Api, api_of
from tests.committed import committed as committed
from tests.founded import PASSWORD, House, found

ENTRY = {
    "entry": {
        "date": "2011-01-31",
        "lines": [
            {"account": "10201", "amount": 250_000},
            {"account": "80301", "amount": -250_000},
        ],
    }
}


def keyed(key: str) -> dict[str, str]:
    return {"Idempotency_Key": key}


def test_the_same_request_again_gives_the_same_answer_and_does_nothing(
    house: House, api: Api
) -> None:
    role = {"code": "counter", "name_en": "Counter", "name_nl": "Toonbank"}
    first = api.post("kernel/add-role", role, **keyed("k1"))
    acts = Record.objects.count()
    again = api.post("kernel/add-role", role, **keyed("k1"))
    assert (first.status_code, first.content) == (200, b"null")
    assert (again.status_code, again.content) == (200, b"null")
    assert Record.objects.count() == acts
    without = api.post("kernel/add-role", role)
    assert (without.status_code, without.json()["code"]) == (409, "conflict")


def test_a_key_is_not_for_another_request(api: Api) -> None:
    first = {"code": "counter", "name_en": "Counter", "name_nl": "Toonbank"}
    assert api.post("kernel/add-role", first, **keyed("k1")).status_code == 200
    for path, body in (
        ("kernel/add-role", {**first, "code": "desk"}),
        ("kernel/choose-language", {"language": "nl"}),
    ):
        answer = api.post(path, body, **keyed("k1"))
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency.reused")
        assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_the_order_and_layout_of_the_json_do_not_matter(api: Api) -> None:
    one = b'{"code": "counter", "name_en": "Counter", "name_nl": "Toonbank"}'
    other = (
        b'{ "name_nl":"Toonbank","name_en":"Counter",\n "code":"\\u0063ounter", "permissions":[]}'
    )
    assert api.post("kernel/add-role", one, **keyed("k1")).status_code == 200
    assert api.post("kernel/add-role", other, **keyed("k1")).status_code == 200


def test_what_was_refused_may_come_again_under_its_key(house: House, api: Api) -> None:
    wrong = api.post(
        "kernel/add-role", {"code": "X", "name_en": "X", "name_nl": "X"}, **keyed("k1")
    )
    assert wrong.status_code == 422
    good = {"code": "counter", "name_en": "Counter", "name_nl": "Toonbank"}
    assert api.post("kernel/add-role", good, **keyed("k1")).status_code == 200
    assert IdempotencyKey.objects.count() == 1


def test_a_refusal_is_recorded_as_that_of_the_action(house: House) -> None:
    anne = api_of(house.person("anne", "bookkeeper"))
    body = {"current": "wrong", "new": "another long password"}
    for n in range(11):
        answer = anne.post("kernel/change-password", body, **keyed(f"k{n}"))
    refused = Record.objects.filter(outcome="refused").order_by("-seq")[:11]
    assert {each.action for each in refused} == {"kernel.change_password"}
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("key", ["", " ", "a" * 201, "tab\tinside", "café\x7f"])
def test_a_key_is_printable_and_not_too_long(api: Api, key: str) -> None:
    answer = api.post("kernel/choose-language", {"language": "nl"}, **keyed(key))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_the_longest_key_is_good(api: Api) -> None:
    for _ in range(2):
        answer = api.post("kernel/choose-language", {"language": "nl"}, **keyed("k" * 200))
        assert answer.status_code == 200


def test_keys_are_the_callers_own_in_one_company(house: House, api: Api) -> None:
    other = found("Slager BV")
    anne = api_of(house.person("anne", "bookkeeper"))
    administrator = create_token(other.again("admin"), name="there")
    there = Api(administrator.token)
    for caller in (api, anne, there):
        answer = caller.post("kernel/choose-language", {"language": "nl"}, **keyed("k1"))
        assert answer.status_code == 200
    assert IdempotencyKey.objects.filter(key="k1").count() == 3


def test_a_secret_answer_is_kept_nowhere(api: Api) -> None:
    first = api.post("kernel/create-token", {"name": "reports"}, **keyed("k1"))
    assert first.json()["token"].startswith("kb.")
    assert IdempotencyKey.objects.get().answer == ""
    again = api.post("kernel/create-token", {"name": "reports"}, **keyed("k1"))
    assert (again.status_code, again.json()["code"]) == (409, "idempotency.shown_once")
    assert Token.objects.filter(name="reports").count() == 1


def test_nobody_can_tell_from_what_is_kept_what_was_asked(house: House) -> None:
    anne = api_of(house.person("anne", "bookkeeper"))
    body = {"current": PASSWORD, "new": "seven brown otters"}
    assert anne.post("kernel/change-password", body, **keyed("k1")).status_code == 200
    other = IdempotencyKey.objects.get().request
    assert len(other) == 64
    assert "otters" not in other


def limited(house: House, sign_in: str) -> Any:
    """Somebody who posts entries up to € 1,000 alone."""
    if not User.objects.filter(sign_in__startswith="junior").exists():
        add_role(
            house.administrator,
            code="junior",
            name_en="Junior",
            name_nl="Junior",
            permissions=[Permitted("finance.post_entry", 100_000), Permitted("finance.read_*")],
        )
    return house.person(sign_in, "junior")


def test_what_waits_for_a_second_person_is_asked_once(house: House) -> None:
    junior = api_of(limited(house, "junior1"))
    first = junior.post("finance/post-entry", ENTRY, **keyed("k1"))
    again = junior.post("finance/post-entry", ENTRY, **keyed("k1"))
    assert (first.status_code, first.json()["code"]) == (202, "approval.waiting")
    assert first.json() == again.json()
    assert Approval.objects.count() == 1
    assert first.json()["approval_id"] == Approval.objects.get().pk
    assert first["Content-Type"] == "application/problem+json"
    junior.post("finance/post-entry", ENTRY)
    assert Approval.objects.count() == 2


def test_who_lost_the_permission_gets_no_old_answer(house: House) -> None:
    api = api_of(house.administrator)
    role = {"code": "counter", "name_en": "Counter", "name_nl": "Toonbank"}
    assert api.post("kernel/add-role", role, **keyed("k1")).status_code == 200
    narrow = api_of(house.administrator, "finance.read_ledger")
    assert narrow.post("kernel/add-role", role, **keyed("k1")).status_code == 403


def test_of_several_at_once_one_is_performed(committed: None) -> None:
    house = found()
    token = api_of(house.administrator).token
    role = {"code": "counter", "name_en": "Counter", "name_nl": "Toonbank"}
    answers: list[tuple[int, bytes]] = []
    begin = threading.Barrier(4)

    def ask() -> None:
        try:
            begin.wait()
            answer = Api(token).post("kernel/add-role", role, **keyed("k1"))
            answers.append((answer.status_code, answer.content))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(200, b"null")] * 4
    assert Role.objects.filter(code="counter").count() == 1
    assert IdempotencyKey.objects.count() == 1


def test_a_token_that_expires_meanwhile_gets_no_old_answer(house: House, api: Api) -> None:
    moment = (timezone.now() + timedelta(hours=1)).isoformat()
    made = api.post("kernel/create-token", {"name": "short", "expires_at": moment}).json()
    short = Api(made["token"])
    assert (
        short.post("kernel/choose-language", {"language": "nl"}, **keyed("k1")).status_code == 200
    )
    short.post("kernel/revoke-token", {"name": "short"})
    assert (
        short.post("kernel/choose-language", {"language": "nl"}, **keyed("k1")).status_code == 401
    )
