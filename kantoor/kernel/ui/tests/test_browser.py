"""The style guide in a real browser: accessibility, keyboard, and pages that work under a strict policy."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from kantoor.kernel.ui.examples.framing import PAGES
from kantoor.kernel.ui.tests.conftest import ORIGIN, answer

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("guide")]

AXE = Path(__file__).resolve().parents[4] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
OF_A_PHONE = ["target-size", "scrollable-region-focusable", "meta-viewport", "region", "bypass"]
"""What can be otherwise in the dark, and what on a phone: the page is the same there."""
Opener = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser, guide: Client) -> Iterator[Opener]:
    """Opens a page of the guide; a fault on it fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    def opening(
        page: str,
        *,
        width: int = 1440,
        mode: str = "light",
        language: str = "en",
        script: bool = True,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if mode == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            bypass_csp=False,
        )  # fmt: skip
        contexts.append(context)
        context.add_cookies([{"name": "language", "value": language, "url": ORIGIN}])
        context.route("**/*", lambda route: answer(route, guide))
        context.set_default_timeout(20_000)
        tab = context.new_page()
        tab.on("pageerror", lambda fault: faults.append(str(fault)))
        tab.on("console", heard)
        tab.goto(f"{ORIGIN}/style-guide/{page}", wait_until="networkidle")
        return tab

    yield opening
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "404" not in fault] == []


def violations(tab: Page, rules: Sequence[str] = ()) -> list[str]:
    tab.evaluate(AXE.read_text())
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": RULES}
    asked = {"runOnly": only, "resultTypes": ["violations"]}
    found = tab.evaluate("asked => axe.run(asked)", asked)["violations"]
    return [
        f"{v['id']}: {n['html'][:160]} {n.get('failureSummary', '')}"
        for v in found
        for n in v["nodes"]
    ]


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation(opened: Opener, page: str) -> None:
    assert violations(opened(page)) == []
    dark = opened(page, mode="dark")
    assert violations(dark, COLOURS) == []


@pytest.mark.parametrize("press", ["Control+k", "?"])
def test_axe_finds_no_violation_in_dialogs(opened: Opener, press: str) -> None:
    tab = opened("list")
    tab.keyboard.press(press)
    tab.wait_for_timeout(300)
    assert violations(tab) == []


def test_axe_finds_no_violation_in_an_open_filter(opened: Opener) -> None:
    tab = opened("list?status=open")
    tab.click(".k-chip summary")
    assert violations(tab) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_wider_than_a_phone(opened: Opener, page: str) -> None:
    tab = opened(page, width=360, language="nl")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(tab, OF_A_PHONE) == []


def test_rows_go_by_key(opened: Opener) -> None:
    tab = opened("list")
    for key in ("j", "j", "j", "k", "x"):
        tab.keyboard.press(key)
    tab.wait_for_function("document.activeElement.textContent === '2011-04285'")
    assert tab.is_checked("[value='2011-04285']")
    assert tab.inner_text("[data-picked]") == "1"
    assert tab.is_visible(".k-bulk")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/record")


def test_more_rows_come_under_these(opened: Opener) -> None:
    tab = opened("list")
    assert tab.locator(".k-rows tbody tr").count() == 50
    tab.click("[data-more]")
    tab.wait_for_function("document.querySelectorAll('.k-rows tbody tr').length === 100")
    assert tab.inner_text("[data-shown]") == "100"
    assert tab.locator("[data-more]").count() == 0


def test_a_filter_is_in_the_address(opened: Opener) -> None:
    tab = opened("list")
    tab.click(".k-chip:nth-child(1) summary")
    tab.check("[name=status][value=open]")
    tab.click(".k-chip:nth-child(1) button")
    tab.wait_for_selector(".k-chip.is-active")
    assert tab.url.endswith("?status=open")
    assert tab.inner_text(".k-chip.is-active b") == "Open"


def test_the_palette_opens_what_is_chosen_by_arrow(opened: Opener) -> None:
    tab = opened("today")
    tab.keyboard.press("Control+k")
    tab.wait_for_selector("#palette a[aria-selected=true]")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert tab.get_attribute("#palette input", "aria-activedescendant") == "palette-1-3"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/report")


def test_g_and_a_letter_go_to_a_desk(opened: Opener) -> None:
    tab = opened("today")
    tab.keyboard.press("g")
    tab.keyboard.press("f")
    tab.wait_for_url("**/list")


def test_the_main_action_has_a_key(opened: Opener) -> None:
    tab = opened("list")
    tab.keyboard.press("n")
    tab.wait_for_url("**/lines")


PASTE = """text => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const at = document.querySelector('[name="lines-3-account"]');
  at.focus();
  at.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_rows_of_a_spreadsheet_paste_into_lines(opened: Opener) -> None:
    tab = opened("lines", language="nl")
    tab.evaluate(PASTE, '4010\tHuur\t1.000,50\n4020\t"met ""haken"" en\ttab"\t2,25\n')
    assert tab.input_value("[name='lines-3-account']") == "4010"
    assert tab.input_value("[name='lines-4-text']") == 'met "haken" en\ttab'
    assert tab.input_value("[name='lines-TOTAL_FORMS']") == "5"
    assert tab.inner_text("[data-sum-of]") == "3.241,25"


def test_the_error_summary_has_the_focus_and_leads_to_the_field(opened: Opener) -> None:
    tab = opened("form")
    assert tab.evaluate("document.activeElement.className") == "k-summary"
    tab.click(".k-summary li:first-child a")
    assert tab.evaluate("document.activeElement.name") == "name"


def test_the_theme_changes_at_once_and_is_kept(opened: Opener) -> None:
    tab = opened("today")
    tab.click(".k-me summary")
    tab.click(".k-me [value=dark]")
    assert tab.get_attribute("html", "data-bs-theme") == "dark"
    tab.reload()
    assert tab.get_attribute("html", "data-bs-theme") == "dark"


def test_without_scripts_menus_open_and_charts_are_tables(opened: Opener) -> None:
    tab = opened("today", script=False)
    assert tab.is_visible(".k-chart-table")
    tab.click(".k-me summary")
    assert tab.is_visible(".k-me .k-panel")
