"""A claim is approved by the manager, posted by control, and done when the bank paid it back."""

from datetime import date

import pytest
from django.utils import timezone

from kantoor.departments.finance.actions.entries import post_entry
from kantoor.departments.finance.actions.receivables import settle_one
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.models import Account
from kantoor.departments.hr.actions.expenses.checking import set_expense_check
from kantoor.departments.hr.actions.expenses.claiming import submit_claim
from kantoor.departments.hr.actions.expenses.deciding import refuse_claim
from kantoor.departments.hr.tests.expenses.office import Office, begin_office
from kantoor.departments.hr.tests.people.staff import begin_staff
from kantoor.procedures.errors import NotYours
from tests.journeys.house import Journey, later, publish


@pytest.fixture
def office(db: None) -> Office:
    return begin_office(begin_staff())


@pytest.fixture
def journey(office: Office) -> Journey:
    return publish(office.staff.house, "expense-to-repayment")


def repay(office: Office, number: str) -> None:
    """The bank pays what is owed for a claim."""
    anne, claim = office.staff.house.administrator, office.claim(number)
    bank = Account.objects.get(company_id=anne.company_id, role="bank").code
    owed = Account.objects.get(company_id=anne.company_id, role="payables").code
    lines = [
        LineDraft(account=owed, amount=claim.amount, party="E1"),
        LineDraft(account=bank, amount=-claim.amount),
    ]
    day = max(timezone.localdate(), date(2026, 3, 10))
    paid = post_entry(anne, entry=EntryDraft(date=day, lines=lines, text="Repaid"))
    settle_one(anne, debit=paid.first, credit=claim.entry)


def test_a_claim_goes_from_handing_in_to_repayment(office: Office, journey: Journey) -> None:
    number = office.submitted()
    journey.go_on()
    assert journey.instance.title == f"Claim {number}"
    with pytest.raises(NotYours):
        journey.do(office.carla, "Task_Approve")
    journey.do(office.mo, "Task_Approve")
    journey.do(office.carla, "Task_Post")
    assert office.claim(number).state == "posted"
    assert (journey.state, journey.open) == ("running", set())
    repay(office, number)
    journey.go_on()
    assert journey.state == "ended"


def test_who_approved_does_not_check_or_post(office: Office, journey: Journey) -> None:
    set_expense_check(office.staff.helen, check_from_minor=0)
    henk = office.staff.house.person("henk", "hr_officer")
    office.staff.house.person("mia", "employee", "controller", "hr_officer")
    number = office.submitted()
    journey.go_on()
    journey.do(office.mo, "Task_Approve")
    journey.do(henk, "Task_Check")
    assert office.claim(number).checked_by_id == henk.user_id
    assert journey.open == {"Task_Post"}


def test_who_posts_is_not_who_approved(office: Office, journey: Journey) -> None:
    both = office.staff.house.person("mia", "employee", "controller", "hr_officer")
    number = submitted_by_mo(office)
    journey.go_on()
    assert journey.open == {"Task_ApproveHR"}, "Mo has no manager"
    journey.do(both, "Task_ApproveHR")
    assert office.claim(number).state == "approved"
    with pytest.raises(NotYours):
        journey.do(both, "Task_Post")
    journey.do(office.carla, "Task_Post")


def submitted_by_mo(office: Office) -> str:
    """A claim of the manager himself, whom nobody manages."""
    number = office.claimed(by=office.mo)
    submit_claim(office.mo, claim=number)
    return number


def test_what_is_refused_on_its_page_is_sent_back_here_too(
    office: Office, journey: Journey
) -> None:
    number = office.submitted()
    journey.go_on()
    refuse_claim(office.mo, claim=number, why="Without a receipt")
    journey.go_on()
    assert (journey.state, journey.open) == ("ended", set())


def test_what_is_not_repaid_in_time_is_put_in_a_run(
    office: Office, journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.submitted()
    journey.go_on()
    journey.do(office.mo, "Task_Approve")
    journey.do(office.carla, "Task_Post")
    later(monkeypatch, days=20)
    journey.go_on()
    assert journey.open == {"Task_Repaid"}
    bo = office.staff.house.person("bo", "bookkeeper")
    journey.do(bo, "Task_Repaid", run="PR-000001")
    repay(office, number)
    journey.go_on()
    assert journey.state == "ended"
