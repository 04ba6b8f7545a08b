"""A company with a mailbox, and a mail server that takes what it is given."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from kantoor.kernel.mail.tests.post import Box, Post, empty, open_box, open_post_of


@pytest.fixture
def post(db: None, settings: Settings) -> Iterator[Post]:
    """A mail server on this machine that mail is handed in at."""
    with open_post_of(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def _box() -> Iterator[Box]:
    with open_box() as box:
        yield box


@pytest.fixture
def box(_box: Box) -> Box:
    """An IMAP server on this machine with an empty inbox."""
    empty(_box)
    return _box
