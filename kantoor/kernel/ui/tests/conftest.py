"""A site of the style guide alone, and a browser that reads it without a server."""

from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Route
from pytest_django import Settings

POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'self'; form-action 'self'"
"""What the pages must live with: nothing inline, nothing from elsewhere."""

KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
ORIGIN = "http://kantoor.test"


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
