"""What a director does: look, open what a figure is made of, add a card, set an objective."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, TimeoutError, expect

from kantoor.shell.demo.people import PASSWORD
from kantoor.shell.demo.trade.relations import BUYER
from tests.browser.site import Site, Visit, served_trade

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("trade")]

PAGES = (
    "/management", "/management/dashboards", "/management/dashboards/directie?edit=1",
    "/management/dashboards/hr", "/management/objectives", "/management/objectives/2",
    "/management/figures", "/management/figures/finance.revenue", "/management/alerts",
    "/management/alerts/1", "/management/reports", "/management/do/set-alert",
    "/management/do/add-card?dashboard=directie", "/management/do/schedule-report",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served_trade(tmp_path_factory.mktemp("trade")) as found:
        yield found


def visit(chromium: Browser, site: Site, user: str, language: str = "en") -> Visit:
    found = Visit(chromium, Site(site.base, user, PASSWORD), language)
    found.enter(BUYER)
    return found


def test_axe_finds_nothing_serious_and_no_page_is_wider_than_a_phone(
    chromium: Browser, site: Site
) -> None:
    dora = visit(chromium, site, "dora")
    found, wide = [], []
    for address in PAGES:
        dora.tab.set_viewport_size({"width": 1440, "height": 900})
        dora.go(address)
        assert dora.tab.locator("h1").count() == 1, address
        found += dora.serious()
        dora.tab.set_viewport_size({"width": 390, "height": 844})
        try:  # charts are drawn anew a moment after the page got narrower
            dora.tab.wait_for_function("document.documentElement.scrollWidth <= 390", timeout=5_000)
        except TimeoutError:
            wide.append(address)
    assert (found, wide, dora.faults) == ([], [], [])
    dora.close()


def test_a_figure_opens_what_it_is_made_of_and_the_sum_is_the_figure(
    chromium: Browser, site: Site
) -> None:
    dora = visit(chromium, site, "dora")
    tab = dora.go("/management/dashboards/directie")
    card = tab.locator(".k-stat", has_text="Overdue from customers")
    exact = card.locator(".k-stat-value").get_attribute("title") or ""
    card.locator(".k-stat-value").click()
    tab.wait_for_url("**/finance/receivables?*overdue=1*")
    total = tab.locator("tfoot .k-money").last.inner_text()
    assert exact.strip("€ ") == total.strip()
    dora.close()


def test_a_card_is_added_moved_and_taken_off_by_keyboard(chromium: Browser, site: Site) -> None:
    dora = visit(chromium, site, "dora", "nl")
    tab = dora.go("/management/dashboards/controller?edit=1")
    cards = tab.locator(".k-stat").count()
    tab.keyboard.press("n")
    tab.wait_for_url("**/management/do/add-card?*")
    tab.select_option("[name='card.kind']", "figure")
    tab.select_option("[name='card.subject']", "sales.orders")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/management/dashboards/controller?edit=1")
    expect(tab.locator(".k-stat")).to_have_count(cards + 1)
    last = tab.locator(".k-stat").last
    expect(last).to_contain_text("Orders")
    last.locator("button", has_text="Weghalen").click()
    expect(tab.locator(".k-stat")).to_have_count(cards)
    dora.close()


def test_an_objective_is_set_followed_and_spoken_of(chromium: Browser, site: Site) -> None:
    dora = visit(chromium, site, "dora")
    tab = dora.go("/management/objectives")
    tab.keyboard.press("n")
    tab.wait_for_url("**/management/do/set-objective?*")
    tab.fill("[name='objective.title_nl']", "Minder voorraad")
    tab.fill("[name='objective.title_en']", "Less stock")
    tab.select_option("[name='objective.owner']", "carla")
    tab.fill("[name='objective.starts_on']", "2026-01-01")
    tab.fill("[name='objective.ends_on']", "2026-12-31")
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("h1")).to_contain_text("Less stock")
    tab.keyboard.press("n")
    tab.wait_for_url("**/management/do/add-key-result?*")
    tab.select_option("[name='result.figure']", "finance.cash")
    tab.fill("[name='result.start']", "50000")
    tab.fill("[name='result.target']", "90000")
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("main")).to_contain_text("from €50,000 to €90,000")
    dora.close()


def test_who_may_not_see_a_figure_finds_neither_its_card_nor_the_desk(
    chromium: Browser, site: Site
) -> None:
    helen = visit(chromium, site, "helen")
    tab = helen.go("/management/dashboards")
    expect(tab.locator("h1")).to_have_text("HR")
    assert tab.locator("text=Revenue").count() == 0
    helen.close()
    emma = visit(chromium, site, "emma")
    assert emma.tab.locator(".k-rail a[href='/management']").count() == 0
    emma.close()
