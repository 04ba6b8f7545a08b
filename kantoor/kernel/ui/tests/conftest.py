"""A site of the style guide alone, and a browser that reads it without a server."""

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Route, sync_playwright
from pytest_django import Settings

POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'self'; form-action 'self'"
"""What the pages must live with: nothing inline, nothing from elsewhere."""

KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
ORIGIN = "http://kantoor.test"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def guide(settings: Settings) -> Client:
    """A client of a site that has only the style guide."""
    settings.DEBUG = True
    settings.ROOT_URLCONF = "kantoor.kernel.ui.tests.urls"
    settings.MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware"]
    engine = {**settings.TEMPLATES[0]}
    names = ("request", "i18n")
    processors = [f"django.template.context_processors.{name}" for name in names]
    engine["OPTIONS"] = {"context_processors": processors}
    settings.TEMPLATES = [engine]
    return Client()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def answer(route: Route, client: Client) -> None:
    """Give the browser what the client gets, and static files as they lie."""
    parts = urlsplit(route.request.url)
    if parts.path.startswith("/static/"):
        file = finders.find(parts.path.removeprefix("/static/"))
        if not file:
            route.fulfill(status=404)
            return
        route.fulfill(path=str(file), content_type=KINDS[parts.path.rsplit(".", 1)[-1]])
        return
    cookies = route.request.header_value("cookie") or ""
    got = client.get(f"{parts.path}?{parts.query}", headers={"cookie": cookies})
    headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
    route.fulfill(status=got.status_code, body=got.content, headers=headers)
