"""Audiences made up in the browser, a list imported, and mail stopped by who gets it, on a phone too."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.audience import PASSWORD
from tests.browser.site import Site, Visit, served_with

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("audiences")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("audiences")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    with served_with(folder, "tests.browser.audience") as found:
        yield replace(found, user="dana", password=PASSWORD)


@pytest.fixture(scope="module")
def links(folder: Path, site: Site) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "links.json").read_text())
    return found


@pytest.mark.parametrize(("width", "language"), [(1440, "en"), (390, "nl")])
def test_pages_of_audiences_are_without_faults(
    chromium: Browser, site: Site, width: int, language: str
) -> None:
    visit = Visit(chromium, site, language, width=width)
    for address in (
        "audiences", "audiences/readers", "do/set-audience?audience.code=readers",
        "mailing-lists", "mailing-lists/news", "list-members", "purposes", "no-mail",
        "addresses/ann@home.example", "import-addresses?mailing_list=news",
        "do/set-purpose?purpose.code=news", "do/add-subscriber?mailing_list=news",
    ):  # fmt: skip
        tab = visit.go(f"/communication/{address}")
        assert visit.serious() == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    visit.close()


def test_an_audience_is_made_up_by_words_and_counted_as_one_types(
    chromium: Browser, site: Site
) -> None:
    visit = Visit(chromium, site, "en")
    tab = visit.go("/communication/do/set-audience")
    count = tab.locator("form#form [role=status][hx-post]")
    expect(count).to_have_text("Say who is in it.")
    tab.fill("[name='audience.code']", "two")
    tab.fill("[name='audience.name']", "All but Bo")
    who = tab.locator("[name='lines-0-who']")
    offered = tab.locator("#suggestions-audience-parts-who option")
    who.press_sequentially("works here")
    expect(offered).to_have_count(1)
    who.fill("communication.everybody")
    expect(count).to_contain_text("By mail this reaches 3 addresses now.")
    other = tab.locator("[name='lines-1-who']")
    other.press_sequentially("bo de")
    expect(offered).to_have_text("Somebody in particular: Bo de Wit")
    other.fill(offered.get_attribute("value") or "")
    tab.check("[name='lines-1-left_out']")
    expect(count).to_contain_text("By mail this reaches 2 addresses now.")
    tab.click("[data-save]")
    tab.wait_for_url("**/communication/audiences/two")
    main = tab.locator("main")
    expect(main).to_contain_text("Reaches 2 addresses")
    expect(main).to_contain_text("eva@lantern.example")
    expect(main).not_to_contain_text("bo@lantern.example")
    visit.close()


def test_a_list_is_imported_and_its_refused_rows_are_given_back(
    chromium: Browser, site: Site, tmp_path: Path
) -> None:
    path = tmp_path / "fair.csv"
    path.write_text("address;name\nnew@home.example;New\nbroken;Broken\ngone@home.example;Gerda\n")
    visit = Visit(chromium, site, "en")
    tab = visit.go("/communication/mailing-lists/news")
    tab.click("a:has-text('Import a list')")
    tab.set_input_files("[name=file]", path)
    tab.fill("[name=source]", "Fair of Leeuwarden")
    tab.click("[data-save]")
    tab.wait_for_url("**/today/jobs/*")
    main = tab.locator("main")
    tab.click("a:has-text('See what came of it')", timeout=30_000)
    expect(main).to_contain_text("Refused")
    expect(main).to_contain_text("New on the list")
    tab = visit.go("/communication/addresses/new@home.example")
    expect(tab.locator("main")).to_contain_text("Fair of Leeuwarden")
    visit.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_whoever_gets_mail_stops_it_and_sets_it_without_signing_in(
    chromium: Browser, site: Site, links: dict[str, str], width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    tab = context.new_page()
    tab.goto(f"{site.base}{links['unsubscribe']}")
    expect(tab.locator("main")).to_contain_text("Newsletter")
    tab.click("main form button")
    # Ann is written to in Dutch, so that is what her pages speak in a browser that nobody set.
    expect(tab.locator("main [role=status]")).to_contain_text(
        "ann@home.example krijgt geen mail meer"
    )
    tab.click("main a")
    expect(tab.locator("#purpose-news")).not_to_be_checked()
    tab.check("#purpose-news")
    tab.click("main form button >> nth=0")
    expect(tab.locator("#purpose-news")).to_be_checked()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.goto(f"{site.base}{links['subscribe']}")
    expect(tab.locator("main")).to_contain_text("four times a year")
    tab.click("main form button")
    expect(tab.locator("main")).to_contain_text("Tick this")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
