"""An item is written, remarked on, agreed to by another, published, read, corrected and compared."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site, Visit, served_with
from tests.browser.written import PASSWORD

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("items")]

WORDS = {
    "en": ("The gate is new", "Approved", "Published", "the north side"),
    "nl": ("De poort is nieuw", "Goedgekeurd", "Gepubliceerd", "de noordkant"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served_with(tmp_path_factory.mktemp("items"), "tests.browser.written") as found:
        yield replace(found, password=PASSWORD)


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("nl", 390)])
def test_an_item_goes_from_draft_to_reader(
    chromium: Browser, site: Site, language: str, width: int
) -> None:
    title, approved, published, side = WORDS[language]
    writes = Visit(chromium, site, language, width=width, user="lot")
    tab = writes.go("/communication/do/write-item")
    tab.fill("[name='item.title']", title)
    tab.fill("[name='item.body']", f"It stands on **{side}**.\n\n<script>steal()</script>")
    assert writes.serious() == []
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/communication/items/*")
    here = tab.url.removeprefix(site.base).partition("?")[0]
    expect(tab.locator("article strong")).to_have_text(side)
    assert "steal" not in tab.content() and writes.serious() == []
    tab.fill("[name=passage]", side)
    tab.fill("[name=said]", "Which gate?")
    tab.click(".k-remark-form button[type=submit]")
    expect(tab.locator(".k-said")).to_contain_text("Which gate?")
    tab.locator("form[action$='/do/ask-item-approval'] button").last.click()

    agrees = Visit(chromium, site, language, user="mo")
    agrees.go("/today/inbox")
    agrees.tab.click(f"a:has-text('{title}')")
    agrees.tab.locator("form[action$='/do/approve-item'] button").last.click()
    expect(agrees.tab.locator("main")).to_contain_text(approved)
    agrees.close()

    tab = writes.go(here)
    tab.locator("form[action$='/do/publish-item'] button").last.click()
    expect(tab.locator("main")).to_contain_text(published)
    reads = Visit(chromium, site, language, width=width, user="eva")
    reads.go(here.replace("/items/", "/news/"))
    expect(reads.tab.locator("article strong")).to_have_text(side)
    assert reads.serious() == []
    reads.close()
    writes.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_desk_is_clear_at_every_width(chromium: Browser, site: Site, width: int) -> None:
    visit = Visit(chromium, site, "nl" if width == 390 else "en", width=width, user="lot")
    canteen = "/communication/items/the-canteen-opens-on-monday"
    for address in (
        "/communication/items", canteen, f"{canteen}/versions", "/communication/content-calendar",
        "/communication/item-templates", "/communication/item-templates/something-does-not-work",
    ):  # fmt: skip
        tab = visit.go(address)
        assert visit.serious() == [], address
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
    visit.go(f"{canteen}/versions")
    expect(visit.tab.locator("del").first).to_have_text("half past eleven")
    expect(visit.tab.locator("ins").first).to_have_text("noon")
    visit.close()
