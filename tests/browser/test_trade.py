"""What a bookkeeper and a controller do with a year's books, in a browser, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kantoor.shell.demo.people import PASSWORD
from kantoor.shell.demo.trade.relations import BUYER
from tests.browser.site import Site, Visit, served_trade

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("trade")]

LANGUAGES = ("en", "nl")
LIFTING = "til-nooit-alleen-meer-dan-15-kilo"
"""The policy that everybody has to read."""
FINANCE = (
    "/finance", "/finance/reconcile", "/finance/purchase-orders/PO-000001",
    "/finance/purchase-invoices/PI-000083", "/finance/suppliers/L-KLEI",
    "/finance/payment-runs/PAY-000001", "/finance/payment-proposal", "/finance/vat-returns",
    "/finance/icp-listing", "/finance/assets/A00001", "/finance/asset-movements",
    "/finance/budget-comparison", "/finance/cash-flow", "/finance/consolidation",
    "/finance/checklist", "/finance/do/enter-purchase-invoice", "/finance/do/register-asset",
    "/finance/do/propose-payments", "/finance/do/spread-one",
)  # fmt: skip
ICT = (
    "/ict", "/ict/telephone", "/ict/cases", "/ict/cases/INC-000001", "/ict/deadlines",
    "/ict/service-levels/standaard", "/ict/devices", "/ict/devices/D-000001", "/ict/handovers/H-000001",
    "/ict/software", "/ict/status", "/ict/servers/linde-app1", "/ict/backups", "/ict/backups/app1-data",
    "/ict/mailboxes", "/ict/do/open-case", "/ict/do/hand-out",
)  # fmt: skip
HR = (
    "/hr", "/hr/employees/M0105", "/hr/documents/hand-in?employee=M0105", "/hr/organisation",
    "/hr/leave", "/hr/candidates", "/hr/reviews/5", "/hr/training-gaps", "/hr/retention",
    "/hr/do/hire-employee",
)  # fmt: skip
COMMUNICATION = (
    "/communication", "/communication/news", f"/communication/news/{LIFTING}",
    "/communication/policies", "/communication/items", f"/communication/items/{LIFTING}",
    "/communication/must-read", f"/communication/must-read/{LIFTING}",
    "/communication/readings?state=confirmed", "/communication/readings/1",
    "/communication/my-readings", "/communication/audiences", "/communication/screens",
    f"/communication/do/ask-again?item={LIFTING}", "/communication/do/write-item",
)  # fmt: skip
KINDS = {
    "boris": ("/finance", FINANCE), "iris": ("/ict", ICT), "helen": ("/hr", HR),
    "joris": ("/communication", COMMUNICATION),
}  # fmt: skip
"""Whose desk it is, and a page of each kind on it."""
FILES = {"/hr/my-data"}
"""What stands in the menu and is no page."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served_trade(tmp_path_factory.mktemp("trade")) as found:
        yield found


