"""HR's own check of claims: from an amount on, by somebody else, before they are posted."""

import pytest

from kantoor.departments.hr.actions.expenses.checking import (
    check_claim,
    check_claims,
    set_expense_check,
)
from kantoor.departments.hr.actions.expenses.claiming import submit_claim
from kantoor.departments.hr.actions.expenses.deciding import approve_claim, refuse_claim
from kantoor.departments.hr.actions.expenses.posting import post_claim
from kantoor.departments.hr.errors_expenses import ClaimState, OwnClaim, SameEyes
from kantoor.departments.hr.models import ExpenseSettings
from kantoor.departments.hr.queries.expenses.checking import claims_checked_from
from kantoor.departments.hr.queries.expenses.claims import (
    claims_to_check,
    claims_to_post,
    expense_claim,
    expense_claims,
)
from kantoor.departments.hr.tests.expenses.office import Office
from kantoor.departments.hr.tests.people.test_pages import page
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.parties.actions import link_user


@pytest.fixture
def checked(office: Office) -> Office:
    """HR checks claims of 50 euros and more."""
    set_expense_check(office.staff.helen, check_from_minor=5_000)
    return office


def numbers(office: Office, state: str) -> list[str]:
    return [row.number for row in expense_claims(office.staff.helen, state=state).rows]


def test_claims_from_the_amount_on_wait_for_hr_and_others_do_not(checked: Office) -> None:
    small = checked.approved(checked.draft("hotel", 4_999))
    large = checked.approved(checked.draft("hotel", 5_000))
    helen = checked.staff.helen
    assert (numbers(checked, "to_check"), numbers(checked, "approved")) == ([large], [small])
    assert claims_to_check(helen) == 1
    assert claims_to_post(checked.carla) == 1
    with pytest.raises(ClaimState):
        post_claim(checked.carla, claim=large)
    post_claim(checked.carla, claim=small)
    check_claim(helen, claim=large)
    shown = expense_claim(checked.emma, number=large)
    assert (shown.claim.state, shown.checked_by) == ("approved", "Helen")
    assert claims_to_check(helen) == 0
    post_claim(checked.carla, claim=large)
    with pytest.raises(ClaimState):
        check_claim(helen, claim=large)


def test_who_approved_a_claim_does_not_check_it_nor_does_who_made_it(checked: Office) -> None:
    helen = checked.staff.helen
    number = checked.submitted(checked.draft("hotel", 9_000))
    approve_claim(helen, claim=number)
    with pytest.raises(SameEyes):
        check_claims(helen, claims=[number])
    assert not expense_claim(helen, number=number).may_check
    other = checked.staff.house.person("henk", "hr_officer")
    link_user(checked.staff.house.administrator, user="henk", party="E2")
    check_claim(other, claim=number)
    mine = checked.claimed(checked.draft("hotel", 9_000), by=checked.staff.house.again("henk"))
    submit_claim(other, claim=mine)
    approve_claim(checked.mo, claim=mine)
    with pytest.raises(OwnClaim):
        check_claim(other, claim=mine)
    with pytest.raises(NotAllowed):
        check_claim(checked.mo, claim=mine)


def test_what_is_sent_back_after_the_check_is_checked_again(checked: Office) -> None:
    helen = checked.staff.helen
    number = checked.approved(checked.draft("hotel", 9_000))
    check_claim(helen, claim=number)
    refuse_claim(helen, claim=number, why="The receipt says less")
    submit_claim(checked.emma, claim=number)
    approve_claim(checked.mo, claim=number)
    assert numbers(checked, "to_check") == [number]


def test_the_check_holds_for_what_waits_and_is_taken_away_again(office: Office) -> None:
    helen = office.staff.helen
    number = office.approved()
    assert claims_checked_from(helen) is None
    set_expense_check(helen, check_from_minor=0)
    set_expense_check(helen, check_from_minor=0)
    assert ExpenseSettings.objects.count() == 1
    with pytest.raises(ClaimState):
        post_claim(office.carla, claim=number)
    set_expense_check(helen)
    post_claim(office.carla, claim=number)
    with pytest.raises(InvalidInput):
        set_expense_check(helen, check_from_minor=-1)
    with pytest.raises(NotAllowed):
        set_expense_check(office.carla, check_from_minor=None)


def test_the_pages_show_what_waits_and_the_button_to_who_may_check(checked: Office) -> None:
    helen = checked.staff.helen
    number = checked.approved(checked.draft("hotel", 9_000))
    assert "/hr/claims?state=to_check" in page(helen, "/")
    assert number in page(helen, "/hr/claims?state=to_check")
    assert "/hr/do/check-claim" in page(helen, f"/hr/claims/{number}")
    assert "/hr/do/post-claim" not in page(checked.carla, f"/hr/claims/{number}")
    assert "/hr/do/check-claim" not in page(checked.mo, f"/hr/claims/{number}")
    assert 'value="50' in page(helen, "/hr/do/set-expense-check")
