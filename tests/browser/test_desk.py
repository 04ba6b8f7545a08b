"""The help desk in a browser: from the catalogue to the task, a signature, a label in the camera."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, expect

from dev import machine
from dev.testing import BROWSER_WORDS
from tests.browser.helped import PASSWORD
from tests.browser.site import Site, Visit, served
from tests.console import PROJECT, Console

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("desk")]

WIDE, HIGH, DOTS = 640, 480, 5


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("helped")
    with served(folder) as found:
        environment = {**Console(folder).environment(), "KANTOOR_DATA": str(folder)}
        command = [sys.executable, "-m", "tests.browser.helped"]
        subprocess.run(command, env=environment, cwd=PROJECT, check=True)
        yield replace(found, password=PASSWORD)


def test_what_is_asked_from_the_catalogue_is_agreed_to_and_done(
    chromium: Browser, site: Site
) -> None:
    asks = Visit(chromium, site, "nl", width=390, user="eva")
    tab = asks.go("/ict/catalogue")
    tab.click("main a:has-text('Laptop')")
    tab.wait_for_url("**/ict/catalogue/laptop")
    assert asks.serious() == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.select_option("[name=answer-size]", "15 inch")
    tab.click("main form button[type=submit]")
    tab.wait_for_url("**/REQ-*")
    number = tab.url.rpartition("/")[2]
    expect(tab.locator("main")).to_contain_text("15 inch")

    agrees = Visit(chromium, site, "nl", user="mia")
    tab = agrees.go("/")
    tab.click(f"main a[href='/ict/decisions/{number}']")
    tab.wait_for_url(f"**/ict/decisions/{number}")
    expect(tab.locator("main")).to_contain_text("15 inch")
    assert agrees.serious() == []
    with tab.expect_navigation(wait_until="networkidle"):
        tab.locator("form[action$='/ict/do/approve-request'] button").first.click()
    expect(tab.locator(".k-head .k-status")).to_have_text("Akkoord")
    agrees.close()

    works = Visit(chromium, site, "en", user="dirk")
    tab = works.go(f"/ict/cases/{number}")
    for task in ("Install it", "Hand it out"):
        with tab.expect_navigation(wait_until="networkidle"):
            tab.click(f".k-tasks button:has-text('{task}')")
    expect(tab.locator(".k-tasks button[aria-pressed=true]")).to_have_count(2)
    assert works.serious() == []
    tab.keyboard.press("s")
    tab.wait_for_url("**/ict/do/resolve-case?*")
    tab.fill("[name=text]", "It lies ready for you.")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url(f"**/ict/cases/{number}")
    works.close()

    tab = asks.go(f"/ict/my-questions/{number}")
    expect(tab.locator("main")).to_contain_text("It lies ready for you.")
    asks.close()


def test_a_sheet_is_signed_with_a_finger(chromium: Browser, site: Site) -> None:
    visit = Visit(chromium, site, "en", width=390, user="dirk")
    tab = visit.go("/ict/handovers/H-000001/sign")
    assert visit.serious() == []
    box = tab.get_by_role("img", name="Sign in this box")
    box.click()  # a tap is no signature
    assert tab.input_value("[name=drawn]") == ""
    place = box.bounding_box()
    assert place is not None and place["width"] <= 390
    tab.mouse.move(place["x"] + 20, place["y"] + 20)
    tab.mouse.down()
    tab.mouse.move(place["x"] + 120, place["y"] + 60, steps=5)
    tab.mouse.up()
    assert tab.input_value("[name=drawn]").startswith("data:image/png;base64,")
    tab.click("button:has-text('Sign again')")
    assert tab.input_value("[name=drawn]") == ""
    tab.mouse.move(place["x"] + 20, place["y"] + 80)
    tab.mouse.down()
    tab.mouse.move(place["x"] + 200, place["y"] + 20, steps=5)
    tab.mouse.up()
    tab.click("main form button[type=submit]")
    tab.wait_for_url("**/ict/handovers/H-000001")
    expect(tab.locator(".k-head .k-status")).to_have_text("Signed")
    visit.close()


def test_devices_are_counted_with_the_camera_and_by_typing(
    chromium: Browser, site: Site, tmp_path: Path
) -> None:
    film = tmp_path / "label.y4m"
    _film(film, f"{site.base}/ict/devices/D-000001")
    seeing = chromium.browser_type.launch(
        executable_path=str(machine.find("chromium")),
        args=[
            *BROWSER_WORDS, "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}",
        ],
    )  # fmt: skip
    visit = Visit(seeing, site, "en", width=390, user="dirk")
    tab = visit.go("/ict/stock-takes/ST-0001/scan")
    assert visit.serious() == []
    tab.fill("[name=codes]", "D-000002")
    tab.click("button:has-text('Scan with the camera')")
    expect(tab.locator("[name=codes]")).to_have_value(
        f"D-000002\n{site.base}/ict/devices/D-000001\n"
    )
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.click("main form button[type=submit]")
    tab.wait_for_load_state("networkidle")
    expect(tab.locator("main")).to_contain_text("2 counted, 0 to go.")
    visit.close()
    seeing.close()

    blind = Visit(chromium, site, "en", width=390, user="dirk")
    tab = blind.go("/ict/stock-takes/ST-0001/scan")
    tab.click("button:has-text('Scan with the camera')")
    expect(tab.locator("main")).to_contain_text("type the codes")
    tab.fill("[name=codes]", "an old sticker")
    tab.click("main form button[type=submit]")
    tab.wait_for_load_state("networkidle")
    expect(tab.locator("main")).to_contain_text("3 counted")
    blind.close()


def _film(path: Path, text: str) -> None:
    """A film of one still picture: a label as the camera of a phone sees it."""
    still = segno.make(text, error="m").matrix_iter(scale=DOTS, border=8)
    rows = [bytes(20 if dot else 235 for dot in row) for row in still]
    top, left = (HIGH - len(rows)) // 2, (WIDE - len(rows[0])) // 2
    grey = bytearray(b"\xc8" * WIDE * HIGH)
    for y, row in enumerate(rows, top):
        grey[y * WIDE + left : y * WIDE + left + len(row)] = row
    frame = b"FRAME\n" + bytes(grey) + b"\x80" * (WIDE * HIGH // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDE} H{HIGH} F15:1 Ip A1:1 C420jpeg\n".encode() + 3 * frame)
