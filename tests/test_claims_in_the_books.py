"""Posting: cost, VAT and what is owed in the books; repaid by the payment proposal; undone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.actions.payables.staff import (
    post_staff_claims,
    undo_staff_claims,
)
from kantoor.departments.finance.actions.paying.party_accounts import (
    propose_party_account,
    verify_party_account,
)
from kantoor.departments.finance.actions.paying.proposing import propose_payments
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.errors import (
    AlreadyReversed,
    NotReversible,
    UnknownTaxCode,
    WrongTaxAmount,
)
from kantoor.departments.finance.models import EntryTax, Line
from kantoor.departments.finance.public import StaffClaim, StaffLine
from kantoor.departments.finance.queries.entry_numbers import entry_keys
from kantoor.departments.finance.tests.paying.treasury import OWN, add_own_account_row
from kantoor.departments.hr.actions.expenses.claiming import submit_claim
from kantoor.departments.hr.actions.expenses.deciding import approve_claim
from kantoor.departments.hr.actions.expenses.posting import (
    post_claim,
    post_claims,
    reverse_claim,
)
from kantoor.departments.hr.errors_expenses import ClaimState, OwnClaim
from kantoor.departments.hr.queries.expenses.claims import expense_claim
from kantoor.departments.hr.tests.expenses.office import ON, Office, begin_office
from kantoor.departments.hr.tests.people.staff import begin_staff
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.actions import link_user
from kantoor.kernel.record.verify.system import verify

HERS = "NL20INGB0001234567"


@pytest.fixture
def office(db: None) -> Office:
    """A Dutch company where expenses are claimed."""
    return begin_office(begin_staff())


def booked(office: Office, entry: str) -> dict[str, int]:
    """The lines of an entry, by account."""
    key = entry_keys(office.carla.company_id, [entry])[entry]
    found: dict[str, int] = {}
    for code, amount in Line.objects.filter(entry_id=key).values_list("account__code", "amount"):
        found[code] = found.get(code, 0) + amount
    return found


def test_a_claim_is_booked_as_cost_and_vat_against_what_is_owed(office: Office) -> None:
    number = office.approved(
        office.draft("tools", 1_210),
        office.draft("hotel", 10_900),
        office.draft("km", None, quantity=Decimal(100)),
    )
    told = post_claim(office.carla, claim=number)
    lines = booked(office, told.entries[0])
    assert told.amount == 1_210 + 10_900 + 2_300 and sum(lines.values()) == 0
    assert lines["45625"] == 1_000 + 10_000 and lines["40880"] == 2_300
    assert sorted(lines.values())[0] == -told.amount
    taxes = EntryTax.objects.order_by("pk").values_list("tax_code__code", "base", "amount")
    assert sorted(taxes) == [("P21", 1_000, 210), ("P9", 10_000, 900)]
    assert expense_claim(office.emma, number=number).owed == told.amount


def test_the_vat_of_the_receipt_counts_where_it_is_about_right(office: Office) -> None:
    right, wrong = office.draft(amount=1_215, tax=210), office.draft(amount=1_210, tax=100)
    post_claims(office.carla, claims=[office.approved(right)])
    assert EntryTax.objects.get().amount == 210
    with pytest.raises(WrongTaxAmount):
        post_claims(office.carla, claims=[office.approved(wrong)])


def test_only_what_was_approved_is_posted_and_not_by_whose_it_is(office: Office) -> None:
    with pytest.raises(ClaimState):
        post_claim(office.carla, claim=office.submitted())
    office.staff.hire("C1", name="Carla", manager="M1")
    link_user(office.staff.house.administrator, user="carla", party="C1")
    mine = office.claimed(by=office.carla)
    submit_claim(office.carla, claim=mine)
    approve_claim(office.mo, claim=mine)
    with pytest.raises(OwnClaim):
        post_claim(office.carla, claim=mine)


def test_the_payment_proposal_repays_it_and_the_claim_says_so(office: Office) -> None:
    number = office.approved()
    post_claim(office.carla, claim=number)
    boris = office.staff.house.person("boris", "bookkeeper")
    everything = replace(office.carla, permissions=frozenset({"*"}))
    add_own_account_row(everything, iban=OWN)
    propose_party_account(boris, party="E1", iban=HERS, why="Her contract")
    verify_party_account(office.carla, iban=HERS)
    run = propose_payments(boris, due_until=date(2027, 1, 1))
    assert (run.orders, run.amount) == (1, 1_210)
    assert expense_claim(office.emma, number=number).run == run.number
    with pytest.raises(NotReversible):
        reverse_claim(office.carla, claim=number, why="Twice")


def test_it_is_undone_by_a_reversal_and_only_at_the_claim(office: Office) -> None:
    number = office.approved()
    entry = post_claim(office.carla, claim=number).entries[0]
    with pytest.raises(NotReversible):
        reverse_entry(office.carla, entry=entry, why="Wrong")
    with pytest.raises(InvalidInput):
        reverse_claim(office.carla, claim=number, why=" ")
    undone = reverse_claim(office.carla, claim=number, why="Claimed twice")
    assert booked(office, undone) == {
        code: -amount for code, amount in booked(office, entry).items()
    }
    assert sum(EntryTax.objects.values_list("amount", flat=True)) == 0
    assert expense_claim(office.emma, number=number).owed is None
    with pytest.raises(ClaimState):
        reverse_claim(office.carla, claim=number, why="Again")
    with pytest.raises(AlreadyReversed):
        undo_staff_claims(office.carla, entries=[entry], why="Again")
    assert verify().ok


def test_a_receipt_has_no_vat_that_the_buyer_owes(office: Office) -> None:
    line = StaffLine(account="45625", gross=100, tax="PR21")
    claim = StaffClaim(
        party="E1", date=ON, reference="X", origin="hr.expense_claim/1", lines=[line]
    )
    with pytest.raises(UnknownTaxCode):
        post_staff_claims(office.carla, claims=[claim])


def test_many_claims_cost_no_more_statements_than_a_few(office: Office) -> None:
    def cost(count: int) -> int:
        numbers = [office.approved() for _each in range(count)]
        with CaptureQueriesContext(connection) as found:
            post_claims(office.carla, claims=numbers)
        return len(found)

    cost(1)
    assert cost(12) <= cost(2) + 2
