"""Every page and form of leave opens for who may see it; the feed opens with a token alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kantoor.departments.hr.actions.leave.asking import ask_leave, record_leave
from kantoor.departments.hr.actions.leave.feeding import (
    renew_calendar_address,
    withdraw_calendar_address,
)
from kantoor.departments.hr.actions.leave.granting import grant_leave
from kantoor.departments.hr.actions.leave.kinds import set_up_leave
from kantoor.departments.hr.actions.leave.sickness import report_sick
from kantoor.departments.hr.drafts_leave import LeaveDraft
from kantoor.departments.hr.errors_people import NotLinked
from kantoor.departments.hr.queries.leave.feed import calendar_address_made
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.actors.tokens import create_token
from tests.founded import PASSWORD

TODAY = timezone.localdate()
FIRST = TODAY + timedelta(days=7 - TODAY.weekday())
OWN = (
    "/hr/my-leave", "/hr/ask-leave", f"/hr/ask-leave/cost?first={FIRST}&first_part=morning",
    "/hr/ask-leave/cost?first=x", "/hr/leave-calendar", "/hr/leave-calendar?month=2031-02",
    "/hr/leave-to-decide", "/hr/leave/LV-000001", "/", "/hr",
)  # fmt: skip
OFFICERS = (
    "/hr/leave", "/hr/leave?state=asked", "/hr/leave-balances", "/hr/leave-balances?on=2026-01-01",
    "/hr/leave-balances/E1", "/hr/leave-kinds", "/hr/sickness", "/hr/do/grant-leave",
    "/hr/do/warn-of-lapse", "/hr/do/correct-leave", "/hr/do/record-leave", "/hr/do/set-up-leave",
    "/hr/do/report-sick", "/hr/do/add-leave-rule", "/hr/do/refuse-leave?number=LV-000001",
)  # fmt: skip


def browser(user: str) -> Client:
    client = Client()
    assert client.post("/sign-in", {"user": user, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def office(staff: Staff) -> Staff:
    set_up_leave(staff.helen)
    grant_leave(staff.helen, year=TODAY.year)
    grant_leave(staff.helen, year=TODAY.year + 1)
    ask_leave(staff.emma, first=FIRST)
    return staff


def test_each_page_opens_for_who_may_see_it(office: Staff) -> None:
    spell = report_sick(office.helen, employee="E2", first=TODAY)
    emma, helen = browser("emma"), browser("helen")
    faults = {
        (page, answer.status_code)
        for client, pages in ((emma, OWN), (helen, (*OFFICERS, f"/hr/sickness/{spell}")))
        for page in pages
        if (answer := client.get(page)).status_code != 200
    }
    assert faults == set()
    for page in ("/hr/leave", "/hr/leave-balances", f"/hr/sickness/{spell}"):
        assert emma.get(page).status_code == 403
    assert emma.get("/hr/leave-balances/M1").status_code == 404


def test_leave_is_asked_on_the_page_and_refusals_stand_at_their_field(office: Staff) -> None:
    client = browser("emma")
    day = FIRST + timedelta(days=1)
    wanted = {
        "first": day,
        "last": "",
        "first_part": "whole",
        "last_part": "whole",
        "kind": "holiday",
    }
    answer = client.post("/hr/ask-leave", wanted)
    assert answer.status_code == 302 and answer["Location"] == "/hr/leave/LV-000002"
    again = client.post("/hr/ask-leave", wanted)
    assert (
        again.status_code == 422 and "Op een van deze dagen is al verlof" in again.content.decode()
    )


def test_the_feed_has_an_event_for_days_that_follow_each_other(office: Staff) -> None:
    leave = LeaveDraft(employee="E2", first=FIRST, last=FIRST + timedelta(days=8))
    record_leave(office.helen, leave=leave)
    token = create_token(office.emma, name="calendar", scopes=["hr.use_own"]).token
    assert Client().get("/leave-calendar").status_code == 401
    assert Client().get("/leave-calendar/kb.wrong").status_code in (401, 403)
    assert Client().post(f"/leave-calendar/{token}").status_code == 405
    answer = Client().get(f"/leave-calendar/{token}")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    events = {
        str(each["SUMMARY"]): (each.decoded("DTSTART"), each.decoded("DTEND"))
        for each in Calendar.from_ical(answer.content).walk("VEVENT")
    }
    assert events["Piet Vos weg"] == (FIRST, FIRST + timedelta(days=9))
    assert "Emma de Wit weg (aangevraagd)" in events


def test_one_makes_renews_and_withdraws_the_address_of_the_feed(office: Staff) -> None:
    client, page = browser("emma"), "/hr/leave-calendar-address"

    def pressed(button: str) -> str:
        answer = client.post(page, {button: "1"}, follow=True)
        assert answer.status_code == 200
        found = re.search(
            r'value="http://testserver(/leave-calendar/[^"]+)"', answer.content.decode()
        )
        return found[1] if found else ""

    def opens(path: str) -> int:
        return Client().get(path).status_code

    assert page in client.get("/hr/leave-calendar").content.decode()
    assert "withdraw" not in client.get(page).content.decode()
    first = pressed("make")
    assert opens(first) == 200
    again = client.get(page)
    assert first.rpartition("/")[2] not in again.content.decode(), "it is shown once"
    assert 'name="withdraw"' in again.content.decode()
    second = pressed("make")
    assert (opens(first), opens(second)) == (401, 200)
    assert pressed("withdraw") == ""
    assert opens(second) == 401
    assert calendar_address_made(office.emma) is None
    withdraw_calendar_address(office.emma)


def test_the_token_of_the_feed_opens_nothing_else(office: Staff) -> None:
    token = renew_calendar_address(office.emma).token
    client = Client(headers={"Authorization": f"Bearer {token}"})
    assert Client().get(f"/leave-calendar/{token}").status_code == 200
    for path in ("my-leave", "my-file", "own-payslips", "team-month?year=2026&month=6"):
        assert client.get(f"/api/v1/hr/{path}").status_code in (403, 404), path
    assert client.get("/api/v1/hr/my-leave").status_code == 403
    with pytest.raises(NotLinked):
        renew_calendar_address(office.helen)
