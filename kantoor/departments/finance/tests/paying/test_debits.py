"""Direct debits: mandates, sequence types, and what is collected."""

from datetime import date, timedelta

import pytest
from lxml import etree

from kantoor.departments.finance.actions.instalments import TermDraft, set_payment_terms
from kantoor.departments.finance.actions.paying.collections import propose_collections
from kantoor.departments.finance.actions.paying.mandates import (
    add_mandate,
    end_mandate,
    set_creditor_identifier,
)
from kantoor.departments.finance.actions.paying.party_accounts import retire_party_account
from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.drafts_payments import RunMade
from kantoor.departments.finance.errors import NothingToPay
from kantoor.departments.finance.proofs_payments import payments
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.queries.paying.files import payment_file
from kantoor.departments.finance.queries.paying.registers import mandates
from kantoor.departments.finance.tests.billing import invoice
from kantoor.departments.finance.tests.paying.treasury import IBANS, Treasury, today
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound

SCHEMES = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"
NS = {"p": SCHEMES}


@pytest.fixture
def collecting(treasury: Treasury) -> Treasury:
    set_creditor_identifier(
        treasury.carla, identifier="NL79 ZZZ 9999 9999 0000", valid_from=date(2020, 1, 1)
    )
    return treasury


def customer(treasury: Treasury, code: str, iban: str, **mandate: object) -> str:
    treasury.supplier(code, iban)
    given: dict[str, object] = {"signed_on": today() - timedelta(days=40), **mandate}
    add_mandate(treasury.carla, party=code, **given)  # type: ignore[arg-type]
    return code


def bill(treasury: Treasury, code: str, price: str = "100") -> str:
    on = (today() - timedelta(days=30)).isoformat()
    return invoice(treasury.books, code, price, on=on, due_days=14).number


def collect(treasury: Treasury, **more: object) -> RunMade:
    given: dict[str, object] = {"due_until": today(), "execute_on": today() + timedelta(days=2)}
    return propose_collections(treasury.carla, **{**given, **more})  # type: ignore[arg-type]


def sequences(treasury: Treasury, number: str) -> list[str]:
    content = payment_file(treasury.carla, number=number).content
    return [str(each.text) for each in etree.fromstring(content).iterfind(".//p:SeqTp", NS)]


def test_what_is_due_is_collected_once_for_each_customer(collecting: Treasury) -> None:
    customer(collecting, "K1", IBANS[0])
    first, second = bill(collecting, "K1"), bill(collecting, "K1", "50")
    made = collect(collecting)
    assert (made.number, made.orders) == ("DD-000001", 1)
    assert made.amount == collecting.open_of("K1", "receivables")
    collecting.send(made.number)
    root = etree.fromstring(payment_file(collecting.carla, number=made.number).content)
    assert root.findtext(".//p:Ustrd", namespaces=NS) == f"{first} {second}"
    assert root.findtext(".//p:MndtId", namespaces=NS).startswith("K1-")  # type: ignore[union-attr]
    assert collecting.open_of("K1", "receivables") == 0
    assert collecting.open_of("K1", "collections_in_transit") == made.amount
    assert list(receivables()) == []
    assert list(payments()) == []


def test_the_first_collection_is_first_and_the_next_recurs(collecting: Treasury) -> None:
    customer(collecting, "K1", IBANS[0])
    found = []
    for _n in range(2):
        bill(collecting, "K1")
        made = collect(collecting)
        collecting.send(made.number)
        found.append(sequences(collecting, made.number))
    assert found == [["FRST"], ["RCUR"]]


def test_a_mandate_for_one_collection_is_used_once(collecting: Treasury) -> None:
    customer(collecting, "K1", IBANS[0], kind="one_off")
    bill(collecting, "K1")
    made = collect(collecting)
    collecting.send(made.number)
    assert sequences(collecting, made.number) == ["OOFF"]
    bill(collecting, "K1")
    with pytest.raises(NothingToPay):
        collect(collecting)
    assert [row.state for row in mandates(collecting.carla).rows] == ["ended"]


def test_a_mandate_lapses_after_36_months_without_use(collecting: Treasury) -> None:
    signed = months_before(today(), 37)
    customer(collecting, "K1", IBANS[0], signed_on=signed)
    bill(collecting, "K1")
    with pytest.raises(NothingToPay, match="36 months"):
        collect(collecting)
    assert [row.state for row in mandates(collecting.carla, state="lapsed").rows] == ["lapsed"]


def test_business_mandates_are_collected_by_their_own_scheme(collecting: Treasury) -> None:
    customer(collecting, "K1", IBANS[0], scheme="B2B")
    bill(collecting, "K1")
    with pytest.raises(NothingToPay):
        collect(collecting)
    assert collect(collecting, scheme="B2B").orders == 1


def test_nothing_is_collected_without_identifier_or_account(treasury: Treasury) -> None:
    customer(treasury, "K1", IBANS[0])
    bill(treasury, "K1")
    with pytest.raises(InvalidInput, match="creditor identifier"):
        collect(treasury)
    with pytest.raises(InvalidInput, match="check the digits"):
        set_creditor_identifier(treasury.carla, identifier="NL78ZZZ999999990000")
    set_creditor_identifier(treasury.carla, identifier="NL79ZZZ999999990000")
    retire_party_account(treasury.carla, party="K1", iban=IBANS[0], why="closed")
    with pytest.raises(NothingToPay):
        collect(treasury)
    with pytest.raises(InvalidInput, match="a day before"):
        collect(treasury, execute_on=today())


def test_mandates_have_references_of_their_own(collecting: Treasury) -> None:
    customer(collecting, "K1", IBANS[0], reference="M-1")
    with pytest.raises(Conflict):
        add_mandate(collecting.carla, party="K1", signed_on=today(), reference="M-1")
    with pytest.raises(NotFound):
        add_mandate(collecting.carla, party=collecting.supplier("K2", ""), signed_on=today())
    end_mandate(collecting.carla, reference="M-1", why="asked")
    with pytest.raises(NotFound):
        end_mandate(collecting.carla, reference="M-1", why="asked")


def test_of_an_invoice_in_parts_the_part_that_is_due_is_collected(collecting: Treasury) -> None:
    customer(collecting, "K1", IBANS[0])
    parts = [TermDraft(share=30), TermDraft(share=70, days=90)]
    set_payment_terms(collecting.books.anne, code="30/70", parts=parts)
    on = (today() - timedelta(days=10)).isoformat()
    invoice(collecting.books, "K1", "100", on=on, terms="30/70")
    made = collect(collecting)
    assert (made.orders, made.amount) == (1, 3_630)
    collecting.send(made.number)
    assert collecting.open_of("K1", "receivables") == 8_470
    assert list(receivables()) == []
