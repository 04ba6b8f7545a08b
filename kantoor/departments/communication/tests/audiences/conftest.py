"""A company whose people are written to, for tests of audiences."""

import pytest

from kantoor.departments.communication.tests.audiences.crowd import Crowd, begin_crowd


@pytest.fixture
def crowd(db: None) -> Crowd:
    """A Dutch company with a communication officer and three employees."""
    return begin_crowd()
