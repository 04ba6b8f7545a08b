"""Today, approvals and search: what waits is decided there, what one may do is found."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kantoor.kernel.actors.approvals import request_approval
from kantoor.kernel.actors.models import Approval, Role, User
from kantoor.kernel.actors.users import add_user
from tests.founded import House, found

SignedIn = Callable[..., Client]
ROLE = (
    '{"code":"desk","name_en":"Desk","name_nl":"Balie","permissions":'
    '[{"permission":"finance.read_ledger","limit_minor":250000}]}'
)


@pytest.fixture
def request_id(house: House) -> int:
    """A request of Bo's to add a role, which needs a permission that nobody but Anne has."""
    bo = house.person("bo", "bookkeeper")
    return request_approval(bo, action_name="kernel.add_user", parameters=user(), why="Above")


def user(name: str = "kim") -> str:
    return f'{{"sign_in":"{name}","name":"Kim","kind":"machine","roles":["employee"]}}'


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


# --- today


def test_what_waits_for_me_stands_on_today(signed_in: SignedIn, request_id: int) -> None:
    anne = signed_in("anne", "administrator")
    page = text_of(anne.get("/"))
    assert "Bo asks: Above" in page
    assert f'href="/today/approvals/{request_id}"' in page
    assert re.search(r'k-badge">1<', page)
    bo = signed_in("bo")
    assert "Bo asks" not in text_of(bo.get("/"))


def test_today_greets_in_the_reader_s_language(signed_in: SignedIn) -> None:
    page = text_of(signed_in("anne", "employee", language="nl").get("/"))
    assert re.search(r"<h1>Goede(morgen|middag|navond) Anne</h1>", page)


def test_what_happened_is_told_to_who_may_do_it_too(house: House, signed_in: SignedIn) -> None:
    for number in range(3):
        add_user(
            house.administrator,
            sign_in=f"till{number}",
            name="Till",
            kind="machine",
            roles=("employee",),
        )
    page = text_of(signed_in("anne", "administrator").get("/"))
    assert "Add a user, 4 times" in page or "Add a user, 3 times" in page
    assert "Add a user" not in text_of(signed_in("bram", "employee").get("/"))


# --- notices


def test_one_is_told_what_was_decided_until_one_has_looked(
    signed_in: SignedIn, request_id: int
) -> None:
    bo, anne = signed_in("bo"), signed_in("anne", "administrator")
    refused = {"approval_id": str(request_id), "remark": "Not now"}
    anne.post("/kernel/do/refuse-request", refused)
    assert re.search(r'k-badge">1<', text_of(bo.get("/")))
    page = text_of(bo.get("/today/notices"))
    assert "Anne refused: Add a user" in page
    assert "Not now" in page
    assert "k-badge" not in text_of(bo.get("/"))


# --- approvals


def test_a_request_shows_what_is_asked(house: House, signed_in: SignedIn) -> None:
    bo = house.person("bo", "bookkeeper")
    key = request_approval(bo, action_name="kernel.add_role", parameters=ROLE, why="Above")
    bo_page = text_of(signed_in("bo").get(f"/today/approvals/{key}"))
    assert "finance.read_ledger" in bo_page
    assert "2,500.00" in bo_page
    assert "You asked for this yourself" in bo_page
    assert "Approve" not in bo_page.partition("<aside")[2].partition("History")[0]


def test_what_asks_a_second_pair_of_eyes_waits_and_is_approved_from_today(
    house: House, signed_in: SignedIn
) -> None:
    house.person("kim", "employee")
    bo = signed_in("bo", "administrator")
    asked = bo.post("/kernel/do/erase-user", {"sign_in": "kim", "why": "She asked for it."})
    assert asked["Location"] == "/"
    page = text_of(bo.get("/"))
    assert "A second person has to approve this" in page
    request = Approval.objects.get()
    assert f'href="/today/approvals/{request.pk}"' in page
    anne = signed_in("anne", "administrator")
    form = {"approval_id": str(request.pk), "next": "/", "at_once": "1"}
    assert anne.post("/kernel/do/approve-request", form)["Location"] == "/"
    request.refresh_from_db()
    assert request.state == "approved"
    assert not User.objects.filter(name="Kim").exists()


