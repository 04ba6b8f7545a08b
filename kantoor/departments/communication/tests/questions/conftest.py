"""A company that speaks with the press, with its mailbox on real servers for both ways."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from kantoor.departments.communication.tests.press import Press, begin_press
from kantoor.departments.communication.tests.questions.post_room import PostRoom, begin_post_room
from kantoor.kernel.mail.tests.post import Box, empty, open_box, open_post_of


@pytest.fixture
def press(db: None) -> Press:
    """A Dutch company with two people of communication."""
    return begin_press()


@pytest.fixture(scope="session")
def imap() -> Iterator[Box]:
    """An IMAP server on this machine."""
    with open_box() as box:
        yield box


@pytest.fixture
def room(db: None, settings: Settings, imap: Box) -> Iterator[PostRoom]:
    """The same company, whose mailbox is read and whose mail goes out."""
    empty(imap)
    with open_post_of(settings) as post:
        yield begin_post_room(begin_press(), post, imap)
