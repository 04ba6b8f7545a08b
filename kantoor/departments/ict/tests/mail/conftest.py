"""A help desk with a mailbox, on real servers for both ways."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from kantoor.departments.ict.tests.mail.office import Office, begin_office
from kantoor.departments.ict.tests.people import begin_desk
from kantoor.kernel.mail.tests.post import Box, empty, open_box, open_post_of


@pytest.fixture(scope="session")
def imap() -> Iterator[Box]:
    """An IMAP server on this machine."""
    with open_box() as box:
        yield box


@pytest.fixture
def office(db: None, settings: Settings, imap: Box) -> Iterator[Office]:
    """A help desk whose mailbox is read, and whose mail goes out."""
    empty(imap)
    with open_post_of(settings) as post:
        yield begin_office(begin_desk("Bakker BV"), post, imap)
