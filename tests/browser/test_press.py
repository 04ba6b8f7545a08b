"""Pictures, contacts and questions in the browser: by keyboard, on a phone, in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.pressed import PASSWORD
from tests.browser.site import Site, Visit, served_with

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("press")]

PAGES = (
    "/communication/pictures", "/communication/pictures/the-new-hall",
    "/communication/pictures/add", "/communication/contacts", "/communication/contacts/PC-00001",
    "/communication/do/import-contacts", "/communication/questions",
    "/communication/questions/Q-000001", "/communication/do/note-question",
    "/communication/mail", "/communication/mail/1", "/communication/mailboxes",
    "/communication/do/set-question-terms",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served_with(tmp_path_factory.mktemp("press"), "tests.browser.pressed") as found:
        yield replace(found, password=PASSWORD)


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("nl", 390)])
def test_the_pages_are_clear_at_every_width(
    chromium: Browser, site: Site, language: str, width: int
) -> None:
    visit = Visit(chromium, site, language, width=width, user="nora")
    for address in PAGES:
        tab = visit.go(address)
        assert visit.serious() == [], address
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
    visit.close()


def test_a_picture_is_added_and_can_be_seen(chromium: Browser, site: Site, tmp_path: Path) -> None:
    photo = tmp_path / "gate.jpg"
    Image.new("RGB", (900, 600), "maroon").save(photo)
    visit = Visit(chromium, site, "en", user="nora")
    tab = visit.go("/communication/pictures/add")
    tab.set_input_files("[name=file]", photo)
    for name, text in (("title", "The gate"), ("alt_nl", "Een poort"), ("alt_en", "A gate")):
        tab.fill(f"[name={name}]", text)
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/communication/pictures/the-gate")
    shown = tab.get_by_role("img", name="A gate")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") == 900
    visit.close()


def test_a_picture_of_200_mb_is_refused_in_one_sentence(
    chromium: Browser, site: Site, tmp_path: Path
) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.write(b"\xff\xd8\xff\xe0")
        file.truncate(200 * 2**20)
    visit = Visit(chromium, site, "en", user="nora")
    tab = visit.go("/communication/pictures/add")
    tab.set_input_files("[name=file]", large)
    for name in ("title", "alt_nl", "alt_en"):
        tab.fill(f"[name={name}]", "Large")
    tab.keyboard.press("Control+Enter")
    said = tab.get_by_text("This is larger than we take; send a smaller file.")
    expect(said).to_be_visible(timeout=15_000)
    visit.faults.clear()  # The browser notes the 413 as well.
    visit.close()


def test_a_question_is_answered_and_what_was_said_is_noted(chromium: Browser, site: Site) -> None:
    visit = Visit(chromium, site, "en", user="nora")
    tab = visit.go("/communication/questions/Q-000001")
    tab.fill("#reply-text", "Sixty, since March.")
    tab.get_by_role("button", name="Answer").click()
    expect(tab.locator(".k-said").last).to_contain_text("Sixty, since March.")
    expect(tab.locator("main")).to_contain_text("Answered")
    tab = visit.go("/communication/contacts/PC-00001")
    tab.fill("#said-text", "Called him with the figures.")
    tab.get_by_role("button", name="Note it").click()
    expect(tab.locator(".k-said").first).to_contain_text("Called him with the figures.")
    visit.close()
