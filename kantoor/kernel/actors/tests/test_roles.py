"""Roles and duties: given and taken, and never two that exclude each other."""

import pytest

from kantoor.kernel.actors.models import Grant
from kantoor.kernel.actors.registers import excluding_duties, grants, permissions, roles
from kantoor.kernel.actors.roles import (
    DutiesExclude,
    Permitted,
    add_role,
    allow_duties,
    end_grant,
    exclude_duties,
    grant_role,
    set_role_permissions,
)
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.founded import found

pytestmark = pytest.mark.django_db


def test_the_standard_roles_are_there_with_names_in_both_languages() -> None:
    house = found()
    codes = [role.code for role in roles(house.administrator)]
    assert codes == [
        "administrator", "auditor", "bookkeeper", "communication_officer", "controller", "director",
        "employee", "help_desk", "hr_officer", "ict_manager", "payroll_officer", "sales_desk",
    ]  # fmt: skip


def test_a_role_is_given_and_taken_away() -> None:
    house = found()
    anne = house.person("anne", "employee")
    assert not anne.may("finance.read_ledger")
    grant_role(house.administrator, user="anne", role="auditor")
    assert house.again("anne").may("finance.read_ledger")
    with pytest.raises(Conflict):
        grant_role(house.administrator, user="anne", role="auditor")
    end_grant(house.administrator, user="anne", role="auditor")
    assert not house.again("anne").may("finance.read_ledger")
    with pytest.raises(NotFound):
        end_grant(house.administrator, user="anne", role="auditor")
    assert Grant.objects.filter(user__sign_in="anne").count() == 2
    assert {row.role for row in grants(house.administrator).rows} == {"auditor", "employee"}


def test_nobody_gives_themselves_a_role() -> None:
    house = found()
    manager = house.person("mia", "administrator")
    with pytest.raises(NotAllowed):
        grant_role(manager, user="mia", role="bookkeeper")


def test_who_may_not_manage_users_gives_no_roles() -> None:
    house = found()
    anne = house.person("anne", "bookkeeper")
    house.person("bert", "employee")
    with pytest.raises(NotAllowed):
        grant_role(anne, user="bert", role="bookkeeper")


def test_a_role_counts_in_its_own_company_only() -> None:
    house, other = found(), found("Slager BV")
    house.person("anne", "bookkeeper")
    grant_role(other.administrator, user="anne", role="employee")
    assert house.again("anne").may("finance.post_entry")
    assert not other.again("anne").may("finance.post_entry")


def test_what_a_role_may_do_is_set_with_limits() -> None:
    house = found()
    add_role(house.administrator, code="clerk", name_en="Clerk", name_nl="Klerk")
    wanted = [Permitted("finance.post_entry", 100_00), Permitted("finance.read_ledger")]
    set_role_permissions(house.administrator, role="clerk", permissions=wanted)
    anne = house.person("anne", "clerk")
    assert anne.limit("finance.post_entry") == 100_00
    assert anne.limit("finance.read_ledger") is None
    set_role_permissions(house.administrator, role="clerk", permissions=wanted[1:])
    assert not house.again("anne").may("finance.post_entry")


def test_a_role_one_has_can_not_be_widened_by_oneself() -> None:
    house = found()
    add_role(
        house.administrator,
        code="steward",
        name_en="Steward",
        name_nl="Rentmeester",
        permissions=[Permitted("installation.manage")],
    )
    steward = house.person("sam", "steward")
    with pytest.raises(NotAllowed):
        set_role_permissions(steward, role="steward", permissions=[Permitted("*")])


@pytest.mark.parametrize("permission", ["", "finance", "Finance.x", "finance.post entry", "a.b.c"])
def test_a_permission_looks_like_one(permission: str) -> None:
    house = found()
    with pytest.raises(InvalidInput):
        set_role_permissions(
            house.administrator, role="employee", permissions=[Permitted(permission)]
        )


def test_duties_that_exclude_each_other_are_never_one_persons() -> None:
    house = found()
    house.person("anne", "bookkeeper")
    pair = {"first": "finance.post_entry", "second": "sales.set_credit_limit"}
    exclude_duties(house.administrator, **pair)
    add_role(
        house.administrator,
        code="shopkeeper",
        name_en="Shopkeeper",
        name_nl="Winkelier",
        permissions=[Permitted("sales.*")],
    )
    with pytest.raises(DutiesExclude):
        grant_role(house.administrator, user="anne", role="shopkeeper")
    house.person("bert", "shopkeeper")
    with pytest.raises(DutiesExclude):
        set_role_permissions(
            house.administrator,
            role="shopkeeper",
            permissions=[Permitted("sales.*"), Permitted("finance.post_entry")],
        )
    assert len(excluding_duties(house.administrator)) == 1
    with pytest.raises(Conflict):
        exclude_duties(house.administrator, first=pair["second"], second=pair["first"])
    allow_duties(house.administrator, **pair)
    grant_role(house.administrator, user="anne", role="shopkeeper")
    with pytest.raises(DutiesExclude):
        exclude_duties(house.administrator, **pair)
    assert excluding_duties(house.administrator) == []


def test_the_table_of_permissions_says_what_each_opens_and_for_whom() -> None:
    house = found()
    table = {row.permission: row for row in permissions(house.administrator)}
    assert "administrator" in table["kernel.manage_users"].roles
    assert "Give somebody a role" in table["kernel.manage_users"].actions
    assert "auditor" in table["kernel.read_users"].roles
    assert "kernel.ask" not in table
