"""A company where people write hours."""

import pytest

from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.departments.hr.tests.times.workers import Workers, begin_workers


@pytest.fixture
def workers(staff: Staff) -> Workers:
    """A Dutch company with projects, and customers who pay for hours."""
    return begin_workers(staff)
