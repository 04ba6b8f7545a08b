"""Somebody calls the help desk: found, written down and linked, in few interactions, on a phone too."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site, Visit, served
from tests.console import Console

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("telephone")]

FEWEST = 10
"""Interactions that a call may take at most."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("desk")
    with served(folder) as found:
        console = Console(folder)
        eva = {"code": "E1", "name": "Eva Jansen", "phone": "+31 20 555 0101"}
        _do(console, "kernel.add_employees", {"employees": [eva, {**eva, "code": "E2", "name": "Piet Bos", "phone": "+31 20 555 0199"}]})  # fmt: skip
        devices = [{"kind": "computer", "name": f"Laptop of {name}"} for name in ("Eva", "Piet")]
        _do(console, "ict.register_devices", {"devices": devices})
        _do(console, "ict.hand_out", {"party": "E1", "items": [{"device": "D-000001"}]})
        yield found


def _do(console: Console, action: str, given: dict[str, object]) -> None:
    console.ask("do", action, json.dumps(given))


@pytest.mark.parametrize(("width", "language"), [(1440, "en"), (390, "nl")])
def test_a_call_is_a_case_linked_to_the_device_in_few_interactions(
    chromium: Browser, site: Site, width: int, language: str
) -> None:
    visit = Visit(chromium, site, language, width=width)
    tab = visit.go("/ict/telephone")
    assert visit.serious() == []
    interactions = 0

    tab.locator("#call-search").press_sequentially("5550101")
    interactions += 1
    tab.click("#callers a:has-text('Eva Jansen')")
    interactions += 1
    expect(tab.locator("#beside")).to_contain_text("Laptop of Eva")
    expect(tab.locator("#beside")).not_to_contain_text("Laptop of Piet")
    tab.check("#beside input[value='D-000001']")
    interactions += 1
    tab.fill("[name=title]", "No sound in meetings")
    interactions += 1
    tab.fill("[name=text]", "Since the update of this morning.")
    interactions += 1
    assert visit.serious() == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.click("#call button[type=submit]")
    interactions += 1
    tab.wait_for_url("**/ict/cases/INC-*")

    assert interactions < FEWEST
    main = tab.locator("main")
    for words in ("No sound in meetings", "Since the update", "Eva Jansen", "Laptop of Eva"):
        expect(main).to_contain_text(words)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.serious() == []
    visit.close()


def test_colleagues_are_suggested_as_one_types(chromium: Browser, site: Site) -> None:
    visit = Visit(chromium, site, "en", width=390)
    tab = visit.go("/ict/do/hand-out")
    offered = tab.locator("#suggestions-party option")
    expect(offered).to_have_count(2)
    tab.locator("[name=party]").press_sequentially("bos")
    expect(offered).to_have_count(1)
    expect(offered).to_have_text("Piet Bos")
    expect(offered).to_have_attribute("value", "E2")
    assert visit.serious() == []
    visit.close()
