"""Signing in by the pages: sessions begun, recognised, ended; nothing shown to strangers."""

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.attempts import LIMITS
from kantoor.kernel.actors.models import User
from kantoor.kernel.actors.roles import grant_role
from kantoor.kernel.actors.users import change_password, deactivate_user, reset_password
from kantoor.shell.middleware import open_to_all
from kantoor.shell.requests import actor_of, address_of, is_from_this_machine
from kantoor.shell.routes import urlpatterns as ours
from tests.founded import PASSWORD, House, found

pytestmark = pytest.mark.django_db


def who(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return HttpResponse(f"{actor.name} {actor.company_id}")


@open_to_all
def anyone(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("who", who), path("anyone", anyone), *ours]


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def signed_in(sign_in: str = "anne", password: str = PASSWORD) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"user": sign_in, "password": password, "next": "/who"})
    assert answer.status_code == 302, answer.content
    return client


def bakery() -> tuple[House, Actor]:
    house = found()
    return house, house.person("anne", "bookkeeper")


def test_who_signs_in_goes_where_they_were_going() -> None:
    house, _ = bakery()
    client = Client()
    asked = client.get("/who?page=2")
    assert (asked.status_code, asked["Location"]) == (302, "/sign-in?next=%2Fwho%3Fpage%3D2")
    page = client.get(asked["Location"])
    assert b'autocomplete="current-password"' in page.content
    answer = client.post("/sign-in", {"user": "anne", "password": PASSWORD, "next": "/who?page=2"})
    assert answer["Location"] == "/who?page=2"
    assert client.get("/who").content.decode() == f"Anne {house.company.pk}"
    assert client.get("/sign-in")["Location"] == "/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/sign-in"])
def test_nobody_is_sent_elsewhere_after_signing_in(elsewhere: str) -> None:
    bakery()
    answer = Client().post("/sign-in", {"user": "anne", "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/"


def test_a_wrong_password_gets_an_answer_that_tells_nothing() -> None:
    bakery()
    wrong = Client().post("/sign-in", {"user": "anne", "password": "wrong"})
    unknown = Client().post("/sign-in", {"user": "nobody", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 401
    assert "do not belong together" in wrong.content.decode()
    assert "do not belong together" in unknown.content.decode()
    assert "wrong" not in wrong.content.decode().replace("nothing wrong", "")


def test_too_many_attempts_get_429(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "pair", 1)
    bakery()
    Client().post("/sign-in", {"user": "anne", "password": "wrong"})
    assert Client().post("/sign-in", {"user": "anne", "password": PASSWORD}).status_code == 429


def test_the_session_of_before_is_not_the_session_after() -> None:
    bakery()
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = client.cookies["sessionid"].value
    client.post("/sign-in", {"user": "anne", "password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    assert "planted" not in client.session
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session() -> None:
    bakery()
    client = signed_in()
    assert client.get("/sign-out").status_code == 405
    answer = client.post("/sign-out")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get("/who").status_code == 302
    assert not Session.objects.exists()


def test_a_changed_password_ends_all_other_sessions() -> None:
    bakery()
    here, elsewhere = signed_in(), signed_in()
    new = "seven yellow finches"
    assert here.post("/password", {"current": "x", "new": new}).status_code == 422
    assert here.post("/password", {"current": PASSWORD, "new": "short"}).status_code == 422
    assert here.post("/password", {"current": PASSWORD, "new": new}).status_code == 302
    assert here.get("/who").status_code == 200
    assert elsewhere.get("/who").status_code == 302
    signed_in(password=new)


def test_a_password_changed_by_the_api_ends_this_session_too() -> None:
    _, anne = bakery()
    client = signed_in()
    change_password(anne, current=PASSWORD, new="seven yellow finches")
    assert client.get("/who").status_code == 302


def test_a_closed_account_is_out_at_once() -> None:
    house, _ = bakery()
    client = signed_in()
    deactivate_user(house.administrator, user="anne")
    assert client.get("/who").status_code == 302


def test_a_password_that_another_knows_has_to_be_changed_first() -> None:
    house, _ = bakery()
    temporary = reset_password(house.administrator, user="anne").password
    client = signed_in(password=temporary)
    assert client.get("/who")["Location"] == "/password"
    assert "kent je wachtwoord" in client.get("/password").content.decode()
    client.post("/password", {"current": temporary, "new": "seven yellow finches"})
    assert client.get("/who").status_code == 200


def test_one_goes_on_in_another_company() -> None:
    house, _ = bakery()
    other, third = found("Slager BV"), found("Visser BV")
    grant_role(other.administrator, user="anne", role="employee")
    client = signed_in()
    answer = client.post("/company", {"company": other.company.pk, "next": "/who"})
    assert answer["Location"] == "/who"
    assert client.get("/who").content.decode() == f"Anne {other.company.pk}"
    for key in (third.company.pk, 999, "x", "", "9" * 30):
        assert client.post("/company", {"company": key}).status_code == 400
    assert client.get("/who").content.decode() == f"Anne {other.company.pk}"
    client.post("/company", {"company": house.company.pk})
    assert client.get("/who").content.decode() == f"Anne {house.company.pk}"


def test_the_language_is_chosen_and_remembered() -> None:
    bakery()
    client = signed_in()
    assert client.cookies["language"].value == "nl"  # the company is Dutch
    client.post("/language", {"language": "en"})
    assert client.cookies["language"].value == "en"
    assert User.objects.get(sign_in="anne").language == "en"
    assert client.post("/language", {"language": "xx"}).status_code == 400
    stranger = Client()
    stranger.post("/language", {"language": "nl"})
    assert "Wachtwoord" in stranger.get("/sign-in").content.decode()


def test_without_a_cookie_it_is_the_language_of_the_person() -> None:
    bakery()
    client = signed_in()
    del client.cookies["language"]
    assert client.get("/password")["Content-Language"] == "nl"


def test_forms_from_elsewhere_are_refused() -> None:
    bakery()
    strict = Client(enforce_csrf_checks=True)
    form = {"user": "anne", "password": PASSWORD}
    assert strict.post("/sign-in", form).status_code == 403


def test_a_part_of_a_page_asked_when_signed_out_reloads_the_whole() -> None:
    answer = Client().get("/who", headers={"HX-Request": "true", "HX-Current-URL": "/desk"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/sign-in?next=%2Fdesk"


def test_every_answer_keeps_the_browser_out_of_trouble() -> None:
    bakery()
    for answer in (Client().get("/anyone"), Client().get("/nowhere"), signed_in().get("/who")):
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
    assert signed_in().get("/who")["Cache-Control"] == "private, no-cache"
    cookie = signed_in().cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_request_costs_few_statements(
    django_assert_max_num_queries: pytest.FixtureDef[object],
) -> None:
    bakery()
    client = signed_in()
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        client.get("/who")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.5", "127.0.0.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        (2, "6.6.6.6, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (1, "", "127.0.0.1"),
    ],
)
def test_an_address_is_believed_as_far_as_our_own_proxies_say(
    settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.PROXIES = proxies
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}
    assert address_of(request) == expected
    assert not is_from_this_machine(request)
    del request.META["HTTP_X_FORWARDED_FOR"]
    assert is_from_this_machine(request)
