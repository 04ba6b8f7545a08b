"""Leave is asked on a phone, the manager approves it, and the calendar shows it; in two languages."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.browser.site import Site, Visit, served
from tests.console import Console

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("leave")]

PASSWORD = "eleven grey herons"
TODAY = timezone.localdate()
MONDAY = TODAY + timedelta(days=14 - TODAY.weekday())
HOURS = {f"hours_{day}": "8" for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("leave")
    with served(folder) as found:
        console = Console(folder)
        for name in ("mo", "eva", "piet"):
            person = {"sign_in": name, "name": name.title(), "roles": ["employee"]}
            _do(console, "kernel.add_user", {**person, "password": PASSWORD, "password_is_temporary": False})  # fmt: skip
        people = [
            {"employee": "M1", "name": "Mo Haddad", "sign_in": "mo"},
            {"employee": "E1", "name": "Eva Jansen", "sign_in": "eva", "manager": "M1"},
            {"employee": "E2", "name": "Piet Bos", "sign_in": "piet", "manager": "M1"},
        ]
        hired = [{**each, "start": "2024-01-01", **HOURS} for each in people]
        _do(console, "hr.hire_employees", {"employees": hired})
        _do(console, "hr.set_up_leave", {"country": "NL"})
        for year in {TODAY.year, MONDAY.year}:
            _do(console, "hr.grant_leave", {"year": year})
        yield found


def _do(console: Console, action: str, given: dict[str, object]) -> None:
    console.ask("do", action, json.dumps(given))


@pytest.mark.parametrize(
    ("language", "who", "name", "words"),
    [
        ("nl", "eva", "Eva Jansen", ("40:00", "Goedgekeurd", "verlof")),
        ("en", "piet", "Piet Bos", ("40:00", "Approved", "leave")),
    ],
)
def test_leave_is_asked_on_a_phone_approved_and_seen(
    chromium: Browser, site: Site, language: str, who: str, name: str, words: tuple[str, str, str]
) -> None:
    hours, approved, away = words
    asks = Visit(chromium, replace(site, password=PASSWORD), language, width=390, user=who)
    tab = asks.go("/hr/ask-leave")
    tab.fill("[name=first]", MONDAY.isoformat())
    tab.fill("[name=last]", (MONDAY + timedelta(days=6)).isoformat())
    expect(tab.locator("#leave-cost strong")).to_have_text(hours)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert asks.serious() == []
    tab.click("#ask-leave button[type=submit]")
    tab.wait_for_url("**/hr/leave/LV-*")
    number = tab.url.rpartition("/")[2]

    decides = Visit(chromium, replace(site, password=PASSWORD), language, user="mo")
    decides.go("/")
    expect(decides.tab.locator("main")).to_contain_text(name)
    tab = decides.go(f"/hr/leave/{number}")
    assert decides.serious() == []
    tab.locator("form[action$='/hr/do/approve-leave'] button").first.click()
    tab.wait_for_load_state("networkidle")
    expect(tab.locator("main")).to_contain_text(approved)
    tab = decides.go(f"/hr/leave-calendar?month={MONDAY:%Y-%m}")
    row = tab.locator("tr", has=tab.locator("th", has_text=name))
    assert row.locator("td.is-leave").count() >= 1
    expect(row).to_contain_text(away)
    assert decides.serious() == []
    decides.close()

    tab = asks.go(f"/hr/leave-calendar?month={MONDAY:%Y-%m}")
    row = tab.locator("tr", has=tab.locator("th", has_text=name))
    assert row.locator("td.is-leave").count() >= 1
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab = asks.go("/hr/my-leave")
    expect(tab.locator("main")).to_contain_text(approved)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert asks.serious() == []
    asks.close()