@pytest.fixture(scope="module")
def opened(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture(params=LANGUAGES)
def visit(request: pytest.FixtureRequest, opened: Browser, site: Site) -> Iterator[Visit]:
    found = Visit(opened, site, request.param)
    found.enter(BUYER)
    yield found
    found.close()


@pytest.mark.parametrize("user", KINDS)
def test_every_page_of_a_desk_opens_and_none_is_wider_than_a_phone(
    opened: Browser, site: Site, user: str
) -> None:
    visit = Visit(opened, Site(site.base, user, PASSWORD), "nl")
    visit.enter(BUYER)
    desk, kinds = KINDS[user]
    tab = visit.go(desk)
    menu = tab.eval_on_selector_all(
        ".k-registers a", "links => links.map(link => link.getAttribute('href'))"
    )
    assert len(menu) > 15
    tab.set_viewport_size({"width": 390, "height": 844})
    wide = []
    for address in {*menu, *kinds} - FILES:
        answer = tab.goto(f"{visit.site.base}{address}", wait_until="load")
        assert answer is not None
        assert answer.ok, address
        assert tab.locator("h1").count() == 1, address
        if tab.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(address)
    visit.close()
    assert wide == []


@pytest.mark.parametrize("user", KINDS)
def test_axe_finds_nothing_serious(opened: Browser, site: Site, user: str) -> None:
    # The same templates in the other language: once is enough.
    visit = Visit(opened, Site(site.base, user, PASSWORD), "en")
    visit.enter(BUYER)
    found = []
    for address in KINDS[user][1]:
        visit.go(address)
        assert visit.tab.locator("h1").count() == 1, address
        found += visit.serious()
    visit.close()
    assert found == []


def test_a_bank_line_is_booked_by_keyboard(visit: Visit) -> None:
    tab = visit.go("/finance/reconcile")
    waiting = _lines(tab)
    assert waiting > 0
    with tab.expect_navigation(wait_until="networkidle"):
        tab.keyboard.press("Enter")
    visit.go("/finance/reconcile")
    assert _lines(tab) == waiting - 1


def _lines(tab: Page) -> int:
    return tab.locator("main a[href*='/finance/reconcile?line=']").count()


def test_what_one_proposes_and_approves_a_second_person_lets_go(
    opened: Browser, site: Site
) -> None:
    boris = Visit(opened, site, "en")
    boris.enter(BUYER)
    run = "/finance/payment-runs/PAY-000001"
    tab = boris.go(run)
    tab.keyboard.press("a")
    tab.wait_for_url("**/finance/do/approve-payment-run?*")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_load_state("networkidle")
    boris.go(run)
    assert "Approved" not in tab.inner_text(".k-head .k-status")

    carla = Visit(opened, Site(site.base, "carla", PASSWORD), "nl")
    carla.enter(BUYER)
    tab = carla.go("/today/approvals")
    tab.click("main .k-rows tbody a >> nth=0")
    with tab.expect_navigation(wait_until="networkidle"):
        tab.click(".k-aside >> text=Goedkeuren")
    carla.go(run)
    expect(carla.tab.locator(".k-head .k-status")).to_have_text("Goedgekeurd")
    carla.close()
    boris.close()


def test_who_has_to_read_something_says_so_by_keyboard(opened: Browser, site: Site) -> None:
    reader = Visit(opened, Site(site.base, "sam", PASSWORD), "en")
    reader.enter(BUYER)
    tab = reader.go("/communication/my-readings?state=open")
    with tab.expect_navigation(wait_until="networkidle"):
        tab.click(".k-rows tbody a >> nth=0")
    assert tab.url.endswith(f"/communication/news/{LIFTING}")
    expect(tab.locator(".k-reading")).to_contain_text("You are asked to read this before")
    with tab.expect_navigation(wait_until="networkidle"):
        tab.keyboard.press("r")
    expect(tab.locator(".k-reading")).to_contain_text("that you read this")
    reader.go("/communication/my-readings?state=open")
    assert tab.locator(".k-rows tbody tr").count() == 0
    reader.close()

    officer = Visit(opened, Site(site.base, "joris", PASSWORD), "nl")
    officer.enter(BUYER)
    tab = officer.go(f"/communication/readings?item={LIFTING}&state=confirmed&q=Okafor")
    expect(tab.locator(".k-rows tbody tr")).to_have_count(1)
    officer.close()


def test_who_manages_servers_sees_whom_a_notice_reaches_before_it_goes(
    opened: Browser, site: Site
) -> None:
    iris = Visit(opened, Site(site.base, "iris", PASSWORD), "nl")
    iris.enter(BUYER)
    tab = iris.go("/ict/servers/linde-app1")
    tab.click(".k-aside >> text=Inlichten wie er last van heeft")
    tab.wait_for_url("**/communication/do/notify-affected?*")
    expect(tab.locator("main")).to_contain_text("Henk Jansma")
    assert "Emma Fox" not in tab.inner_text("main")
    assert iris.serious() == []
    iris.close()
