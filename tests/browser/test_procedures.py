"""Procedures in the browser: every reference diagram is drawn, an instance shows where it stands,
and a procedure is drawn, mended and kept by keyboard."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from kantoor.kernel.tests.shared import shared_file
from kantoor.procedures.diagrams.elements import Diagram, Element, Flow
from kantoor.procedures.diagrams.opening import bytes_of
from kantoor.procedures.diagrams.reading import read_diagram
from tests.browser.drawings import references
from tests.browser.site import Site, Visit, served_with
from tests.console import PROJECT

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("procedures")]

JOURNEYS = sorted(
    file.stem for file in (PROJECT / "kantoor" / "procedures" / "journeys").glob("*.bpmn")
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    shared_file("bpmn", "A.1.0.bpmn")
    with served_with(tmp_path_factory.mktemp("procedures"), "tests.browser.drawings") as found:
        yield found


def test_every_reference_diagram_is_drawn(chromium: Browser, site: Site) -> None:
    visit = Visit(chromium, site, "en")
    drawings = references()
    assert len(drawings) == 11
    for name, text in drawings.items():
        diagram = read_diagram(bytes_of(text))
        tab = visit.go(f"/procedures/procedures/{diagram.key}")
        expect(tab.locator("[data-drawing][data-drawn]")).to_have_count(1)
        shown = set(tab.eval_on_selector_all(
            ".djs-element", "all => all.map((each) => each.dataset.elementId)"
        ))  # fmt: skip
        assert set(diagram.elements) <= shown, name
        assert set(diagram.flows) <= shown, name
        listed = tab.eval_on_selector_all(
            ".p-step", "all => all.map((each) => each.dataset.element)"
        )
        assert len(listed) == len(set(listed))
    assert visit.serious() == []
    visit.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_instance_shows_where_it_stands_on_a_phone(
    chromium: Browser, site: Site, language: str
) -> None:
    visit = Visit(chromium, site, language, width=390)
    tab = visit.go("/procedures/instances/1")
    name = "Werkplek klaarmaken" if language == "nl" else "Make a desk ready"
    standing = tab.locator(".djs-element.p-at-waiting")
    expect(standing).to_have_attribute("data-element-id", "desk")
    expect(standing).to_contain_text(name.split()[-1])
    row = tab.locator(".p-step[data-element=desk]")
    expect(row).to_contain_text(name)
    tab.locator(".djs-element[data-element-id=tour]").click()
    expect(tab.locator(".p-step[data-element=tour]")).to_have_class("p-step p-chosen")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert visit.serious() == []
    standing.click()
    tab.wait_for_url("**/procedures/tasks/*")
    expect(tab.locator("h1")).to_contain_text(name)
    visit.close()


def found(tab: Page, faults: int) -> None:
    """Wait until what is drawn was checked with so many faults."""
    expect(tab.locator(f"[data-editor][data-checked='{faults}']")).to_have_count(1)


def test_a_procedure_is_drawn_mended_and_kept_by_keyboard(chromium: Browser, site: Site) -> None:
    visit = Visit(chromium, site, "en")
    tab = visit.go("/procedures/editor")
    found(tab, 0)
    type_in(tab, "process:id", "visitors")
    type_in(tab, "bpmn:name", "Visitors")
    tab.locator("[data-choose]").select_option("start")
    add(tab, "UserTask")
    type_in(tab, "bpmn:name", "Let in")
    type_in(tab, "role", "kings")
    found(tab, 1)
    expect(tab.locator("[data-faults]")).to_contain_text("There is no role kings.")
    assert tab.locator(".djs-element.p-at-faulty").count() == 1
    assert visit.serious() == []
    tab.locator("[data-faults] button", has_text="kings").press("Enter")
    type_in(tab, "role", "administrator")
    found(tab, 0)
    add(tab, "ServiceTask")
    type_in(tab, "action", "procedures.start_procedure")
    assert tab.locator("[data-rows=input] [data-part=name]").input_value() == "procedure"
    found(tab, 2)  # no value yet, and no right of its own
    value = tab.locator("[data-rows=input] [data-part=value]")
    value.fill("'welcome'")
    value.press("Tab")
    found(tab, 1)
    tab.locator("[data-do=remove]").press("Enter")
    found(tab, 0)
    tab.locator("[data-do=undo]").press("Enter")
    found(tab, 1)
    tab.locator("[data-do=redo]").press("Enter")
    found(tab, 0)
    tab.reload(wait_until="networkidle")  # what was not kept is there still
    found(tab, 0)
    expect(tab.locator("[data-drafted]")).to_be_visible()
    tab.locator("[data-save]").press("Enter")
    expect(tab.locator("[data-said]")).to_contain_text("Kept as version 1.")
    tab.reload(wait_until="networkidle")
    kept = tab.evaluate("async (url) => (await fetch(url)).text()", tab.locator("[data-editor]").get_attribute("data-file"))  # fmt: skip
    assert 'kantoor:role="administrator"' in kept
    assert 'name="Let in"' in kept
    found(tab, 0)
    expect(tab.locator("h1")).to_contain_text("Visitors")
    visit.close()


def type_in(tab: Page, name: str, value: str) -> None:
    """Fill in a property of the chosen element and go on."""
    field = tab.locator(f".p-group:not([hidden]) [data-prop='{name}']")
    field.fill(value)
    field.press("Tab")


def add(tab: Page, kind: str) -> None:
    """Add an element after the one that is chosen."""
    tab.locator("[data-kind]").first.select_option(kind)
    tab.locator("[data-do=append]").press("Enter")


def test_what_a_file_says_is_still_there_after_the_editor(chromium: Browser, site: Site) -> None:
    visit = Visit(chromium, site, "en")
    assert len(JOURNEYS) == 9
    for key in JOURNEYS:
        tab = visit.go(f"/procedures/editor?procedure={key}")
        found(tab, 0)
        if key == "joiner":  # every element can be looked at in the form, and stays as it is
            choose = tab.locator("[data-choose]")
            for each in choose.evaluate("(list) => [...list.options].map((one) => one.value)"):
                choose.select_option(each)
        with tab.expect_download() as download:
            tab.locator("[data-do=export]").press("Enter")
        file = tab.locator("[data-editor]").get_attribute("data-file")
        text = tab.evaluate("async (url) => (await fetch(url)).text()", file)
        before = read_diagram(text.encode())
        after = read_diagram(download.value.path().read_bytes())
        assert _said(after) == _said(before), key
        assert _flows(after) == _flows(before), key
        assert _whole(after) == _whole(before), key
    visit.close()


def _whole(diagram: Diagram) -> Diagram:
    return replace(diagram, digest=b"", line=0, elements={}, flows={})


def _flows(diagram: Diagram) -> list[Flow]:
    """The flows, wherever in the file they stand."""
    return sorted(
        (replace(each, line=0) for each in diagram.flows.values()), key=lambda each: each.id
    )


def _said(diagram: Diagram) -> list[Element]:
    """What the elements say, wherever in the file they stand."""
    return sorted(
        (replace(each, line=0) for each in diagram.elements.values()), key=lambda each: each.id
    )
