"""A served company and a browser that visits it: what the tests of pages begin with."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from kantoor.shell.demo.people import PASSWORD
from tests.console import PROJECT, Console

VIOLATIONS = "async () => (await axe.run({resultTypes: ['violations']})).violations"
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
WHOLE = """() => document.readyState === 'complete'
  && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"""
"""Whether a page is there, and no part of it under way. At once: a page in a sandbox has no later."""
GLANCE_MS, GLANCES, LONGEST_MS = 25, 4, 15_000


@dataclass(frozen=True)
class Site:
    """Where the company is served, and how its administrator signs in."""

    base: str
    user: str
    password: str


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """A company in pounds, served with its worker for as long as it takes."""
    console = Console(folder)
    words = ("--company", "Lantern Gifts Ltd", "--country", "GB", "--currency", "GBP")
    sign_in = console.ask("init", *words)["sign_in"]
    with _serving(console, folder) as base:
        yield Site(base, sign_in["user"], sign_in["password"])


@contextmanager
def served_with(folder: Path, filled_by: str) -> Iterator[Site]:
    """The same company in euros, with what a module fills it with; served to its administrator."""
    console = Console(folder)
    words = ("--company", "Lantern Gifts", "--country", "NL", "--currency", "EUR")
    sign_in = console.ask("init", *words)["sign_in"]
    environment = {**console.environment(), "KANTOOR_DATA": str(folder)}
    subprocess.run([sys.executable, "-m", filled_by], env=environment, cwd=PROJECT, check=True)
    with _serving(console, folder) as base:
        yield Site(base, sign_in["user"], sign_in["password"])


@contextmanager
def served_trade(folder: Path) -> Iterator[Site]:
    """The trading company of the demonstration with its sister, served to its bookkeeper."""
    console = Console(folder)
    environment = {**console.environment(), "KANTOOR_DATA": str(folder)}
    command = [sys.executable, "-m", "tests.browser.trade"]
    subprocess.run(command, env=environment, cwd=PROJECT, check=True)
    with _serving(console, folder) as base:
        yield Site(base, "boris", PASSWORD)


@contextmanager
def _serving(console: Console, folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    log = (folder / "server.log").open("w")
    server = console.start_from_nothing("run", "--port", str(port), output=log)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(base, server, folder / "server.log")
        yield base
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait_for(base: str, server: "subprocess.Popen[str]", log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, f"the server stopped: {log.read_text()[-2000:]}"
        try:
            with urlopen(f"{base}/healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the server did not come up within a minute")


class Visit:
    """One person at the site in one language; faults in scripts are gathered."""

    def __init__(
        self, opened: Browser, site: Site, language: str, width: int = 1440, user: str = ""
    ) -> None:
        self.site, self.user = site, user
        self.faults: list[str] = []
        self.context: BrowserContext = opened.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        self.context.set_default_timeout(15_000)
        self.tab: Page = self.context.new_page()
        self.tab.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.tab.on("console", self._heard)
        self._asked: set[Request] = set()
        self.tab.on("request", lambda asked: self._asked.add(asked))
        self.tab.on("requestfinished", lambda asked: self._asked.discard(asked))
        self.tab.on("requestfailed", lambda asked: self._asked.discard(asked))
        self._sign_in()
        with self.tab.expect_navigation():
            self.tab.click(f"form.k-language [value={language}]")
        self.quiet()

    def enter(self, company: str) -> None:
        """Go on in another company."""
        if self.tab.locator(".k-rail .k-company-name").inner_text() != company:
            self.tab.click(".k-rail .k-company summary")
            with self.tab.expect_navigation():
                self.tab.click(f"button[name=company]:has-text('{company}')")
            self.quiet()

    def _heard(self, message: ConsoleMessage) -> None:
        # A form that is refused answers 422, which the browser notes as an error.
        if message.type == "error" and "422" not in message.text:
            self.faults.append(message.text)

    def _sign_in(self) -> None:
        self.go("/sign-in")
        self.tab.fill("[name=user]", self.user or self.site.user)
        self.tab.fill("[name=password]", self.site.password)
        self.tab.press("[name=password]", "Enter")
        self.tab.wait_for_selector(".k-framed")

    def go(self, address: str) -> Page:
        """Open a page and wait until it is quiet."""
        self.tab.goto(f"{self.site.base}{address}")
        self.quiet()
        return self.tab

    def quiet(self) -> None:
        """Wait until nothing is asked of the server, and the page is whole, a few glances long.

        Playwright's own `networkidle` waits half a second at each page, whatever the page does.
        """
        glances = 0
        for _ in range(LONGEST_MS // GLANCE_MS):
            self.tab.wait_for_timeout(GLANCE_MS)
            glances = 0 if self._asked or not self.tab.evaluate(WHOLE) else glances + 1
            if glances == GLANCES:
                return
        raise AssertionError(f"{self.tab.url} does not come to rest: {self._asked}")

    def serious(self) -> list[str]:
        """What axe-core finds serious on the page, in a line each."""
        self.tab.evaluate(AXE.read_text())
        found = self.tab.evaluate(VIOLATIONS)
        return [
            f"{self.tab.url} {fault['id']}: {node['html'][:160]}"
            for fault in found
            if fault["impact"] in SERIOUS
            for node in fault["nodes"]
        ]

    def close(self) -> None:
        """Leave; no script may have failed."""
        self.context.close()
        assert self.faults == []
