"""Two people approve a payment run, and there is no way round: page, API, console or database."""

import pytest
from django.db import DatabaseError, connection, transaction

from kantoor.departments.finance.actions.paying.approving import approve_payment_run
from kantoor.departments.finance.actions.paying.editing import leave_out_payments
from kantoor.departments.finance.actions.paying.making import make_payment_file
from kantoor.departments.finance.actions.paying.party_accounts import (
    propose_party_account,
    verify_party_account,
)
from kantoor.departments.finance.actions.paying.proposing import propose_payments
from kantoor.departments.finance.errors import RunChanged
from kantoor.departments.finance.models import PaymentApproval, PaymentRun
from kantoor.departments.finance.queries.paying.runs import payment_run
from kantoor.departments.finance.tests.paying.treasury import IBANS, Treasury, end_grants, today
from kantoor.departments.finance.tests.people import add_parties, employ
from kantoor.kernel.actions.context import approved, because_of
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.actor import actor_for, console_actor
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.actors.roles import exclude_duties
from kantoor.kernel.console.acting import actor_at_console
from kantoor.kernel.errors import NotAllowed


@pytest.fixture
def run(treasury: Treasury) -> str:
    treasury.supplier("S1")
    treasury.owe("S1", 100, "A")
    treasury.owe("S1", 200, "B")
    return treasury.propose().number


def state_of(run: str) -> str:
    return PaymentRun.objects.get(number=run).state


def test_two_people_approve_and_both_are_known(treasury: Treasury, run: str) -> None:
    treasury.approve(run)
    card = payment_run(treasury.carla, number=run)
    assert card.run.state == "approved"
    assert [each.by for each in card.approvals] == ["Dirk", "Els"]


def test_who_proposed_it_may_be_one_of_two_but_never_both(treasury: Treasury, run: str) -> None:
    request = treasury.ask(run, treasury.carla)
    with pytest.raises(NotAllowed, match="yourself"):
        approve_request(treasury.carla, approval_id=request)
    assert state_of(run) == "proposed"
    approve_request(treasury.els, approval_id=request)
    assert state_of(run) == "approved"


def test_no_file_is_made_of_what_nobody_or_one_approved(treasury: Treasury, run: str) -> None:
    with pytest.raises(RunChanged, match="two people"):
        make_payment_file(treasury.carla, run=run)
    treasury.ask(run, treasury.dirk)
    with pytest.raises(RunChanged, match="two people"):
        make_payment_file(treasury.carla, run=run)


def test_asking_twice_is_not_approving_twice(treasury: Treasury, run: str) -> None:
    treasury.ask(run, treasury.dirk)
    treasury.ask(run, treasury.dirk)
    assert state_of(run) == "proposed"


def test_an_approval_that_the_database_does_not_have_is_none(treasury: Treasury, run: str) -> None:
    digest = payment_run(treasury.dirk, number=run).digest
    name = "finance.approve_payment_run"
    with approved(name), pytest.raises(NotAllowed, match="Two people"):
        approve_payment_run(treasury.dirk, run=run, digest=digest)
    request = treasury.ask(run, treasury.dirk)
    with (
        approved(name),
        because_of(f"kernel.approval/{request}"),
        pytest.raises(NotAllowed, match="Two people"),
    ):
        approve_payment_run(treasury.dirk, run=run, digest=digest)


def test_a_run_that_is_changed_after_the_first_approval_is_looked_at_again(
    treasury: Treasury, run: str
) -> None:
    request = treasury.ask(run, treasury.dirk)
    leave_out_payments(treasury.carla, run=run, documents=["B"])
    with pytest.raises(RunChanged, match="look again"):
        approve_request(treasury.els, approval_id=request)
    assert state_of(run) == "proposed"


def test_machines_and_the_console_are_nobody(treasury: Treasury, run: str) -> None:
    digest = payment_run(treasury.dirk, number=run).digest
    company = Company.objects.get(pk=treasury.books.company_id)
    at_console = actor_at_console(company.name, "dirk")
    for who in (console_actor(company), at_console):
        with pytest.raises(NotAllowed, match="console"):
            approve_payment_run(who, run=run, digest=digest)
    request = treasury.ask(run, treasury.dirk)
    for who in (console_actor(company), actor_at_console(company.name, "els")):
        with pytest.raises(NotAllowed):
            approve_request(who, approval_id=request)
    assert state_of(run) == "proposed"


def test_duties_that_exclude_each_other_take_three_people(treasury: Treasury, run: str) -> None:
    books = treasury.books
    proposer = employ(books, "Frank", {"finance.propose_payments": None, "finance.read_*": None})
    for name in ("Gina", "Hans"):
        employ(books, name, {"finance.approve_payments": None, "finance.read_*": None})
    with pytest.raises(NotAllowed):
        treasury.ask(run, proposer)
    company = Company.objects.get(pk=books.company_id)
    # Carla, Dirk and Els have both; nobody may, from now on.
    end_grants(books.anne, names=["Carla", "Dirk", "Els"])
    exclude_duties(books.anne, first="finance.approve_payments", second="finance.propose_payments")
    gina, hans = (actor_for(User.objects.get(name=name), company) for name in ("Gina", "Hans"))
    with pytest.raises(NotAllowed):
        propose_payments(gina, due_until=today())
    treasury.approve(run, gina, hans)
    assert state_of(run) == "approved"


def test_a_limit_holds_for_who_approves(treasury: Treasury, run: str) -> None:
    small = employ(treasury.books, "Ina", {"finance.approve_payments": 299, "finance.read_*": None})
    request = treasury.ask(run, treasury.dirk)
    with pytest.raises(NotAllowed, match="limit"):
        approve_request(small, approval_id=request)
    approve_request(treasury.els, approval_id=request)


def test_the_database_counts_the_approvals_itself(treasury: Treasury, run: str) -> None:
    for state in ("approved", "made"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE finance_payment_run SET state = %s WHERE number = %s", [state, run]
            )
    assert not PaymentApproval.objects.exists()


def test_an_account_is_verified_by_somebody_else_and_by_no_machine(treasury: Treasury) -> None:
    add_parties(treasury.books, ["S2"])
    propose_party_account(treasury.carla, party="S2", iban=IBANS[1], why="contract")
    with pytest.raises(NotAllowed, match="yourself"):
        verify_party_account(treasury.carla, iban=IBANS[1])
    company = Company.objects.get(pk=treasury.books.company_id)
    for who in (console_actor(company), actor_at_console(company.name, "dirk")):
        with pytest.raises(NotAllowed):
            verify_party_account(who, iban=IBANS[1])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE finance_party_account SET state = 'verified', verified_by_id = proposed_by_id"
            " WHERE iban = %s",
            [IBANS[1]],
        )
    assert verify_party_account(treasury.dirk, iban=IBANS[1]) == 1


def test_the_request_says_what_is_paid(treasury: Treasury, run: str) -> None:
    digest = payment_run(treasury.dirk, number=run).digest
    with pytest.raises(NeedsSecondPair, match=r"1 payments, EUR 3\.00"):
        approve_payment_run(treasury.dirk, run=run, digest=digest)
