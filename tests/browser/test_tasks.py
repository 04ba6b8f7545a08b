"""From a start to its end by keyboard; every page of the desk on a wide and a narrow screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.asking import PASSWORD
from tests.browser.site import Site, Visit, served_with

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("procedures")]
PAGES = (
    "/", "/procedures", "/procedures/tasks", "/procedures/tasks?late=1", "/procedures/start",
    "/procedures/start/asking", "/procedures/tasks/1", "/procedures/tasks/4",
    "/procedures/instances", "/procedures/instances/1", "/procedures/procedures",
    "/procedures/procedures/asking", "/procedures/procedures/asking/versions/1",
    "/procedures/waiting", "/procedures/passed", "/procedures/import", "/procedures/mentions",
    "/procedures/could-not-begin",
    "/procedures/standing-in", "/procedures/teams",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served_with(tmp_path_factory.mktemp("asking"), "tests.browser.asking") as found:
        yield found


def as_person(chromium: Browser, site: Site, user: str, width: int = 1440) -> Visit:
    return Visit(chromium, Site(site.base, user, PASSWORD), "en", width)


def test_a_procedure_goes_from_its_start_to_its_end_by_keyboard(
    chromium: Browser, site: Site
) -> None:
    bo = as_person(chromium, site, "bo")
    tab = bo.go("/procedures/start")
    tab.get_by_role("link", name="Ask for something").focus()
    tab.keyboard.press("Enter")
    tab.get_by_label("What do you need").focus()
    tab.keyboard.type("A desk lamp")
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_role("alert")).to_contain_text("2 things to put right")
    expect(tab.get_by_label("What do you need")).to_have_value("A desk lamp")
    tab.get_by_label("How many").focus()
    tab.keyboard.type("3")
    tab.get_by_label("No", exact=True).focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("h1")).to_contain_text("A desk lamp")
    expect(tab.locator(".p-standing")).to_contain_text("Judge the request")
    bo.close()
    cas = as_person(chromium, site, "cas")
    tab = cas.go("/procedures/tasks?q=desk+lamp")
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_contain_text("Judge the request")
    tab.keyboard.press("t")
    expect(tab.locator(".k-state")).to_contain_text("Put it back")
    tab.get_by_label("Yes", exact=True).focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/procedures/tasks")
    expect(tab.locator(".k-toast").first).to_contain_text("goes on at “Add the hours of delivery”")
    cas.close()
    anne = Visit(chromium, site, "en")
    tab = anne.go("/procedures/tasks?q=desk+lamp")
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Name", exact=True).first).to_have_value("Deliveries")
    tab.get_by_label("Monday").focus()
    tab.keyboard.type("09:00-17:00")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/procedures/tasks")
    expect(tab.locator(".k-toast").first).to_contain_text("“A desk lamp” has ended")
    anne.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_fit_for_everyone(chromium: Browser, site: Site, width: int) -> None:
    visit = Visit(chromium, site, "nl", width)
    found = []
    for address in PAGES:
        tab = visit.go(address)
        found += visit.serious()
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
    assert found == []
    visit.close()
