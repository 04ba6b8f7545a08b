"""The newsroom, for tests of what its readers see."""

import pytest

from kantoor.departments.communication.tests.pages.newsroom import Newsroom, begin_newsroom


@pytest.fixture
def room(db: None) -> Newsroom:
    """A Dutch company with a communication officer, a director, an employee and a press page."""
    return begin_newsroom()
