"""Every page and form of the service desk opens, in both languages, with what it is about."""

import pytest
from django.test import Client

from kantoor.departments.ict.actions.cases.self_service import ask_question
from kantoor.departments.ict.tests.clocks.agreed import agree
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.parties.actions import link_user
from tests.founded import PASSWORD

PAGES = (
    "/ict", "/ict/telephone", "/ict/cases", "/ict/cases?state=open&whose=mine&queue=desk",
    "/ict/cases/INC-000001", "/ict/deadlines", "/ict/queues", "/ict/services",
    "/ict/service-levels", "/ict/service-levels/std", "/ict/calendars", "/ict/calendars/office",
    "/ict/what-if", "/ict/what-if?level=std&calendar=office&resolution-3=1&response-3=1",
    "/ict/do/change-service-level?level=std", "/ict/do/change-calendar?calendar=office",
    "/kernel/do/change-calendar?calendar=office", "/ict/do/open-case", "/ict/do/add-service-level",
    "/ict/do/assign-case?number=INC-000001", "/ict/do/link-devices?number=INC-000001",
)  # fmt: skip


def browser(user: str, password: str = PASSWORD) -> Client:
    client = Client()
    assert client.post("/sign-in", {"user": user, "password": password}).status_code == 302
    return client


@pytest.fixture
def filled(desk: Desk) -> Desk:
    agree(desk)
    desk.opened("The printer is silent", requester="E1", queue="desk", assignee="bo")
    return desk


def test_each_page_opens(filled: Desk) -> None:
    client = browser(_administrator(filled), filled.house.password)
    answers = {page: client.get(page).status_code for page in PAGES}
    # The form of a kernel action stands on one of the two desks.
    kernel = {
        answers.pop(f"/{desk}/do/change-calendar?calendar=office") for desk in ("ict", "kernel")
    }
    assert 200 in kernel
    assert {page: status for page, status in answers.items() if status != 200} == {}


def _administrator(desk: Desk) -> str:
    from kantoor.kernel.actors.models import User

    return User.objects.values_list("sign_in", flat=True).get(pk=desk.anne.user_id or 0)


def test_what_if_says_what_would_become_late(filled: Desk) -> None:
    from datetime import UTC, datetime

    filled.opened("Old", opened_at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    page = browser("bo").get("/ict/what-if?level=std&calendar=office&resolution-3=999999")
    text = page.content.decode()
    assert "INC-000002" in text and "Old" in text


def test_an_employee_sees_their_own_questions_alone(filled: Desk) -> None:
    link_user(filled.anne, user="eva", party="E1")
    number = ask_question(filled.eva, title="My screen is black")
    client = browser("eva")
    assert client.get("/ict/cases").status_code == 403
    listed = client.get("/ict/my-questions").content.decode()
    assert "My screen is black" in listed and "The printer is silent" in listed
    page = client.get(f"/ict/my-questions/{number}")
    assert page.status_code == 200 and "INC-000002" in page.content.decode()
    assert client.get("/ict/my-questions/INC-000009").status_code == 404


def test_an_answer_is_written_from_the_page_of_the_case(filled: Desk) -> None:
    client = browser("bo")
    given = {"note.case": "INC-000001", "note.text": "We look at it", "note.public": "true", "next": "/ict/cases/INC-000001"}  # fmt: skip
    answer = client.post("/ict/do/add-note", given)
    assert (answer.status_code, answer["Location"]) == (302, "/ict/cases/INC-000001")
    case = filled.case("INC-000001")
    assert case.state == "active"
    assert "We look at it" in client.get("/ict/cases/INC-000001").content.decode()
