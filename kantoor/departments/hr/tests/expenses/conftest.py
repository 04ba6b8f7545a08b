"""A company where expenses are claimed."""

import pytest

from kantoor.departments.hr.tests.expenses.office import Office, begin_office
from kantoor.departments.hr.tests.people.staff import Staff


@pytest.fixture
def office(staff: Staff) -> Office:
    """A Dutch company with categories of expenses."""
    return begin_office(staff)
