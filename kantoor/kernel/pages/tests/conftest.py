"""The demonstration desk as a site of its own, with Anne signed in."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from kantoor.kernel.pages.tests import demo
from kantoor.kernel.store.raw import run

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kantoor.kernel.pages.tests.demo.SignedIn",
]


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the demonstration declares, forgotten after each test."""
    demo.declare(monkeypatch)


@pytest.fixture
def site(db: None, settings: Settings) -> Iterator[Client]:
    settings.ROOT_URLCONF = "kantoor.kernel.pages.tests.demo"
    settings.MIDDLEWARE = MIDDLEWARE
    demo.acting[0] = demo.ANNE
    demo.received.clear()
    _number_from_one("kernel_company", "kernel_user")
    demo.found_company(demo.ANNE, people=5)
    yield Client()
    demo.acting[0] = demo.ANNE


def _number_from_one(*tables: str) -> None:
    """Sequences go on after a test is rolled back; the tests name rows by their number."""
    if connection.vendor == "postgresql":
        for table in tables:
            run("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1, false)", [table])
