"""Somebody comes and somebody leaves, in the browser, with four people of four departments."""

import json
from collections.abc import Iterator
from dataclasses import replace
from urllib.request import Request, urlopen

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload, Page, expect

from kantoor.departments.ict.tests.devices.desk import laptop
from tests.browser.journeys import PASSWORD, PEOPLE, SERIAL
from tests.browser.site import Site, Visit, served_with

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("journeys")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served_with(tmp_path_factory.mktemp("journeys"), "tests.browser.journeys") as found:
        yield found


@pytest.fixture
def people(chromium: Browser, site: Site) -> Iterator[dict[str, Visit]]:
    """Each of the four at their own desk."""
    visits = {
        name: Visit(chromium, replace(site, password=PASSWORD), "en", user=name) for name in PEOPLE
    }
    yield visits
    for visit in visits.values():
        visit.close()


def task(visit: Visit, name: str) -> Page:
    """Open a task of one's own by its name, once it is there."""
    tab = visit.tab
    for _try in range(30):
        visit.go("/procedures/tasks")
        found = tab.locator("main a", has_text=name)
        if found.count():
            return visit.go(str(found.first.get_attribute("href")))
        tab.wait_for_timeout(1_000)
    raise AssertionError(f"no task “{name}”: {tab.locator('main').inner_text()}")


def do(visit: Visit, what: str, /, **fields: str) -> None:
    """Do a task with what it asks."""
    tab = task(visit, what)
    for field, value in fields.items():
        name = field.replace("__", ".").replace("asked_", "asked-")
        tab.fill(f".p-form-part [name='{name}']", value)
    send(tab)


def send(tab: Page) -> None:
    """Send the form of a task, which then is no longer there."""
    was = tab.url
    tab.locator(".p-form-part button[type=submit]").first.click()
    tab.wait_for_url(lambda url: url != was)
    tab.wait_for_load_state("networkidle")


def state_of(visit: Visit, instance: int) -> str:
    """What the page of an instance says of it."""
    tab = visit.go(f"/procedures/instances/{instance}")
    return tab.locator("main").inner_text()


def sign(visit: Visit, sheet: str) -> None:
    """Have a sheet signed, by the scan of its paper."""
    tab = visit.go(f"/ict/handovers/{sheet}/sign")
    scan = FilePayload(name="sheet.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4 signed")
    tab.set_input_files("[name=scan]", scan)
    tab.locator("form button[type=submit]").last.click()
    tab.wait_for_url("**/ict/handovers/H-*")


def ended(visit: Visit, instance: int) -> None:
    """See that it ends, once what happened was delivered."""
    for _try in range(30):
        if "Ended" in state_of(visit, instance):
            return
        visit.tab.wait_for_timeout(1_000)
    raise AssertionError(state_of(visit, instance))


def test_nina_comes_and_is_at_work_when_all_of_it_was_seen(
    site: Site, people: dict[str, Visit]
) -> None:
    helen, iris, paul, cora = (people[name] for name in PEOPLE)
    tab = helen.go("/hr/do/sign-contract?employee=N1")
    tab.locator("main form button[type=submit]").last.click()
    tab.wait_for_url("**/hr/documents")
    do(paul, "Set the salary", salary__amount="3200")
    do(iris, "Open an account", name="nina.bos")
    do(cora, "Announce the new colleague", asked_announced="On the intranet")
    tab = task(helen, "Receive the new colleague")
    tab.locator("[name=asked-came]").first.check()
    send(tab)
    do(iris, "Hand all out on one sheet")
    assert "Ended" not in state_of(helen, 1), "nothing is signed yet"
    report = Request(
        f"{site.base}/inventory", json.dumps(laptop("lap-2026-01-01-00-00-00", serial=SERIAL)).encode(),
        {"Content-Type": "application/json"},
    )  # fmt: skip
    with urlopen(report, timeout=30) as answer:
        assert answer.status == 200
    sign(iris, "H-000002")
    ended(helen, 1)
    expect(helen.tab.locator("main")).to_contain_text("N1")
    assert helen.serious() == []


def test_piet_leaves_and_it_can_not_end_while_his_laptop_is_out(
    people: dict[str, Visit],
) -> None:
    helen, iris, _paul, cora = (people[name] for name in PEOPLE)
    tab = helen.go("/hr/do/end-employment?end.employee=E2")
    tab.fill("[name='end.last_day']", timezone.localdate().isoformat())
    tab.locator("[name='end.reason']").select_option("resigned")
    tab.locator("main form button[type=submit]").last.click()
    tab.wait_for_load_state("networkidle")
    do(helen, "See what has to be kept longer")
    do(cora, "Tell colleagues and customers", asked_announced="In the meeting")
    number = 2
    assert "Ended" not in state_of(helen, number)
    do(iris, "Take all back on one sheet")
    do(iris, "Close all accounts")
    assert "Ended" not in state_of(helen, number), "the sheet is not signed"
    sheet = next(s for s in ("H-000003", "H-000002") if iris.go(f"/ict/handovers/{s}").locator("main").inner_text().count("Piet"))  # fmt: skip
    sign(iris, sheet)
    ended(helen, number)
