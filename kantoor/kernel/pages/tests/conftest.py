"""The demonstration desk as a site of its own, with Anne signed in."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from kantoor.kernel.pages.tests import demo

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kantoor.kernel.pages.tests.demo.SignedIn",
]


@pytest.fixture
def site(db: None, settings: Settings) -> Iterator[Client]:
    settings.ROOT_URLCONF = "kantoor.kernel.pages.tests.demo"
    settings.MIDDLEWARE = MIDDLEWARE
    demo.acting[0] = demo.ANNE
    demo.received.clear()
    demo.found_company(demo.ANNE, people=5)
    yield Client()
    demo.acting[0] = demo.ANNE
