"""The frame of the API: who calls, which methods there are, and errors as problems."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from kantoor.kernel.actors.models import Token
from kantoor.kernel.actors.tokens import revoke_token
from kantoor.kernel.actors.users import deactivate_user
from kantoor.shell.api import views
from kantoor.shell.api.tests.conftest import Api, api_of
from tests.founded import PASSWORD, House


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer nobody's",
        "Bearer two words",
        "Basic YW5uZTpzZWNyZXQ=",
        "bearer\tx",
        "Bearer " + "x" * 10_000,
        "Bearer é€",
        "Bearer a, Bearer b",
        "🔑",
    ],
)
def test_whoever_shows_no_good_token_is_not_signed_in(db: None, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    answer = Client().get("/api/v1/kernel/companies", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="kantoor"'
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_signed_in"


def test_the_scheme_is_read_in_any_case(api: Api) -> None:
    answer = Api().get("kernel/companies", Authorization=f"bEARER  {api.token} ")
    assert answer.status_code == 200


def test_a_token_ends_when_its_time_is_over_or_it_is_revoked(house: House, api: Api) -> None:
    token = Token.objects.get()
    revoke_token(house.administrator, name=token.name)
    answer = api.get("kernel/companies")
    assert (answer.status_code, answer.json()["code"]) == (401, "token.expired")
    anne = api_of(house.person("anne", "bookkeeper"))
    past = timezone.now() - timedelta(seconds=1)
    QuerySet(Token).filter(user__sign_in="anne").update(expires_at=past)
    assert anne.get("kernel/companies").json()["code"] == "token.expired"


def test_a_token_of_a_closed_account_is_not_known(house: House) -> None:
    anne = api_of(house.person("anne", "bookkeeper"))
    deactivate_user(house.administrator, user="anne")
    answer = anne.get("kernel/companies")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_a_session_is_no_token(house: House) -> None:
    house.person("anne", "bookkeeper")
    browser = Client(enforce_csrf_checks=True)
    page = browser.get("/sign-in")
    given = {"user": "anne", "password": PASSWORD, "next": "/"}
    token = page.cookies["csrftoken"].value
    signed_in = browser.post("/sign-in", {**given, "csrfmiddlewaretoken": token})
    assert signed_in.status_code == 302
    assert browser.get("/api/v1/kernel/companies").status_code == 401
    assert browser.post("/api/v1/kernel/choose-language", {"language": "nl"}).status_code == 401


def test_a_token_needs_no_csrf_token(api: Api) -> None:
    api.client = Client(enforce_csrf_checks=True)
    assert api.post("kernel/choose-language", {"language": "nl"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("kernel/companies", "POST", "GET, HEAD, OPTIONS"),
        ("kernel/companies", "DELETE", "GET, HEAD, OPTIONS"),
        ("kernel/add-user", "GET", "POST, OPTIONS"),
        ("kernel/add-user", "HEAD", "POST, OPTIONS"),
        ("kernel/add-user", "PATCH", "POST, OPTIONS"),
        ("intake", "GET", "POST, OPTIONS"),
        ("openapi.json", "POST", "GET, HEAD, OPTIONS"),
        ("openapi.json", "TRACE", "GET, HEAD, OPTIONS"),
    ],
)
def test_another_method_is_refused_with_those_there_are(
    db: None, path: str, method: str, allowed: str
) -> None:
    answer = Api().call(method, path)
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
    assert Api().call("OPTIONS", path).status_code == 204
    assert Api().call("OPTIONS", path)["Allow"] == allowed


def test_head_is_get_without_its_body(api: Api) -> None:
    asked = api.get("kernel/companies")
    answer = api.call("HEAD", "kernel/companies")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Type"] == asked["Content-Type"] == "application/json"


def test_nobody_on_the_way_keeps_an_answer(api: Api) -> None:
    assert api.get("kernel/companies")["Cache-Control"] == "no-store"
    assert api.get("kernel/user", {"sign_in": "x"})["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/kernel/companies",
        "/api/v1/kernel",
        "/api/v1/kernel/",
        "/api/v1/kernel/companies/",
        "/api/v1/kernel/companies/1",
        "/api/v1/kernel//companies",
        "/api/v1/../v1/kernel/companies",
        "/api/v1/kernel/%2e%2e",
        "/api/v1/kernel/comp%00anies",
        "/api/v1/kernel/%ff%fe",
        "/api/v1/kernel/é",
        "/api/v1/kernel/" + "x" * 5_000,
        "/api/v1/Kernel/companies",
        "/api/v1/__class__/companies",
        "/api/v1/openapi",
    ],
)
def test_there_is_nothing_at_other_addresses(api: Api, path: str) -> None:
    headers = {"Authorization": f"Bearer {api.token}"}
    for answer in (
        api.client.get(path, headers=headers),
        api.client.post(path, b"{}", content_type="application/json", headers=headers),
    ):
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["request-approval", "take-in", "create-company", "keep-file"])
def test_hidden_actions_are_not_there(api: Api, name: str) -> None:
    assert api.post(f"kernel/{name}", {}).status_code == 404


def test_answers_are_in_the_language_that_is_asked_or_the_callers_own(house: House) -> None:
    anne = api_of(house.person("anne", "bookkeeper"))
    assert anne.get("kernel/user", {"sign_in": "nobody"}).json()["title"] == "Niet gevonden"
    english = anne.get("kernel/user", {"sign_in": "nobody"}, Accept_Language="en")
    assert english.json()["title"] == "Not found"
    assert english["Content-Language"] == "en"


def test_our_own_mistake_is_a_problem_too(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret details")

    monkeypatch.setattr(views, "read", fail)
    answer = api.get("kernel/companies")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.content.decode()


def test_a_busy_database_asks_to_come_again(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(views, "read", fail)
    answer = api.get("kernel/companies")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_foreign_host_is_refused(api: Api, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["kantoor.example"]
    assert api.get("kernel/companies").status_code == 400
