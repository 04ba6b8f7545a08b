"""A company with an HR department, for its tests."""

import pytest

from kantoor.departments.hr.tests.people.staff import Staff, begin_staff


@pytest.fixture
def staff(db: None) -> Staff:
    """A Dutch company with an HR officer, a manager and two employees."""
    return begin_staff()
