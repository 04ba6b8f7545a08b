"""A company that pays its people, for the tests of payroll."""

import pytest

from kantoor.departments.hr.tests.payroll.paying import Pay, begin_pay
from kantoor.departments.hr.tests.people.staff import Staff


@pytest.fixture
def pay(staff: Staff) -> Pay:
    """A Dutch company with three salaries and a run to be made."""
    return begin_pay(staff)
