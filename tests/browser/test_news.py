"""What the company says, as its people and the world see it: pages, screens, and an embargo."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.news import PASSWORD
from tests.browser.site import AXE, SERIOUS, VIOLATIONS, Site, Visit, served_with
from tests.console import Console

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("news")]
ITEM = "/communication/news/the-new-hall-is-open"
PAGES = (
    "/communication/news", "/communication/news?q=hall", "/communication/news?kind=event", ITEM,
    "/communication/news/cycling-to-work", "/communication/news/open-day-for-families",
    "/communication/policies", "/communication/events", "/communication/feeds",
)  # fmt: skip
SECRET = "Secret merger"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("news")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    with served_with(folder, "tests.browser.news") as found:
        yield Site(found.base, found.user, PASSWORD)


@pytest.fixture(scope="module")
def public(chromium: Browser, site: Site) -> dict[str, str]:
    """Where the press page and the screen are, as the officer finds them."""
    nora = Visit(chromium, site, "en", user="nora")
    links = nora.go("/communication/press-page").locator("main a[href*='/communication/press/']")
    press = links.first.get_attribute("href")
    links = nora.go("/communication/screens").locator("main a[href*='/communication/screen/']")
    screen = links.first.get_attribute("href")
    assert nora.serious() == []
    nora.close()
    return {"press": press or "", "screen": screen or ""}


def serious(tab: Page) -> list[str]:
    """What axe-core finds serious on a page for everybody."""
    tab.evaluate(AXE.read_text())
    return [each["id"] for each in tab.evaluate(VIOLATIONS) if each["impact"] in SERIOUS]


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("nl", 390)])
def test_the_intranet_reads_well_in_both_languages_and_widths(
    chromium: Browser, site: Site, language: str, width: int
) -> None:
    eva = Visit(chromium, site, language, width=width, user="eva")
    for page in PAGES:
        eva.go(page)
        assert eva.serious() == []
        assert eva.tab.evaluate("document.documentElement.scrollWidth") <= width
    eva.tab.emulate_media(color_scheme="dark")
    eva.go(ITEM)
    assert eva.serious() == []
    title = {"en": "The new hall is open", "nl": "De nieuwe hal is open"}[language]
    expect(eva.tab.locator("h1")).to_have_text(title)
    expect(eva.tab.locator("article img")).to_be_visible()
    eva.close()


def test_news_is_found_and_read_by_keyboard(chromium: Browser, site: Site) -> None:
    eva = Visit(chromium, site, "en", user="eva")
    tab = eva.go("/communication/news")
    tab.get_by_label("Search the news").focus()
    tab.keyboard.type("glass leerdam")
    tab.keyboard.press("Enter")
    tab.get_by_role("link", name="Lantern Gifts takes over glass works").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_contain_text("43 people work there, not 41.")
    expect(tab.locator("article")).to_contain_text("all 43 people")
    eva.close()


def test_what_is_of_an_event_is_asked_for_an_event_and_pictures_are_found_by_words(
    chromium: Browser, site: Site
) -> None:
    nora = Visit(chromium, site, "en", user="nora")
    tab = nora.go("/communication/do/write-item")
    place = tab.get_by_label("Place")
    expect(place).to_be_hidden()
    tab.get_by_label("Kind").select_option("event")
    expect(place).to_be_visible()
    place.fill("Hall 2")
    tab.get_by_label("Kind").select_option("news")
    expect(place).to_be_visible()  # what was filled in is not sent unseen
    place.fill("")
    tab.get_by_label("Kind").select_option("policy")
    expect(place).to_be_hidden()
    picture = tab.get_by_label("Picture above it")
    picture.press_sequentially("hall")
    offered = tab.locator(f"#{picture.get_attribute('list')} option")
    expect(offered).to_have_count(1)
    assert "hall" in (offered.first.get_attribute("label") or offered.first.inner_text()).lower()
    nora.close()


def test_a_withdrawn_item_says_why_and_nothing_else(chromium: Browser, site: Site) -> None:
    eva = Visit(chromium, site, "nl", user="eva")
    answer = eva.tab.goto(f"{site.base}/communication/news/free-cake-for-ever")
    assert answer is not None and answer.status == 410
    expect(eva.tab.locator("main")).to_contain_text("There is cake on Fridays only.")
    expect(eva.tab.locator("main")).not_to_contain_text("for ever")
    assert eva.serious() == []
    eva.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_world_reads_the_press_page(
    chromium: Browser, site: Site, public: dict[str, str], width: int, scheme: str
) -> None:
    faults: list[str] = []
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    tab = context.new_page()
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    tab.goto(f"{site.base}{public['press']}?language=nl")
    expect(tab.locator("h1")).to_have_text("Nieuws van Lantern Gifts")
    assert serious(tab) == []
    tab.get_by_role("link", name="Lantern Gifts takes over glass works").click()
    expect(tab.locator("main")).to_contain_text("Correcties")
    expect(tab.locator("footer")).to_contain_text("press@lantern.example")
    assert serious(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert faults == []


def test_a_screen_turns_by_itself_and_follows_what_happens(
    chromium: Browser, site: Site, folder: Path, public: dict[str, str]
) -> None:
    tab = chromium.new_page(viewport={"width": 1920, "height": 1080})
    tab.goto(f"{site.base}{public['screen']}")
    shown = tab.locator(".slide.is-shown h2")
    first = shown.inner_text()
    assert serious(tab) == []
    expect(shown).not_to_have_text(first, timeout=12_000)
    _do(
        folder, "dirk", "communication.withdraw_item", {"item": "the-new-hall-is-open", "why": "No"}
    )
    expect(tab.locator(".slide")).to_have_count(1, timeout=40_000)
    expect(shown).to_have_text("Open day for families")
    _do(folder, "nora", "communication.close_screen", {"screen": "the-hall"})
    expect(tab.locator(".slide")).to_have_count(0, timeout=40_000)
    tab.close()


def test_an_embargo_ends_at_its_time_and_within_a_minute(
    chromium: Browser, site: Site, folder: Path, public: dict[str, str]
) -> None:
    nora = Visit(chromium, site, "en", user="nora")
    own = nora.go("/communication/items?search=merger").locator("main a[href*='/items/merger-']")
    code = (own.first.get_attribute("href") or "").rpartition("/")[2]
    nora.close()
    embargo = timezone.now() + timedelta(seconds=45)
    given = {"item": code, "publish_at": embargo.isoformat()}
    _do(folder, "nora", "communication.schedule_item", given)
    eva = Visit(chromium, site, "en", user="eva")
    inside = ("/communication/news", f"/communication/news/{code}", "/search?q=merger")
    outside = ("", f"/{code}", "/feed/rss", "/feed/atom")
    seen = [page for page in inside if SECRET in eva.go(page).content()]
    seen += [page for page in outside if SECRET in _read(f"{site.base}{public['press']}{page}")]
    assert timezone.now() < embargo, "all of it was looked at before its time"
    assert seen == []
    eva.tab.wait_for_timeout(max(0, (embargo - timezone.now()).total_seconds() * 1000))
    while SECRET not in _read(f"{site.base}{public['press']}"):
        assert timezone.now() < embargo + timedelta(seconds=60), "it came out too late"
        eva.tab.wait_for_timeout(1000)
    assert all(SECRET in eva.go(page).content() for page in inside)
    assert all(SECRET in _read(f"{site.base}{public['press']}{page}") for page in outside)
    eva.context.close()


def _do(folder: Path, who: str, action: str, given: Mapping[str, object]) -> None:
    Console(folder).ask("do", action, json.dumps(given), "--as", who)


def _read(url: str) -> str:
    try:
        with urlopen(url, timeout=10) as answer:
            return str(answer.read().decode())
    except OSError as refused:
        return str(refused)
