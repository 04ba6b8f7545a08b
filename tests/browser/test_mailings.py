"""Mailings in the browser: how far they are, steered, sent from the form, a mail as it looks."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.mailing import PASSWORD
from tests.browser.site import Site, Visit, served_with

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("mailings")]
PICTURES = os.environ.get("KANTOOR_PICTURES", "")
"""A folder for pictures of the pages, for who wants to look at them."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mailings")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    with served_with(folder, "tests.browser.mailing") as found:
        yield replace(found, user="nora", password=PASSWORD)


@pytest.fixture(scope="module")
def told(folder: Path, site: Site) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "mailings.json").read_text())
    return found


@pytest.mark.parametrize(
    ("width", "language", "mode"), [(1440, "en", "light"), (390, "nl", "dark")]
)
def test_pages_of_mailings_are_without_faults(
    chromium: Browser, site: Site, told: dict[str, str], width: int, language: str, mode: str
) -> None:
    visit = Visit(chromium, site, language, width=width)
    visit.tab.emulate_media(color_scheme="dark" if mode == "dark" else "light")
    for name, address in {
        "mailings": "mailings", "done": f"mailings/{told['done']}",
        "going": f"mailings/{told['going']}", "recipients": "mailing-recipients",
        "doubt": "mailing-recipients?state=unsure", "channels": "channels",
        "keys": "signing-keys", "send": f"do/send-item?item={told['item']}",
        "channel": "do/add-channel", "use": "do/use-signing-key?domain=kantoor.example&selector=k1",
    }.items():  # fmt: skip
        tab = visit.go(f"/communication/{address}")
        if PICTURES:
            tab.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
        assert visit.serious() == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
    visit.close()


def test_a_mailing_is_paused_goes_on_and_doubts_are_decided(
    chromium: Browser, site: Site, told: dict[str, str]
) -> None:
    visit = Visit(chromium, site, "en")
    tab = visit.go(f"/communication/mailings/{told['paused']}")
    main = tab.locator("main")
    expect(main).to_contain_text("Paused")
    tab.click("button:has-text('Go on')")
    tab.wait_for_load_state("networkidle")
    expect(main).to_contain_text("Goes out")
    tab.click("button:has-text('Pause')")
    tab.wait_for_load_state("networkidle")
    expect(main).to_contain_text("Paused")
    tab.click("main a:has-text('In doubt')")
    tab.wait_for_url("**/mailing-recipients?**state=unsure**")
    expect(tab.locator("main")).to_contain_text("broken off")
    visit.close()


def test_the_form_tells_to_how_many_an_item_goes(
    chromium: Browser, site: Site, told: dict[str, str]
) -> None:
    visit = Visit(chromium, site, "en")
    tab = visit.go(f"/communication/do/send-item?item={told['item']}")
    expect(tab.locator("main")).to_contain_text("This goes to 120 addresses.")
    tab.click("[data-save]")
    expect(tab.locator("main")).to_contain_text("mail server")
    visit.close()


@pytest.mark.parametrize(("width", "language"), [(700, "en"), (390, "nl")])
def test_a_mail_looks_as_it_will_and_can_do_nothing_in_the_browser(
    chromium: Browser, site: Site, told: dict[str, str], width: int, language: str
) -> None:
    visit = Visit(chromium, site, language, width=width)
    answer = visit.context.request.get(
        f"{site.base}/communication/mail-preview/{told['item']}/{language}"
    )
    assert "sandbox" in answer.headers["content-security-policy"]
    tab = visit.go(f"/communication/mail-preview/{told['item']}/{language}")
    expect(tab.locator("h1")).to_have_text(
        "The new hall is open" if language == "en" else "De nieuwe hal is open"
    )
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    if PICTURES:
        tab.screenshot(path=f"{PICTURES}/mail-{width}.png", full_page=True)
    visit.close()
