"""Bank accounts of relations: their digits, their banks, and one that takes another's place."""

import pytest

from kantoor.departments.finance.actions.paying.party_accounts import (
    propose_party_account,
    propose_party_accounts,
    retire_party_account,
    verify_party_account,
    verify_party_accounts,
)
from kantoor.departments.finance.drafts_payments import PartyAccountDraft
from kantoor.departments.finance.errors import UnknownParty, WrongAccountNumber
from kantoor.departments.finance.models import PartyAccount
from kantoor.departments.finance.queries.paying.accounts import held_iban
from kantoor.departments.finance.queries.paying.registers import party_accounts
from kantoor.departments.finance.tests.paying.treasury import IBANS, Treasury
from kantoor.departments.finance.tests.people import add_parties
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound


def draft(party: str, iban: str, **more: str) -> PartyAccountDraft:
    return PartyAccountDraft(party=party, iban=iban, why="contract", **more)


def test_many_are_proposed_and_verified_at_once(treasury: Treasury) -> None:
    add_parties(treasury.books, ["S1", "S2"])
    drafts = [draft("S1", "nl20 ingb 0001 2345 67"), draft("S2", IBANS[1], bic="COBADEFFXXX")]
    assert propose_party_accounts(treasury.carla, accounts=drafts) == 2
    assert verify_party_accounts(treasury.dirk, ibans=[IBANS[0], IBANS[1]], why="called") == 2
    rows = party_accounts(treasury.carla, state="verified", sort="party").rows
    assert [(row.iban, row.bic[:8], row.verified_by) for row in rows] == [
        (IBANS[0], "INGBNL2A", "Dirk"),
        (IBANS[1], "COBADEFF", "Dirk"),
    ]


def test_a_verified_account_takes_the_place_of_the_one_before(treasury: Treasury) -> None:
    treasury.supplier("S1", IBANS[0])
    propose_party_account(treasury.carla, party="S1", iban=IBANS[2], why="letter")
    party = PartyAccount.objects.filter(iban=IBANS[2]).values_list("party_id", flat=True).get()
    assert held_iban(treasury.books.company_id, party) == "unverified"
    verify_party_accounts(treasury.dirk, ibans=[IBANS[2]])
    assert held_iban(treasury.books.company_id, party, IBANS[2]) == ""
    assert held_iban(treasury.books.company_id, party, IBANS[0]) == "other_account"
    states = dict(PartyAccount.objects.values_list("iban", "state"))
    assert states == {IBANS[0]: "retired", IBANS[2]: "verified"}


def test_an_account_is_verified_for_the_party_that_was_looked_at(treasury: Treasury) -> None:
    add_parties(treasury.books, ["S1", "S2"])
    for party in ("S1", "S2"):
        propose_party_account(treasury.carla, party=party, iban=IBANS[0], why="letter")
    with pytest.raises(Conflict):
        verify_party_accounts(treasury.dirk, ibans=[IBANS[0]])
    with pytest.raises(Conflict):
        verify_party_account(treasury.dirk, iban=IBANS[0])
    verify_party_account(treasury.dirk, iban=IBANS[0], party="S2")
    states = dict(PartyAccount.objects.values_list("party__code", "state"))
    assert states == {"S1": "proposed", "S2": "verified"}


@pytest.mark.parametrize(
    ("iban", "bic"),
    [("NL20INGB0001234568", ""), ("X", ""), (IBANS[0], "NOBIC"), (IBANS[0], "ABNANL2A")],
)
def test_digits_that_can_not_be_are_refused(treasury: Treasury, iban: str, bic: str) -> None:
    add_parties(treasury.books, ["S1"])
    with pytest.raises(WrongAccountNumber):
        propose_party_accounts(treasury.carla, accounts=[draft("S1", iban, bic=bic)])


def test_what_is_unknown_or_there_already_is_refused(treasury: Treasury) -> None:
    treasury.supplier("S1", IBANS[0])
    with pytest.raises(UnknownParty):
        propose_party_accounts(treasury.carla, accounts=[draft("S9", IBANS[1])])
    with pytest.raises(Conflict):
        propose_party_accounts(treasury.carla, accounts=[draft("S1", IBANS[0])])
    with pytest.raises(InvalidInput):
        propose_party_account(treasury.carla, party="S1", iban=IBANS[1], why=" ")
    with pytest.raises(NotFound):
        verify_party_accounts(treasury.dirk, ibans=[IBANS[3]])
    retire_party_account(treasury.carla, party="S1", iban=IBANS[0], why="closed")
    with pytest.raises(NotFound):
        retire_party_account(treasury.carla, party="S1", iban=IBANS[0], why="closed")
