"""Retention: what is over is proposed, a person lets it go, a hold wins; the books stay proved."""

from datetime import date

import msgspec
import pytest
from django.test import Client

from kantoor.departments.hr.actions.expenses.claiming import claim_expenses
from kantoor.departments.hr.actions.privacy.letting_go import (
    propose_letting_go,
    propose_what_may_go,
    release_proposals,
)
from kantoor.departments.hr.actions.privacy.rules import (
    RuleDraft,
    end_legal_holds,
    set_legal_hold,
    set_retention_rule,
    set_retention_rules,
)
from kantoor.departments.hr.errors_privacy import Held, UnknownRule
from kantoor.departments.hr.models import ExpenseLine, RetentionProposal
from kantoor.departments.hr.queries.privacy.registers import (
    legal_holds,
    retention_proposals,
    retention_rules,
    retention_tables,
)
from kantoor.departments.hr.queries.privacy.tables import months_after
from kantoor.departments.hr.tests.expenses.office import Office, begin_office
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.actions.context import approved
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.erasing import ErasureRefused, erase_person
from kantoor.kernel.record.verify.system import verify
from tests.founded import PASSWORD

RULE = RuleDraft(table="hr_expense_line", field="date", months=84, ground="AWR art. 52")
LATER = date(2033, 3, 11)


@pytest.fixture
def office(staff: Staff) -> Office:
    """A company whose Emma claimed a drill, and keeps expenses for seven years."""
    office = begin_office(staff)
    claim_expenses(office.emma, expenses=[office.draft(text="A drill for Emma's left hand")])
    set_retention_rule(staff.helen, rule=RULE)
    return office


def proposed() -> list[int]:
    return list(RetentionProposal.objects.filter(state="proposed").values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2023, 12, 1), 1, date(2024, 1, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(
    day: date, months: int, wanted: date
) -> None:
    assert months_after(day, months) == wanted


def test_a_row_is_proposed_when_its_period_is_over_and_once(office: Office) -> None:
    helen = office.staff.helen
    assert propose_letting_go(helen, on=date(2033, 3, 9)) == 0
    assert propose_letting_go(helen, on=LATER) == 1
    assert propose_letting_go(helen, on=LATER) == 0
    assert retention_proposals(helen, state="proposed").rows[0].over_on == date(2033, 3, 10)


def test_what_is_let_go_says_nothing_of_the_person_and_is_still_proved(office: Office) -> None:
    propose_letting_go(office.staff.helen, on=LATER)
    assert release_proposals(office.staff.helen, proposals=proposed()) == 1
    line = ExpenseLine.objects.get()
    assert (line.text, line.subject_id, line.own) == ("", None, 1_210)
    assert verify().ok
    done = list(RetentionProposal.objects.values_list("pk", flat=True))
    with pytest.raises(UnknownRule):
        release_proposals(office.staff.helen, proposals=done)


@pytest.mark.parametrize("party", ["E1", ""])
def test_a_legal_hold_wins(office: Office, party: str) -> None:
    helen = office.staff.helen
    propose_letting_go(helen, on=LATER)
    hold = set_legal_hold(helen, party=party, why="Case 2033/12")
    with pytest.raises(Held):
        release_proposals(helen, proposals=proposed())
    with approved("kernel.erase_person"), pytest.raises(ErasureRefused):
        erase_person(office.staff.house.administrator, party="E1", why="Asked")
    end_legal_holds(helen, holds=[hold])
    assert release_proposals(helen, proposals=proposed()) == 1
    assert legal_holds(helen, ended=True)[0].why == "Case 2033/12"
    with pytest.raises(UnknownRule):
        end_legal_holds(helen, holds=[hold])


def test_what_is_held_is_not_proposed(office: Office) -> None:
    set_legal_hold(office.staff.helen, party="E1", why="Case 2033/12")
    assert propose_letting_go(office.staff.helen, on=LATER) == 0


def test_a_rule_takes_the_place_of_the_one_before(office: Office) -> None:
    helen = office.staff.helen
    set_retention_rules(helen, rules=[msgspec.structs.replace(RULE, months=120)])
    assert [row.months for row in retention_rules(helen)] == [120]
    assert "hr_expense_claim" in retention_tables(helen)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"table": "auth_user; DROP TABLE"}, "table"),
        ({"table": "finance_line"}, "table"),
        ({"field": "text"}, "field"),
        ({"months": 0}, "months"),
        ({"months": 10**9}, "months"),
        ({"ground": " "}, "ground"),
    ],
)
def test_a_rule_that_can_not_be_is_refused(
    office: Office, more: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        set_retention_rule(office.staff.helen, rule=msgspec.structs.replace(RULE, **more))
    assert refused.value.place.field == field


def test_a_hold_is_on_somebody_who_is_there(office: Office) -> None:
    with pytest.raises(NotFound):
        set_legal_hold(office.staff.helen, party="NOBODY", why="A case")
    with pytest.raises(InvalidInput):
        set_legal_hold(office.staff.helen, why="")
    assert Party.objects.filter(code="E1").exists() and propose_what_may_go.name


def test_pages_show_rules_and_let_go(office: Office) -> None:
    propose_letting_go(office.staff.helen, on=LATER)
    client = Client()
    client.post("/sign-in", {"user": "helen", "password": PASSWORD})
    for page in ("/hr/retention", "/hr/letting-go", "/hr/holds"):
        answer = client.get(page)
        assert answer.status_code == 200, page
    assert b"AWR art. 52" in client.get("/hr/letting-go").content
    assert client.get("/hr/looks").status_code == 403
