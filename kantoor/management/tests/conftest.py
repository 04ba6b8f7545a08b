"""A company that is steered by figures of the tests' own."""

import pytest
from pytest_django import Settings

from kantoor.management.tests.steering import Figures, Steered, begin, forget


@pytest.fixture
def steered(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Steered:
    """A company with a director and a bookkeeper, which can send mail."""
    settings.SMTP = "smtp://localhost:2525"
    says = Figures()
    forget(monkeypatch, says)
    return begin(says)
