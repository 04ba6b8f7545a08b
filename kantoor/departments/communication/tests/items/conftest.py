"""A newsroom for the tests of items."""

import pytest

from kantoor.departments.communication.tests.items.newsroom import Newsroom, begin_newsroom


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    """A company with people who write, agree and publish."""
    return begin_newsroom()
