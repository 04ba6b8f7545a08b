"""Employees: added many at once, changed, and tied to the account they sign in with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.parties.actions import link_user, link_users
from kantoor.kernel.parties.employees import (
    EmployeeChange,
    EmployeeDraft,
    add_employee,
    add_employees,
    change_employee,
    change_employees,
    employees,
)
from kantoor.kernel.parties.models import PartyUser
from tests.founded import House, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return found("Bakker BV")


def test_employees_are_numbered_and_tied_to_their_accounts(house: House) -> None:
    anne = house.administrator
    house.person("eva", "employee")
    codes = add_employees(
        anne,
        employees=[
            EmployeeDraft(name="Eva Jansen", email="Eva@Bakker.example", sign_in="eva"),
            EmployeeDraft(name="Piet de Boer", code="P7", phone="+31 20 555 0102"),
        ],
    )
    assert codes == ["E0001", "P7"]
    rows = employees(anne).rows
    assert [(row.name, row.email, row.sign_in) for row in rows] == [
        ("Eva Jansen", "eva@bakker.example", "eva"),
        ("Piet de Boer", "", ""),
    ]
    assert [row.code for row in employees(anne, search="555 0102").rows] == ["P7"]


def test_an_employee_is_changed_in_what_is_said(house: House) -> None:
    anne = house.administrator
    house.person("piet", "employee")
    code = add_employee(anne, employee=EmployeeDraft(name="Piet de Boer", phone="0102"))
    change_employee(anne, change=EmployeeChange(code=code, email="p@b.example", sign_in="piet"))
    (row,) = employees(anne).rows
    assert (row.name, row.email, row.phone, row.sign_in) == (
        "Piet de Boer", "p@b.example", "0102", "piet",
    )  # fmt: skip
    link_user(anne, user="piet", party="")
    assert employees(anne).rows[0].sign_in == ""


def test_what_cannot_be_is_refused_and_nothing_is_half_done(house: House) -> None:
    anne = house.administrator
    eva = EmployeeDraft(name="Eva", code="E1")
    with pytest.raises(Conflict) as refused:
        add_employees(anne, employees=[eva, eva])
    assert refused.value.place.line == 2
    with pytest.raises(InvalidInput):
        add_employee(anne, employee=EmployeeDraft(name=" "))
    with pytest.raises(NotFound):
        add_employee(anne, employee=EmployeeDraft(name="Eva", sign_in="nobody"))
    with pytest.raises(NotFound):
        change_employees(anne, changes=[EmployeeChange(code="E9", name="Else")])
    assert employees(anne).rows == []


def test_two_people_are_not_the_same_employee(house: House) -> None:
    anne = house.administrator
    for name in ("eva", "piet"):
        house.person(name, "employee")
    add_employee(anne, employee=EmployeeDraft(name="Eva", code="E1"))
    with pytest.raises(Conflict):
        link_users(anne, parties={"eva": "E1", "piet": "E1"})
    link_users(anne, parties={"eva": "E1"})
    with pytest.raises(Conflict):
        link_user(anne, user="piet", party="E1")
    assert PartyUser.objects.count() == 1


def test_many_employees_take_no_more_statements_than_few(house: House) -> None:
    anne = house.administrator

    def counted(first: int, last: int) -> int:
        drafts = [EmployeeDraft(name=f"Somebody {n}") for n in range(first, last)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            add_employees(anne, employees=drafts)
        return len(asked)

    counted(0, 2)
    few = counted(2, 4)
    assert counted(4, 104) <= few
