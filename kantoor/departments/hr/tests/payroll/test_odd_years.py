"""Years that no calendar has are refused, in the API and in addresses."""

import pytest

from kantoor.departments.hr.queries.payroll.years import (
    own_year_statement,
    wage_tax_summary,
    year_statement,
    year_statements,
)
from kantoor.departments.hr.queries.people.waiting import contracts_ending
from kantoor.departments.hr.tests.payroll.paying import Pay
from kantoor.kernel.errors import InvalidInput


@pytest.mark.parametrize("year", [-1, 0, 9999, 10**18])
def test_no_such_year(pay: Pay, year: int) -> None:
    for ask in (year_statements, wage_tax_summary):
        with pytest.raises(InvalidInput, match="such as 2026"):
            ask(pay.paul, year=year)
    with pytest.raises(InvalidInput, match="such as 2026"):
        year_statement(pay.paul, year=year, employee="E1")
    with pytest.raises(InvalidInput, match="such as 2026"):
        own_year_statement(pay.staff.emma, year=year)


def test_fewer_than_none_are_none(pay: Pay) -> None:
    assert contracts_ending(pay.staff.helen, most=-1) == []
