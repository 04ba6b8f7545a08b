"""SEPA files: valid by the official schemas, in plain letters, with sums that agree."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kantoor.departments.finance.formats.sepa import debits, transfers
from kantoor.departments.finance.formats.sepa.characters import ALLOWED, latin
from kantoor.departments.finance.formats.sepa.debits import write_debits
from kantoor.departments.finance.formats.sepa.orders import Account, Order, PaymentFile
from kantoor.departments.finance.formats.sepa.references import structured
from kantoor.departments.finance.formats.sepa.transfers import write_transfers
from kantoor.kernel.tests.shared import shared_file

OWN = Account(name="Bakker BV", iban="NL91ABNA0417164300", bic="ABNANL2A")
AMOUNTS = st.integers(1, 10**11 - 1)


def order(n: int = 1, **more: Any) -> Order:
    other = Account(name="Müller & Söhne", iban="DE89370400440532013000", bic="COBADEFFXXX")
    given = {"amount": 100, "remittance": "Factuur 12", "other": other, **more}
    return Order(end_to_end=f"PAY-000001-{n}", **given)


def collection(n: int = 1, sequence: str = "RCUR", **more: Any) -> Order:
    found = order(n, **more)
    signed = {"mandate": "M-1", "signed_on": date(2020, 1, 1), "sequence": sequence}
    return msgspec.structs.replace(found, **signed)


def file(*orders: Order, **more: Any) -> PaymentFile:
    made = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    given: dict[str, Any] = {"execute_on": date(2026, 1, 5), "made_at": made, "own": OWN, **more}
    return PaymentFile(message_id="PAY-000001-abcdef", orders=orders, **given)


def official(message: str) -> etree.XMLSchema:
    """The schema as ISO publishes it, which is not the one that writing proves against."""
    return etree.XMLSchema(etree.parse(shared_file("standards", "iso20022-xsd", f"{message}.xsd")))


ORDERS = st.builds(
    order,
    n=st.integers(1, 99_999),
    amount=AMOUNTS,
    remittance=st.text(max_size=200),
    reference=st.sampled_from(["", "RF18539007547034", "+++090/9337/55493+++", "2026-17"]),
    other=st.builds(
        Account,
        name=st.text(max_size=90),
        iban=st.sampled_from(["NL20INGB0001234567", "BE68539007547034"]),
        bic=st.sampled_from(["", "INGBNL2A"]),
    ),
)


@pytest.mark.parametrize("message", transfers.VERSIONS)
def test_transfers_are_valid_by_the_official_schema(message: str) -> None:
    schema = official(message)

    @given(st.lists(ORDERS, min_size=1, max_size=5))
    def check(orders: list[Order]) -> None:
        root = etree.fromstring(write_transfers(file(*orders), message))
        schema.assertValid(root)
        _adds_up(root, sum(each.amount for each in orders), len(orders))

    check()


@pytest.mark.parametrize("message", debits.VERSIONS)
@pytest.mark.parametrize("scheme", ["CORE", "B2B"])
def test_debits_are_valid_by_the_official_schema(message: str, scheme: str) -> None:
    orders = [collection(n, sequence) for n, sequence in enumerate(debits.SEQUENCES, 1)]
    wanted = file(*orders, creditor="NL79ZZZ999999990000", scheme=scheme)
    root = etree.fromstring(write_debits(wanted, message))
    schema = official(message)
    schema.assertValid(root)
    _adds_up(root, 400, 4)
    groups = [str(each.text) for each in root.iterfind(".//{*}SeqTp")]
    assert groups == list(debits.SEQUENCES)


def _adds_up(root: "etree._Element", amount: int, count: int) -> None:
    """The sums of the head are those of the orders, and every letter is one that banks take."""
    amounts = [_cents(str(each.text)) for each in root.iterfind(".//{*}InstdAmt")]
    assert (sum(amounts), len(amounts)) == (amount, count)
    assert _cents(str(root.findtext(".//{*}GrpHdr/{*}CtrlSum"))) == amount
    assert root.findtext(".//{*}GrpHdr/{*}NbOfTxs") == str(count)
    groups = [_cents(str(each.text)) for each in root.iterfind(".//{*}PmtInf/{*}CtrlSum")]
    assert sum(groups) == amount
    said = "".join(str(each.text) for each in root.iter("{*}Nm", "{*}Ustrd"))
    assert set(said) <= ALLOWED


def _cents(text: str) -> int:
    whole, _point, cents = text.partition(".")
    assert len(cents) == 2
    return int(whole) * 100 + int(cents)


def test_the_same_values_give_the_same_bytes() -> None:
    wanted = file(order(), batch=False)
    message = transfers.VERSIONS[0]
    assert write_transfers(wanted, message) == write_transfers(wanted, message)
    assert b"<BtchBookg>false</BtchBookg>" in write_transfers(wanted, message)


@given(st.text(max_size=300), st.integers(1, 140))
def test_any_text_becomes_plain_and_no_longer_than_allowed(text: str, longest: int) -> None:
    found = latin(text, longest)
    assert set(found) <= ALLOWED
    assert len(found) <= longest
    assert not found.startswith("/")
    assert not found.endswith("/")
    assert "//" not in found
    assert latin(found, longest) == found


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Müller & Söhne GmbH", "Muller + Sohne GmbH"),
        ("Straße 12; 3e", "Strasse 12, 3e"),
        ("Łódź", "Lodz"),
        ("Ελλάδα", "Ellada"),
        ("Борис", "Boris"),
        ("a//b/", "a/b"),
        ("€ 10", "E 10"),
    ],
)
def test_letters_become_their_like(text: str, plain: str) -> None:
    assert latin(text, 70) == plain


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("RF18 5390 0754 7034", "ISO"),
        ("RF19539007547034", ""),
        ("+++090/9337/55493+++", "BBA"),
        ("+++090/9337/55494+++", ""),
        ("090933755493", "BBA"),
        ("5000056789012345", "CUR"),
        ("6000056789012345", ""),
        ("2026-17", ""),
        ("", ""),
    ],
)
def test_a_structured_reference_is_one_whose_digits_prove_it(text: str, issuer: str) -> None:
    found = structured(text)
    assert (found.issuer if found else "") == issuer
