"""Payment runs: what is proposed, edited, sent and booked."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from lxml import etree

from kantoor.departments.finance.actions.paying.editing import (
    cancel_payment_run,
    leave_out_payments,
    pay_in_part,
    reschedule_payment_run,
)
from kantoor.departments.finance.actions.paying.making import make_payment_file
from kantoor.departments.finance.actions.paying.party_accounts import propose_party_account
from kantoor.departments.finance.actions.paying.proposing import propose_payments
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    FileMadeBefore,
    NothingToPay,
    NotInSepa,
    NotReversible,
    PaymentHeld,
    RunChanged,
)
from kantoor.departments.finance.models import PaymentOrder
from kantoor.departments.finance.proofs_payments import payment_run_series, payments
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.queries.paying.files import payment_file
from kantoor.departments.finance.queries.paying.proposal import payment_proposal
from kantoor.departments.finance.queries.paying.runs import payment_run, payment_runs
from kantoor.departments.finance.queries.paying.under_way import (
    sent_by_end_to_end,
    sent_in_batch,
)
from kantoor.departments.finance.tests.paying.treasury import IBANS, Treasury, today
from kantoor.departments.finance.tests.people import begin_books
from kantoor.kernel.errors import InvalidInput, NotFound

NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


def test_what_is_due_is_paid_to_each_supplier_at_once(treasury: Treasury) -> None:
    treasury.supplier("S1", IBANS[0])
    treasury.supplier("S2", IBANS[1])
    treasury.owe("S1", 12_100, "2026-17")
    treasury.owe("S1", 5_000, "2026-18")
    treasury.owe("S2", 7_000, "F-9")
    treasury.owe("S2", 9_999, "F-10", on=today() + timedelta(days=1))
    made = treasury.propose()
    assert (made.orders, made.amount, made.left_out) == (2, 24_100, 0)
    orders = payment_run(treasury.carla, number=made.number).orders
    assert [(each.party, each.amount, each.remittance) for each in orders] == [
        ("S1", 17_100, "2026-17 2026-18"),
        ("S2", 7_000, "F-9"),
    ]


def test_the_file_has_the_amounts_and_counts_of_the_proposal(treasury: Treasury) -> None:
    treasury.supplier("S1", IBANS[0])
    treasury.supplier("S2", IBANS[1])
    treasury.owe("S1", 12_100, "A")
    treasury.owe("S2", 7_050, "B")
    shown = payment_proposal(treasury.carla)
    made = treasury.propose()
    sent = treasury.send(made.number)
    file = payment_file(treasury.carla, number=made.number)
    root = etree.fromstring(file.content)
    amounts = [each.text for each in root.iterfind(".//p:InstdAmt", NS)]
    assert amounts == ["121.00", "70.50"]
    assert [each.text for each in root.iterfind(".//p:CtrlSum", NS)] == ["191.50", "191.50"]
    assert [each.text for each in root.iterfind(".//p:NbOfTxs", NS)] == ["2", "2"]
    assert shown.amount == made.amount == sent.amount == 19_150
    assert len(shown.payments) == made.orders == sent.orders == 2


def test_credit_notes_are_netted_and_settled_with_what_they_lower(treasury: Treasury) -> None:
    treasury.supplier("S1")
    treasury.owe("S1", 10_000, "A")
    treasury.owe("S1", 4_000, "B")
    treasury.owe("S1", -3_000, "C")
    made = treasury.propose()
    assert (made.orders, made.amount) == (1, 11_000)
    treasury.send(made.number)
    assert treasury.open_of("S1") == 0
    assert treasury.open_of("S1", "payments_in_transit") == -11_000
    assert list(receivables()) == []
    assert list(payments()) == []


def test_credit_notes_that_exceed_what_is_due_leave_the_supplier_out(treasury: Treasury) -> None:
    treasury.supplier("S1")
    treasury.owe("S1", 3_000, "A")
    treasury.owe("S1", -3_000, "C")
    with pytest.raises(NothingToPay, match="credit notes"):
        treasury.propose()


def test_nothing_is_paid_to_an_account_that_one_person_entered(treasury: Treasury) -> None:
    treasury.supplier("S1", IBANS[0])
    treasury.supplier("S2", "")
    treasury.owe("S1", 100, "A")
    treasury.owe("S2", 100, "B")
    propose_party_account(treasury.carla, party="S1", iban=IBANS[2], why="an e-mail")
    shown = payment_proposal(treasury.carla)
    assert [(each.party, each.code) for each in shown.left_out] == [
        ("S1", "unverified"),
        ("S2", "no_account"),
    ]
    with pytest.raises(NothingToPay, match="second person"):
        treasury.propose()


def test_an_account_that_is_changed_stops_a_run_that_was_approved(treasury: Treasury) -> None:
    treasury.supplier("S1", IBANS[0])
    treasury.owe("S1", 100, "A")
    made = treasury.propose()
    treasury.approve(made.number)
    propose_party_account(treasury.carla, party="S1", iban=IBANS[2], why="an e-mail")
    with pytest.raises(PaymentHeld):
        make_payment_file(treasury.carla, run=made.number)


def test_the_same_invoice_is_not_proposed_twice(treasury: Treasury) -> None:
    treasury.supplier("S1")
    treasury.owe("S1", 100, "A")
    made = treasury.propose()
    with pytest.raises(NothingToPay, match="another payment run"):
        treasury.propose()
    cancel_payment_run(treasury.carla, run=made.number, why="wrong day")
    assert treasury.propose().amount == 100


def test_a_file_is_made_once_and_fetched_with_the_same_bytes(treasury: Treasury) -> None:
    treasury.supplier("S1")
    treasury.owe("S1", 100, "A")
    made = treasury.propose()
    treasury.send(made.number)
    with pytest.raises(FileMadeBefore):
        make_payment_file(treasury.carla, run=made.number)
    first = payment_file(treasury.carla, number=made.number)
    assert first == payment_file(treasury.els, number=made.number)
    assert treasury.open_of("S1", "payments_in_transit") == -100


def test_what_is_sent_is_under_way_until_the_bank_shows_it(treasury: Treasury) -> None:
    treasury.supplier("S1")
    treasury.owe("S1", 100, "A")
    made = treasury.propose()
    sent = treasury.send(made.number)
    card = payment_run(treasury.carla, number=made.number)
    assert card.orders[0].state == "sent"
    found = sent_by_end_to_end(treasury.books.company_id, [card.orders[0].end_to_end])
    (order,) = found.values()
    assert (order.amount, order.open) == (-100, -100)
    assert sent_in_batch(treasury.books.company_id, card.message_id) == [order]
    with pytest.raises(NotReversible):
        reverse_entry(treasury.books.anne, entry=sent.entry, why="no")


def test_a_proposal_can_be_edited_until_it_is_approved(treasury: Treasury) -> None:
    treasury.supplier("S1", IBANS[0])
    treasury.supplier("S2", IBANS[1])
    for party in ("S1", "S2"):
        treasury.owe(party, 10_000, f"{party}-A")
        treasury.owe(party, 2_000, f"{party}-B")
    run = treasury.propose().number
    assert leave_out_payments(treasury.carla, run=run, documents=["S1-A"]) == 1
    pay_in_part(treasury.carla, run=run, document="S2-A", amount=4_000)
    reschedule_payment_run(treasury.carla, run=run, execute_on=today() + timedelta(days=3))
    card = payment_run(treasury.carla, number=run)
    assert [each.amount for each in card.orders] == [2_000, 6_000]
    assert (card.run.amount, card.run.orders) == (8_000, 2)
    leave_out_payments(treasury.carla, run=run, orders=[card.orders[0].end_to_end])
    with pytest.raises(NothingToPay):
        leave_out_payments(treasury.carla, run=run, orders=[card.orders[1].end_to_end])
    with pytest.raises(NotFound):
        leave_out_payments(treasury.carla, run=run, documents=["S9"])
    with pytest.raises(AmountOutOfRange):
        pay_in_part(treasury.carla, run=run, document="S2-A", amount=10_001)
    treasury.send(run)
    assert treasury.open_of("S2") == -6_000
    with pytest.raises(RunChanged):
        pay_in_part(treasury.carla, run=run, document="S2-A", amount=1)
    with pytest.raises(RunChanged):
        cancel_payment_run(treasury.carla, run=run, why="too late")


def test_no_more_is_spent_than_may_be(treasury: Treasury) -> None:
    for n, iban in enumerate(IBANS):
        treasury.supplier(f"S{n}", iban)
        treasury.owe(f"S{n}", 1_000, f"A{n}", on=today() - timedelta(days=20 - n))
    made = treasury.propose(at_most=2_500)
    assert (made.orders, made.amount, made.left_out) == (2, 2_000, 2)
    parties = [each.party for each in payment_run(treasury.carla, number=made.number).orders]
    assert parties == ["S0", "S1"]


def test_other_currencies_are_refused_by_name(db: None) -> None:
    pounds = begin_books("Visser Ltd", country="GB", currency="GBP", chart="uk")
    with pytest.raises(NotInSepa, match="GBP"):
        propose_payments(pounds.anne, due_until=today())


def test_the_bank_is_not_asked_for_the_past(treasury: Treasury) -> None:
    treasury.supplier("S1")
    treasury.owe("S1", 100, "A")
    with pytest.raises(InvalidInput):
        treasury.propose(execute_on=today() - timedelta(days=1))


def test_the_database_refuses_a_payment_slipped_into_an_approved_run(treasury: Treasury) -> None:
    treasury.supplier("S1")
    treasury.owe("S1", 100, "A")
    made = treasury.propose()
    treasury.approve(made.number)
    for statement in (
        "UPDATE finance_payment_order SET amount = 1000 WHERE end_to_end = %s",
        "UPDATE finance_payment_order SET iban = 'NL39RABO0300065264' WHERE end_to_end = %s",
        "DELETE FROM finance_payment_item WHERE order_id ="
        " (SELECT id FROM finance_payment_order WHERE end_to_end = %s)",
        "UPDATE finance_payment_run SET amount = 1 WHERE number || '-1' = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [f"{made.number}-1"])


def test_runs_are_listed_with_their_sum(treasury: Treasury) -> None:
    treasury.supplier("S1")
    for n in range(2):
        treasury.owe("S1", 100, f"A{n}")
        treasury.propose()
    page = payment_runs(treasury.carla)
    assert ([row.number for row in page.rows], page.sums) == (
        ["PAY-000002", "PAY-000001"],
        {"amount": 200},
    )
    series = list(payment_run_series())
    assert [each[1:] for each in series] == [(1, 2, 2)]


@pytest.mark.parametrize("many", [3, 30])
def test_a_run_takes_the_same_statements_whatever_its_length(
    treasury: Treasury, many: int, django_assert_max_num_queries: object
) -> None:
    for n in range(many):
        treasury.owe(treasury.supplier(f"S{n}", IBANS[n % 4]), 100, f"A{n}")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        made = treasury.propose()
    assert PaymentOrder.objects.count() == made.orders == many
    treasury.approve(made.number)
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        make_payment_file(treasury.carla, run=made.number)
