"""What watchers are told, and who is told it."""

import pytest
from django.test import Client

from kantoor.kernel.actors.tokens import create_token
from kantoor.kernel.store.raw import run
from tests.founded import found

pytestmark = pytest.mark.django_db
ELSEWHERE = "203.0.113.5"


def test_the_server_lives_and_is_ready() -> None:
    found()
    assert Client().get("/healthz").content == b"ok\n"
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": True, "migrations": True, "record": True}


def test_a_head_that_is_not_ours_is_not_ready() -> None:
    found()
    run("UPDATE kernel_head SET size = size + 1 WHERE id = 1")
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["record"] is False


def test_this_machine_is_told_the_gauges_and_nobody_else() -> None:
    house = found()
    text = Client().get("/metrics").content.decode()
    assert "\nkantoor_companies 1\n" in text
    assert "\nkantoor_users_active 1\n" in text
    assert Client().get("/metrics", REMOTE_ADDR=ELSEWHERE).status_code == 403
    proxied = Client().get("/metrics", headers={"X-Forwarded-For": ELSEWHERE})
    assert proxied.status_code == 403
    for actor, status in ((house.administrator, 200), (house.person("anne", "auditor"), 403)):
        token = create_token(actor, name="prometheus").token
        bearer = {"Authorization": f"Bearer {token}"}
        assert Client().get("/metrics", REMOTE_ADDR=ELSEWHERE, headers=bearer).status_code == status
