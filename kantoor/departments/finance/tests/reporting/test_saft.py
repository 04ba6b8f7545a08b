"""SAF-T Financial: valid by the official schemas, the same figures, and the same books back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from kantoor.departments.finance.actions.leaving import import_ledger
from kantoor.departments.finance.exports import export_ledger
from kantoor.departments.finance.formats.administration import SourceEntry
from kantoor.departments.finance.formats.audit import bounded
from kantoor.departments.finance.formats.audit.bounded import AuditReader
from kantoor.departments.finance.formats.audit.saft_read import read_saft
from kantoor.departments.finance.queries.leaving.answers import LedgerFile
from kantoor.departments.finance.queries.leaving.foresee import foresee_import
from kantoor.departments.finance.queries.trial_balance import trial_balance
from kantoor.departments.finance.tests.people import Books, begin_books, sale
from kantoor.departments.finance.tests.reporting.test_xaf import taxed_books, two_years
from kantoor.kernel.errors import DomainError, InvalidInput
from kantoor.kernel.tests.shared import shared_file

SAMPLE = "ExampleFile SAF-T Financial_999999999_20161125213512.xml"
VERSIONS = ("1.30", "1.10")
SPACE = {"x": "urn:StandardAuditFile-Taxation-Financial:NO"}


@cache
def schema(version: str) -> etree.XMLSchema:
    name = f"Norwegian_SAF-T_Financial_Schema_v_{version}.xsd"
    return etree.XMLSchema(file=str(shared_file("standards", "saft-no-xsd", name)))


def exported(books: Books, **asked: Any) -> bytes:
    return "".join(export_ledger(books.anne, format="saft", **asked)).encode()


def trial(books: Books, end: str) -> dict[str, int]:
    rows = trial_balance(books.anne, end=date.fromisoformat(end)).accounts
    return {row.code: row.closing for row in rows if row.closing and row.code}


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_valid_for_a_year_for_days_and_for_empty_books(books: Books, version: str) -> None:
    schema(version).assertValid(etree.fromstring(exported(books, version=version)))
    two_years(books)
    taxed_books(books)
    days = {"start": date(2010, 12, 1), "end": date(2011, 3, 1)}
    for asked in ({"year": "2010"}, {"year": "2011"}, {"year": "2024"}, days):
        data = exported(books, version=version, **asked)
        schema(version).assertValid(etree.fromstring(data))
        assert read_saft(data).troubles == []


def test_accounts_parties_and_totals_are_those_of_the_books(books: Books) -> None:
    two_years(books)
    root = etree.fromstring(exported(books, year="2011"))

    def signed(account: Any, when: str) -> Decimal:
        debit = account.findtext(f"x:{when}DebitBalance", namespaces=SPACE)
        credit = account.findtext(f"x:{when}CreditBalance", namespaces=SPACE)
        return Decimal(debit) if debit else -Decimal(credit)

    accounts = root.findall(".//x:Account", SPACE)
    closing = {each.findtext("x:AccountID", namespaces=SPACE): signed(each, "Closing") for each in accounts}  # fmt: skip
    assert sum(signed(each, "Opening") for each in accounts) == 0
    assert closing["13011"] == Decimal("202.16")
    customer = root.find(".//x:Customer[x:CustomerID='K1']/x:BalanceAccount", SPACE)
    assert customer is not None
    assert [each.text for each in customer] == ["13011", "178.56", "202.16"]
    assert len(root.findall(".//x:Supplier/x:BalanceAccount", SPACE)) == 1
    entries = root.find(".//x:GeneralLedgerEntries", SPACE)
    assert entries is not None
    assert entries.findtext("x:NumberOfEntries", namespaces=SPACE) == str(
        len(root.findall(".//x:Transaction", SPACE))
    )
    recorded = root.findtext(".//x:Transaction/x:SystemEntryDate", namespaces=SPACE)
    assert recorded is not None
    assert date.fromisoformat(recorded) > date(2020, 1, 1)


def test_it_says_tax_with_its_base_and_dimensions(books: Books) -> None:
    taxed_books(books)
    root = etree.fromstring(exported(books))
    said = [
        [each.findtext(f"x:{name}", namespaces=SPACE) for name in ("TaxCode", "TaxPercentage", "TaxBase")]
        for each in root.iterfind(".//x:TaxInformation", SPACE)
    ]  # fmt: skip
    assert sorted(map(str, said)) == sorted(
        map(
            str,
            [
                ["P21", "21", "100.00"], ["P9", "9", "50.00"], ["PK21", "21", "20.00"],
                ["P21-50", "21", "40.00"], ["P21", "21", "10.00"], ["S21", "21", "100.00"],
                ["S9", "9", "50.00"], ["V21", "21", "200.00"],
            ],
        )
    )  # fmt: skip
    rates = {
        each.findtext("x:TaxCode", namespaces=SPACE): each.findtext("x:BaseRate", namespaces=SPACE)
        for each in root.iterfind(".//x:TaxCodeDetails", SPACE)
    }
    assert (rates["P21"], rates["P21-50"]) == ("100", "50")


@pytest.mark.parametrize("version", VERSIONS)
def test_what_goes_out_comes_in_again_to_the_cent(books: Books, version: str) -> None:
    two_years(books)
    data = exported(books, year="2011", version=version)
    fresh = begin_books("Fresh BV")
    files = [LedgerFile("saft.xml", data)]
    foreseen = foresee_import(fresh.anne, files=files)
    assert (foreseen.ok, foreseen.files[0].format, foreseen.notes) == (True, "saft", [])
    assert foreseen.open_items == 1
    import_ledger(fresh.anne, files=files)
    expected = trial(books, "2011-12-31")
    # What earlier years earned opens on the account for retained earnings.
    earned = sum(expected.values()) - sum(trial(fresh, "2011-12-31").values())
    assert earned == 0
    assert {code: minor for code, minor in trial(fresh, "2011-12-31").items() if code[0] < "8"} == {
        code: minor for code, minor in (expected | {"05401": -155_05}).items() if code[0] < "8"
    }


def test_the_official_sample_is_read_with_its_totals() -> None:
    content = shared_file("saft-no", SAMPLE).read_bytes()
    found = read_saft(content)
    assert found.currency == "NOK"
    assert {code: each.kind for code, each in found.accounts.items()} == {
        "1925": "asset", "2400": "liability", "2740": "liability", "4000": "expense",
    }  # fmt: skip
    assert [(each.code, each.name, each.kind, each.city) for each in found.parties.values()] == [
        ("12000", "Kunden AS", "C", "Trondheim"),
        ("20000", "Leverandøren AS", "S", "Trondheim"),
    ]
    opening, *entries = found.entries()
    assert (opening.opening, opening.date) == (True, date(2015, 1, 1))
    assert [line.quantity for line in opening.lines] == [
        Decimal("1234.56"), Decimal("-1234.56"), Decimal("-1234.56"),
    ]  # fmt: skip
    assert [sum(line.quantity for line in each.lines) for each in entries] == [0, 0]
    amounts = [line.quantity for each in entries for line in each.lines]
    assert sum(amount for amount in amounts if amount > 0) == 25_000
    assert entries[0].lines[0].dimensions == {
        "bilagsart": "11", "cost_centre": "100", "project": "2000",
    }  # fmt: skip
    assert entries[0].lines[2].party == "20000"
    assert [(each.party, each.amount) for each in found.items] == [
        ("12000", Decimal("1234.56")), ("20000", Decimal("-1234.56")),
    ]  # fmt: skip
    # Its balances are an excerpt's: they are told of, and the totals of the entries agree.
    assert {each.code for each in found.troubles} == {"closing"}
    assert not any(each.grave for each in found.troubles)


def test_the_sample_is_refused_for_an_opening_that_does_not_add_up(db: None) -> None:
    books = begin_books("Oslo AS", country="GB", currency="NOK", chart="plain")
    files = [LedgerFile(SAMPLE, shared_file("saft-no", SAMPLE).read_bytes())]
    found = foresee_import(books.anne, files=files)
    assert not found.ok
    assert "unbalanced" in {each.code for each in found.refused}
    with pytest.raises(DomainError):
        import_ledger(books.anne, files=files)


def test_a_wrong_total_and_numbers_used_twice_are_seen() -> None:
    text = shared_file("saft-no", SAMPLE).read_text("utf-8-sig")
    wrong = text.replace("<n1:TotalDebit>25000<", "<n1:TotalDebit>24999<")
    assert "totals" in {each.code for each in read_saft(wrong.encode()).troubles if each.grave}
    twice = read_saft(text.replace(">20000<", ">12000<").encode())
    assert list(twice.parties) == ["12000", "12000-S"]
    assert next(line.party for each in twice.entries() for line in each.lines if line.party) == (
        "12000-S"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"<AuditFile/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><AuditFile/>',
        b'<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"><Header>',
        b'<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO">' + b"<a>" * 100_000,
        b'<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO">\xff</AuditFile>',
    ],
)
def test_what_is_no_such_file_is_refused_within_bounds(content: bytes) -> None:
    assert [each.code for each in read_saft(content).troubles] == ["xml"]


def test_the_number_of_statements_does_not_grow(books: Books) -> None:
    counts = []
    for month in (1, 2):
        books.post(*[sale(f"2011-{month:02}-05", n) for n in range(1, 20 * month**4)])
        with CaptureQueriesContext(connection) as seen:
            exported(books)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_another_version_is_refused(books: Books) -> None:
    with pytest.raises(InvalidInput, match=r"1\.30"):
        exported(books, version="4.0")


def opening_of(many: int, amount: str = "1.00") -> bytes:
    """An audit file that opens with so many customers who each owe an amount."""
    customers = "".join(
        f"<Customer><Name>Customer {n}</Name><CustomerID>C{n}</CustomerID><BalanceAccount>"
        f"<AccountID>13011</AccountID><OpeningDebitBalance>{amount}</OpeningDebitBalance>"
        "</BalanceAccount></Customer>"
        for n in range(many)
    )
    accounts = "".join(
        f"<Account><AccountID>{code}</AccountID><AccountDescription>{code}</AccountDescription>"
        f"<Opening{side}Balance>{many}.00</Opening{side}Balance></Account>"
        for code, side in (("13011", "Debit"), ("05011", "Credit"))
    )
    return (
        '<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"><Header>'
        "<DefaultCurrencyCode>EUR</DefaultCurrencyCode><SelectionCriteria><SelectionStartDate>"
        "2020-01-01</SelectionStartDate></SelectionCriteria></Header><MasterFiles>"
        f"<GeneralLedgerAccounts>{accounts}</GeneralLedgerAccounts>"
        f"<Customers>{customers}</Customers></MasterFiles>"
        "<GeneralLedgerEntries><TotalDebit>sNaN</TotalDebit></GeneralLedgerEntries></AuditFile>"
    ).encode()


def test_it_is_read_as_often_however_many_items_it_opens(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[bool] = []
    entries = AuditReader.entries

    def counted(reader: AuditReader, content: bytes, *, first: bool) -> Iterator[SourceEntry]:
        readings.append(first)
        return entries(reader, content, first=first)

    monkeypatch.setattr(AuditReader, "entries", counted)
    counts = []
    for many in (1, 30):
        readings.clear()
        found = foresee_import(books.anne, files=[LedgerFile("saft.xml", opening_of(many))])
        assert found.open_items == many
        counts.append(len(readings))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("amount", ["9E999999", "-1E-999999", "sNaN", "Infinity"])
def test_numbers_beyond_any_amount_are_named(books: Books, amount: str) -> None:
    found = foresee_import(books.anne, files=[LedgerFile("saft.xml", opening_of(2, amount))])
    assert {each.code for each in found.refused} >= {"amount", "totals"}


@pytest.mark.parametrize("around", ["MasterFiles", "GeneralLedgerEntries><Journal><Transaction"])
def test_more_elements_than_an_audit_file_holds_at_once_are_refused(
    monkeypatch: pytest.MonkeyPatch, around: str
) -> None:
    monkeypatch.setattr(bounded, "MOST_HELD", 1_000)
    assert read_saft(opening_of(2_000)).troubles[0].code == "totals"
    start = b'<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"><'
    content = start + around.encode() + b">" + b"<Line/>" * 50_000
    (trouble,) = read_saft(content).troubles
    assert "larger" in str(trouble.message)
