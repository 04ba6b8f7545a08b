"""Whether a party can be paid: not before a second person verified the account."""

import pytest

from kantoor.departments.finance.actions.paying.party_accounts import (
    propose_party_account,
    verify_party_account,
)
from kantoor.departments.finance.errors import UnknownParty
from kantoor.departments.finance.queries.paying.standing import account_standing
from kantoor.departments.finance.tests.paying.treasury import IBANS, Treasury
from kantoor.departments.finance.tests.people import add_parties, employ
from kantoor.kernel.errors import NotAllowed


def test_an_account_counts_when_a_second_person_verified_it(treasury: Treasury) -> None:
    add_parties(treasury.books, ["S1"])
    before = account_standing(treasury.carla, party="S1")
    assert (before.verified, before.waiting, before.iban) == (False, False, "")
    propose_party_account(treasury.carla, party="S1", iban=IBANS[0], why="contract")
    waiting = account_standing(treasury.carla, party="S1")
    assert (waiting.verified, waiting.waiting, waiting.proposed) == (False, True, IBANS[0])
    with pytest.raises(NotAllowed):
        verify_party_account(treasury.carla, iban=IBANS[0])
    verify_party_account(treasury.dirk, iban=IBANS[0])
    after = account_standing(treasury.carla, party="S1")
    assert (after.verified, after.waiting, after.iban) == (True, False, IBANS[0])


def test_a_new_number_that_waits_stops_payment_to_the_old_one(treasury: Treasury) -> None:
    treasury.supplier("S1", IBANS[0])
    propose_party_account(treasury.carla, party="S1", iban=IBANS[2], why="letter")
    standing = account_standing(treasury.carla, party="S1")
    assert (standing.verified, standing.iban, standing.proposed) == (False, IBANS[0], IBANS[2])
    assert standing.proposed_by


def test_who_may_not_see_payments_is_told_nothing(treasury: Treasury) -> None:
    nobody = employ(treasury.books, "Nobody", {"finance.read_ledger": None})
    with pytest.raises(NotAllowed):
        account_standing(nobody, party="S1")
    with pytest.raises(UnknownParty):
        account_standing(treasury.carla, party="S9")
