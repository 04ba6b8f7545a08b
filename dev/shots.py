"""Takes pictures of pages: two widths, two languages, light and dark.

`bin/shots [--base URL] [--user EMAIL --password WORD] [--all] [--out FOLDER] [NAME…]`

Without `--base` it makes a demonstration company in a folder of its own and serves it for as long
as it takes. Without `--all` it takes only the pictures that docs/shots keeps. Names choose pages
of dev/shots_pages.py by how they begin.
"""

import argparse
import base64
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as Tab

from dev import machine
from dev.shots_pages import PAGES, SIGN_IN, Page

ROOT = Path(__file__).resolve().parent.parent
QUALITY = 78
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a page."""

    width: Literal[1440, 390]
    language: Literal["en", "nl"]
    mode: Literal["light", "dark"]

    @property
    def kept(self) -> bool:
        """Whether docs/shots has it of the pages that it keeps."""
        shown = {
            (1440, "en", "light"),
            (1440, "en", "dark"),
            (1440, "nl", "light"),
            (390, "en", "light"),
        }
        return (self.width, self.language, self.mode) in shown

    @property
    def name(self) -> str:
        """The end of a picture's name."""
        return f"{self.width}-{self.language}-{self.mode}"


WIDTHS: tuple[Literal[1440, 390], ...] = (1440, 390)
LANGUAGES: tuple[Literal["en", "nl"], ...] = ("en", "nl")
MODES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOOKS = tuple(
    Look(width, language, mode) for width in WIDTHS for language in LANGUAGES for mode in MODES
)


@dataclass(frozen=True, slots=True)
class Site:
    """A running server and how one signs in to it; without a user pages are taken as a guest."""

    base: str
    user: str = ""
    password: str = ""


def take(site: Site, pages: list[Page], folder: Path, *, every: bool) -> int:
    """Take the pictures into `folder`; the number taken."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(machine.find("chromium")), args=list(CHROMIUM)
        )
        for look in LOOKS:
            wanted = [page for page in pages if every or (page.keep and look.kept)]
            if wanted:
                taken += _take_in(browser, site, look, wanted, folder)
        browser.close()
    return taken


def _take_in(browser: Browser, site: Site, look: Look, pages: list[Page], folder: Path) -> int:
    context = _context(browser, site, look)
    tab = context.new_page()
    tab.on("pageerror", lambda fault: print(f"{tab.url}: {fault}", file=sys.stderr))
    if site.user:
        _sign_in(tab, site)
        # Who signs in gets their own language: the picture's is chosen after.
        with tab.expect_navigation(wait_until="networkidle"):
            tab.click(f"form.k-language [value={look.language}]")
    company = ""
    for page in sorted(pages, key=lambda each: each.company):
        if site.user and page.company != company:
            company = page.company
            _enter(tab, company)
        tab.goto(urljoin(site.base, page.address), wait_until="networkidle")
        _act(tab, page)
        (folder / f"{page.name}-{look.name}.webp").write_bytes(_picture(tab, whole=page.whole))
    context.close()
    return len(pages)


def _context(browser: Browser, site: Site, look: Look) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": look.width, "height": 900 if look.width == 1440 else 844},
        device_scale_factor=1 if look.width == 1440 else 2,
        color_scheme=look.mode,
        locale={"en": "en-GB", "nl": "nl-NL"}[look.language],
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "language", "value": look.language, "url": site.base}])
    return context


def _sign_in(tab: Tab, site: Site) -> None:
    tab.goto(urljoin(site.base, SIGN_IN))
    tab.fill("[name=user]", site.user)
    tab.fill("[name=password]", site.password)
    tab.press("[name=password]", "Enter")
    tab.wait_for_selector(".k-framed")


def _enter(tab: Tab, company: str) -> None:
    """Switch to a company, whatever of the menu is shown at this width."""
    button = tab.locator("button[name=company]", has_text=company).first
    if button.count():  # an installation of one company has none
        with tab.expect_navigation(wait_until="networkidle"):
            button.evaluate("button => button.click()")


def _act(tab: Tab, page: Page) -> None:
    for key in page.press:
        tab.keyboard.press(key)
    for selector in page.click:
        tab.click(selector)
    if page.press or page.click:
        tab.wait_for_timeout(300)


def _picture(tab: Tab, *, whole: bool) -> bytes:
    # Playwright writes PNG and JPEG only; Chromium itself makes WebP, a fifth of the size.
    chromium = tab.context.new_cdp_session(tab)
    high = "document.documentElement.scrollHeight" if whole else "innerHeight"
    asked = tab.evaluate(
        f"({{width: innerWidth, height: {high}, scale: devicePixelRatio, x: 0, y: 0}})"
    )
    answer = chromium.send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": QUALITY, "clip": asked, "captureBeyondViewport": whole},
    )
    return base64.b64decode(answer["data"])


@contextmanager
def own_site() -> Iterator[Site]:
    """A demonstration company served from a folder of its own, gone afterwards."""
    kantoor = [sys.executable, "-m", "kantoor"]
    with tempfile.TemporaryDirectory(prefix="kantoor-shots-") as folder:
        environment = {**os.environ, "KANTOOR_DATA": folder, "KANTOOR_DEBUG": "1"}
        made = subprocess.run(
            [*kantoor, "--json", "demo"],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        port = _free_port()
        server = subprocess.Popen([*kantoor, "run", "--port", str(port)], env=environment)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_for(base)
            sign_in = (json.loads(made.stdout).get("sign_in") or [{}])[0]
            yield Site(base, sign_in.get("user", ""), sign_in.get("password", ""))
        finally:
            server.terminate()
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(base: str) -> None:
    for _ in range(150):
        try:
            with urlopen(f"{base}/healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    sys.exit("The server did not come up within 30 seconds.")


def main() -> None:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(prog="bin/shots", description="Pictures of pages.")
    parser.add_argument("names", nargs="*", help="how the names of the pages begin")
    parser.add_argument("--base", help="a server that runs already")
    parser.add_argument("--user", default="", help="who signs in there")
    parser.add_argument("--password", default=os.environ.get("KANTOOR_SHOTS_PASSWORD", ""))
    parser.add_argument("--all", action="store_true", help="every page in every look")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "shots")
    given = parser.parse_args()
    pages = [p for p in PAGES if not given.names or p.name.startswith(tuple(given.names))]
    if not pages:
        sys.exit("No page of dev/shots_pages.py begins with that name.")
    if given.base:
        site = Site(given.base, given.user, given.password)
        taken = take(site, pages, given.out, every=given.all)
    else:
        with own_site() as site:
            taken = take(site, pages, given.out, every=given.all)
    print(f"{taken} pictures in {given.out}")


if __name__ == "__main__":
    main()
