"""Other departments learn from the kernel who manages whom."""

from datetime import date

from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.parties.managers import managers_of


def test_the_manager_in_the_contract_is_known_to_others(staff: Staff) -> None:
    emma, mo = staff.party("E1"), staff.party("M1")
    asked = [emma, mo]
    assert managers_of(staff.company_id, asked, date(2025, 1, 1)) == {emma: mo}
    assert managers_of(staff.company_id, asked, date(2020, 1, 1)) == {}
