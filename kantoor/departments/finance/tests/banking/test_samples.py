"""Every bank sample that is shared parses as its key says, and its sums are proved."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kantoor.departments.finance.formats.bank.model import BankFile, BankFileError
from kantoor.departments.finance.formats.bank.proof import faults_of
from kantoor.departments.finance.formats.bank.reading import read_bank_file
from kantoor.kernel.money import exponent
from kantoor.kernel.tests.shared import BESIDE, shared_file

PIECES = {
    "wolph/betterplace/currency_in_25.sta",
    "wolph/betterplace/empty_86.sta",
    "wolph/cmxl/account_identification_iban.sta",
    "wolph/cmxl/account_identification_legacy.sta",
    "wolph/cmxl/available_balance.sta",
}
"""Samples of a single tag, without anything of a statement."""


def key_of(family: str) -> dict[str, Any]:
    """The answer key of a family; empty where the data is absent."""
    path = Path(BESIDE, "data", family, "_expected.json")
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return found or {"absent": {}}


def read(family: str, name: str) -> BankFile:
    """A sample as it is read."""
    return read_bank_file(shared_file(family, *name.split("/")).read_bytes())


def sums(found: BankFile) -> list[tuple[Decimal, Decimal, Decimal, int]]:
    """Opening, moved, closing and entries of each whole statement, in major units."""
    rows = []
    for each in found.statements:
        if each.opening is not None and each.closing is not None:
            scale = Decimal(10) ** exponent(each.currency)
            amounts = (each.opening.amount, each.moved, each.closing.amount)
            rows.append((*(Decimal(minor) / scale for minor in amounts), len(each.entries)))
    return rows  # type: ignore[return-value]


@pytest.mark.parametrize("name", key_of("mt940"))
def test_a_sample_of_mt940_is_what_its_key_says(name: str) -> None:
    path = shared_file("mt940", *name.split("/"))
    key = key_of("mt940")[name]
    if name in PIECES:
        assert (key["transactions"], key["statements"]) == (0, [])
        with pytest.raises(BankFileError):
            read_bank_file(path.read_bytes())
        return
    found = read_bank_file(path.read_bytes())
    assert sum(len(each.entries) for each in found.statements) == key["transactions"]
    wanted = [
        (Decimal(each["opening"]), Decimal(each["sum"]), Decimal(each["closing"]), each["lines"])
        for each in key["statements"]
    ]
    if wanted:
        assert sums(found) == wanted
        proved = [not list(faults_of(each)) for each in found.statements]
        assert proved == [each["balances"] for each in key["statements"]]


@pytest.mark.parametrize("name", [n for n in key_of("iso20022") if "camt" in n] or ["absent"])
def test_a_sample_of_camt_is_what_its_key_says(name: str) -> None:
    path = shared_file("iso20022", *name.split("/"))
    key = key_of("iso20022")[name]
    if not key["statements"]:
        with pytest.raises(BankFileError):
            read_bank_file(path.read_bytes())
        return
    found = read_bank_file(path.read_bytes())
    assert found.form == key["message"]
    assert len(found.statements) == key["statements"]
    assert sum(len(each.entries) for each in found.statements) == key["entries"]
    kinds = {"052": "report", "053": "statement", "054": "notification"}
    assert {each.kind for each in found.statements} == {kinds[found.form[5:8]]}


@pytest.mark.parametrize("name", [n for n in key_of("iso20022") if "pain" in n])
def test_a_payment_order_is_no_statement(name: str) -> None:
    with pytest.raises(BankFileError) as error:
        read("iso20022", name)
    assert error.value.rule == "bank.form"


@pytest.mark.parametrize("name", key_of("ofx"))
def test_a_sample_of_ofx_is_what_its_key_says(name: str) -> None:
    path = shared_file("ofx", *name.split("/"))
    key = key_of("ofx")[name]
    if key.get("error") or not key.get("accounts"):
        with pytest.raises(BankFileError):
            read_bank_file(path.read_bytes())
        return
    found = read_bank_file(path.read_bytes())
    assert len(found.statements) == key["accounts"]
    statements = [each for each in found.statements if each.kind == "statement"]
    if statements:
        assert sum(len(each.entries) for each in statements) == key["transactions"]
        balances = [Decimal(each.closing.amount) / 100 for each in statements if each.closing]
        assert balances == [Decimal(each) for each in key["balance"]]
