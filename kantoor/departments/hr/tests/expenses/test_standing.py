"""How a claim stands, from handing in to repayment."""

import pytest

from kantoor.departments.hr.actions.expenses.checking import set_expense_check
from kantoor.departments.hr.actions.expenses.posting import post_claim, reverse_claim
from kantoor.departments.hr.errors_expenses import UnknownClaim
from kantoor.departments.hr.queries.expenses.standing import claim_standing
from kantoor.departments.hr.tests.expenses.office import Office, begin_office
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import NotAllowed


@pytest.fixture
def office(staff: Staff) -> Office:
    return begin_office(staff)


def test_a_claim_is_told_with_who_decides_and_what_is_owed(office: Office) -> None:
    number = office.submitted()
    standing = claim_standing(office.carla, claim=number)
    assert (standing.state, standing.claimant, standing.manager) == ("submitted", "emma", "mo")
    assert (standing.employee, standing.amount, standing.owed) == ("E1", 1_210, 0)
    assert not standing.repaid

    approved = office.approved()
    standing = claim_standing(office.carla, claim=approved)
    assert (standing.decided_by, standing.to_check) == ("mo", False)
    set_expense_check(office.staff.helen, check_from_minor=0)
    assert claim_standing(office.carla, claim=approved).to_check
    set_expense_check(office.staff.helen)
    post_claim(office.carla, claim=approved)
    standing = claim_standing(office.carla, claim=approved)
    assert (standing.state, standing.owed, standing.repaid) == ("posted", 1_210, False)
    reverse_claim(office.carla, claim=approved, why="Twice")
    assert not claim_standing(office.carla, claim=approved).repaid


def test_only_who_sees_all_claims_is_told(office: Office) -> None:
    number = office.submitted()
    with pytest.raises(NotAllowed):
        claim_standing(office.emma, claim=number)
    with pytest.raises(UnknownClaim):
        claim_standing(office.carla, claim="EC-999")
