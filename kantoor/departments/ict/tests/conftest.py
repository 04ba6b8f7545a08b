"""A company with an ICT department, for its tests."""

import pytest

from kantoor.departments.ict.tests.people import Desk, begin_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """A Dutch company with a help desk: two queues, a service, and people."""
    return begin_desk("Bakker BV")
