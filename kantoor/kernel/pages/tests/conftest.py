"""The demonstration desk as a site of its own, with Anne signed in."""

from collections.abc import Iterator
from contextlib import contextmanager

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
    with _numbered_from_one("kernel_company", "kernel_user"):
        demo.found_company(demo.ANNE, people=5)
        yield Client()
    demo.acting[0] = demo.ANNE


@contextmanager
def _numbered_from_one(*tables: str) -> Iterator[None]:
    """The tests name rows by their number, and a sequence goes on after a test is rolled back.

    It goes on where it was for the tests after them, which may put rows back that had numbers.
    """
    if connection.vendor != "postgresql":
        yield
        return
    reached = {table: _next(table) for table in tables}
    for table in tables:
        _go_on(table, 1)
    yield
    for table in tables:
        _go_on(table, max(reached[table], _next(table)))


def _next(table: str) -> int:
    return int(run("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])[0][0])


def _go_on(table: str, number: int) -> None:
    run("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, number])
