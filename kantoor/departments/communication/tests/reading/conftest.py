"""People who are asked to read things, and a clock that can be put on."""

import pytest
from pytest_django import Settings

from kantoor.departments.communication.tests.reading.readers import Clock, Readers, begin_readers


@pytest.fixture(autouse=True)
def mail_server(settings: Settings) -> None:
    """Somewhere to hand mail in; nothing is, since the job that does is not run here."""
    settings.SMTP, settings.ADDRESS = "smtp://127.0.0.1:9", "https://bakker.example"


@pytest.fixture
def readers(db: None) -> Readers:
    """A company whose people are asked to read things."""
    return begin_readers()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What time it is."""
    return Clock(monkeypatch)