def test_a_request_is_refused_with_the_reason(signed_in: SignedIn, request_id: int) -> None:
    anne = signed_in("anne", "administrator")
    url = f"/kernel/do/refuse-request?approval_id={request_id}&next=/today/approvals"
    form = text_of(anne.get(url))
    assert f'type="hidden" name="approval_id" value="{request_id}"' in form
    wrong = anne.post(url, {"approval_id": str(request_id), "remark": ""})
    assert wrong.status_code == 422
    anne.post(url, {"approval_id": str(request_id), "remark": "Not now"})
    assert "Not now" in text_of(signed_in("bo").get(f"/today/approvals/{request_id}"))


def test_one_does_not_approve_one_s_own_request(signed_in: SignedIn, house: House) -> None:
    anne = house.person("anne", "administrator")
    key = request_approval(anne, action_name="kernel.add_user", parameters=user(), why="Above")
    browser = signed_in("anne")
    answer = browser.post("/kernel/do/approve-request", {"approval_id": str(key), "at_once": "1"})
    assert answer.status_code == 422
    assert "someone else has to approve it" in text_of(answer)
    assert Approval.objects.get(pk=key).state == "waiting"


def test_requests_of_others_and_of_other_companies_are_not_found(
    house: House, signed_in: SignedIn, request_id: int
) -> None:
    other = found("Garage Vos")
    foreign = request_approval(
        other.administrator, action_name="kernel.add_user", parameters=user("x"), why="Above"
    )
    anne = signed_in("anne", "administrator")
    assert anne.get(f"/today/approvals/{foreign}").status_code == 404
    assert "Above" in text_of(anne.get("/today/approvals?state=waiting"))
    bram = signed_in("bram", "employee")
    assert bram.get(f"/today/approvals/{request_id}").status_code == 404
    assert ">Bo<" not in text_of(bram.get("/today/approvals"))


# --- search


def test_actions_are_found_in_both_languages_by_who_may_do_them(signed_in: SignedIn) -> None:
    anne = signed_in("anne", "administrator")
    assert 'href="/kernel/do/add-user"' in text_of(anne.get("/search?q=add+us&format=palette"))
    dutch = text_of(anne.get("/search?q=gebruiker+toevoegen&format=palette"))
    assert 'href="/kernel/do/add-user"' in dutch
    bram = signed_in("bram", "employee")
    assert "add-user" not in text_of(bram.get("/search?q=add+us&format=palette"))


def test_pages_and_people_are_found(signed_in: SignedIn) -> None:
    anne = signed_in("anne", "administrator")
    assert 'href="/management/people"' in text_of(anne.get("/search?q=peop"))
    assert 'href="/management/people/anne"' in text_of(anne.get("/search?q=ann"))
    bram = signed_in("bram", "employee")
    assert "/management/people" not in text_of(bram.get("/search?q=ann"))


def test_nothing_found_says_what_to_try(signed_in: SignedIn) -> None:
    anne = signed_in("anne", "administrator")
    for query in ("zzz", "%", "'", "<b>", "\x00", "a" * 500, "_%"):
        answer = anne.get("/search", {"q": query, "format": "palette"})
        assert answer.status_code == 200
        assert "<b>”" not in text_of(answer)


def test_what_only_makes_sense_elsewhere_is_not_in_the_palette(signed_in: SignedIn) -> None:
    anne = signed_in("anne", "administrator")
    found_ = text_of(anne.get("/search?q=a&format=palette"))
    assert "approve-request" not in found_
    assert Role.objects.count() >= 6
