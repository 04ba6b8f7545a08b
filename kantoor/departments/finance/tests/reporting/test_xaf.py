"""XML Auditfile Financieel: valid by the official schemas, without findings, and the same figures."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import pyxaf
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.books import add_journal
from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.actions.paying.party_accounts import (
    propose_party_account,
    verify_party_accounts,
)
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.exports import export_ledger
from kantoor.departments.finance.queries.trial_balance import trial_balance
from kantoor.departments.finance.tests.billing import customer, invoice, pay
from kantoor.departments.finance.tests.payables.buying import (
    bought,
    enter,
    post,
    purchase,
    supplier,
)
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    SALES,
    SHARES,
    SUSPENSE,
    VAT,
    Books,
    a_user,
    add_parties,
    begin_books,
    entry,
    sale,
)
from kantoor.departments.finance.tests.vat.test_entry_taxes import taxed
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.tests.shared import shared_file

SUBCONTRACTED = "70153"
NASTY = "Café \x07& <b>“漢”</b>\x0b 100% \ud7ff"
SCHEMAS = {
    "4.0": "XmlAuditfileFinancieel4.0.xsd",
    "3.2.1": "XmlAuditfileFinancieel3.2.1.xsd",
    "3.2": "XmlAuditfileFinancieel3.2.xsd",
}


@cache
def schema(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(shared_file("standards", "xaf-xsd", SCHEMAS[version])))


def two_years(books: Books) -> None:
    """Two years with an opening, open items, foreign currency, dimensions and strange text."""
    add_dimension_value(books.anne, dimension="cost_centre", code="100 Hal", name="y")
    add_dimension_value(books.anne, dimension="project", code="P7", name="y")
    add_parties(books, ["S1", "x" * 40, "y" * 40])
    customer(books, "K1")
    books.post(
        entry("2010-01-01", (BANK, 100_000_00), (SHARES, -100_000_00), journal="OPN"),
        sale("2010-06-01", 5_00, text=NASTY),
    )
    invoice(books, "K1", "100", "50.05", on="2010-12-20")
    books.post(
        EntryDraft(
            date=date(2011, 1, 31),
            text=NASTY,
            reference="INK-7",
            journal="INK",
            lines=[
                LineDraft(account=PURCHASES, amount=92_00, currency="JPY", currency_amount=12_345,
                          dimensions={"cost_centre": "100 Hal", "project": "P7"}, text=NASTY),
                LineDraft(account="16011", amount=-92_00, party="S1"),
            ],
        ),
        EntryDraft(
            date=date(2011, 2, 1),
            lines=[
                LineDraft(account=BANK, amount=1, party="x" * 40),
                LineDraft(account=SALES, amount=-1, party="y" * 40),
            ],
        ),
    )  # fmt: skip
    numbers = [invoice(books, "K1", "10", on=f"2011-03-{day:02}").number for day in (1, 2, 3)]
    pay(books, 12_10, on="2011-03-10", invoice=numbers[0])


def exported(books: Books, **asked: Any) -> bytes:
    return "".join(export_ledger(books.anne, format="xaf", **asked)).encode()


def findings(data: bytes) -> list[str]:
    found = pyxaf.validate(io.BytesIO(data)).findings
    # XAF3001 says which version it is.
    return [f"{each.code} {each.message}" for each in found if each.code != "XAF3001"]


@pytest.mark.parametrize("version", SCHEMAS)
@pytest.mark.parametrize("asked", [{}, {"year": "2010"}, {"start": date(2010, 12, 1), "end": date(2011, 3, 1)}])  # fmt: skip
def test_it_is_valid_and_the_checker_finds_nothing(
    books: Books, version: str, asked: dict[str, Any]
) -> None:
    two_years(books)
    data = exported(books, version=version, **asked)
    schema(version).assertValid(etree.fromstring(data))
    assert findings(data) == []


@pytest.mark.parametrize("version", SCHEMAS)
def test_empty_books_make_a_valid_file(books: Books, version: str) -> None:
    data = exported(books, version=version)
    schema(version).assertValid(etree.fromstring(data))


def test_it_opens_and_closes_as_the_trial_balance(books: Books) -> None:
    two_years(books)
    root = etree.fromstring(exported(books, year="2011"))
    space = {"x": root.nsmap[None]}

    def account_of(line: Any) -> str:
        return str(line.findtext("x:accID", namespaces=space))

    def signed(parent: Any) -> Decimal:
        amount = Decimal(parent.findtext("x:amnt", namespaces=space))
        return -amount if parent.findtext("x:amntTp", namespaces=space) == "C" else amount

    found: dict[str, Decimal] = {}
    for line in root.iterfind(".//x:obLine", space):
        found[account_of(line)] = signed(line)
    opening = dict(found)
    for line in root.iterfind(".//x:trLine", space):
        account = account_of(line)
        found[account] = found.get(account, Decimal(0)) + signed(line)
    trial = trial_balance(books.anne, start=date(2011, 1, 1), end=date(2011, 12, 31))
    earlier = sum(row.opening for row in trial.accounts if not row.code)
    expected = {row.code: Decimal(row.closing).scaleb(-2) for row in trial.accounts if row.code}
    expected["05401"] = expected.get("05401", Decimal(0)) + Decimal(earlier).scaleb(-2)
    assert {code: total for code, total in found.items() if total} == {
        code: total for code, total in expected.items() if total
    }
    assert sum(opening.values()) == 0


def test_it_says_tax_open_items_and_dimensions(books: Books) -> None:
    two_years(books)
    root = etree.fromstring(exported(books, year="2011", version="3.2"))
    space = {"x": root.nsmap[None]}

    def texts(path: str) -> list[str]:
        return [str(each.text) for each in root.iterfind(path, space)]

    assert texts(".//x:obSbLine/x:amnt") == ["178.56"]
    assert texts(".//x:obSbLine/x:custSupID") == ["K1"]
    assert texts(".//x:trLine/x:vat/x:vatAmnt") == ["1.90"] * 3
    assert set(texts(".//x:trLine/x:vat/x:vatAmntTp")) == {"C"}
    assert texts(".//x:trLine/x:costID") == ["100 Hal"]
    assert texts(".//x:trLine/x:projID") == ["P7"]
    assert texts(".//x:trLine/x:currency/x:curAmnt") == ["12345.00"]
    assert "BLimBanRba" in texts(".//x:ledgerAccount/x:leadReference")
    kinds = root.findall(".//x:subledger", space)
    assert [each.findtext("x:sbType", namespaces=space) for each in kinds] == ["CU", "SU"]
    assert [each.findtext("x:linesCount", namespaces=space) for each in kinds] == ["4", "1"]


def taxed_books(books: Books) -> None:
    """Purchases with input tax, reverse charge and half of it; entries with tax; bank accounts."""
    add_bank_account(books.anne, name="Current account", iban="NL91ABNA0417164300")
    supplier(books, "L1")
    propose_party_account(books.anne, party="L1", iban="NL20INGB0001234567", why="letter")
    dirk = replace(books.anne, user_id=a_user("Dirk"), name="Dirk")
    verify_party_accounts(dirk, ibans=["NL20INGB0001234567"], why="called")
    numbers = [
        each.number
        for each in enter(
            books,
            purchase(
                "F1",
                bought(10_000),
                bought(5_000, account=SUBCONTRACTED, tax="P9"),
                on="2024-02-05",
            ),
            purchase("F2", bought(2_000, tax="PK21"), on="2024-02-06"),
            purchase("F3", bought(4_000, tax="P21-50"), on="2024-02-07"),
            purchase("F4", bought(1_000), on="2024-02-08", credit=True),
        )
    ]
    post(books, *numbers)
    books.post(
        sale("2023-06-01", 5_00),
        taxed("2024-03-01", (BANK, 17_550, ""), (SUSPENSE, -5_000, "S9"), (VAT, -450, "S9"),
              (SALES, -10_000, "S21"), (VAT, -2_100, "S21")),
        taxed("2024-03-02", (SHARES, 540, ""), (VAT, -540, "V21", 20_000)),
    )  # fmt: skip


def test_it_says_the_tax_of_purchases_and_entries_and_the_bank_accounts(books: Books) -> None:
    taxed_books(books)
    for version in SCHEMAS:
        data = exported(books, version=version)
        schema(version).assertValid(etree.fromstring(data))
        assert findings(data) == []
    root = etree.fromstring(exported(books, version="3.2"))
    space = {"x": root.nsmap[None]}

    def told(element: Any, *names: str) -> tuple[str | None, ...]:
        return tuple(element.findtext(f"x:{name}", namespaces=space) for name in names)

    said = [
        told(line, "accID", "amnt", "amntTp") + told(tax, "vatID", "vatAmnt", "vatAmntTp")
        for line in root.iterfind(".//x:trLine", space)
        for tax in line.iterfind("x:vat", space)
    ]
    assert sorted(map(str, said)) == sorted(
        map(
            str,
            [
                (PURCHASES, "100.00", "D", "P21", "21.00", "D"),
                (SUBCONTRACTED, "50.00", "D", "P9", "4.50", "D"),
                (PURCHASES, "20.00", "D", "PK21", "4.20", "D"),
                (PURCHASES, "40.00", "D", "P21-50", "8.40", "D"),
                (PURCHASES, "10.00", "C", "P21", "2.10", "C"),
                (SALES, "100.00", "C", "S21", "21.00", "C"),
                (SUSPENSE, "50.00", "C", "S9", "4.50", "C"),
                (SHARES, "5.40", "D", "V21", "5.40", "C"),
            ],
        )
    )
    banks = root.findall(".//x:customerSupplier/x:bankAccount", space)
    assert [told(each, "bankAccNr", "bankIdCd") for each in banks] == [
        ("NL20INGB0001234567", "INGBNL2A")
    ]
    journal = next(each for each in root.iterfind(".//x:journal", space) if told(each, "jrnTp") == ("B",))  # fmt: skip
    assert told(journal, "offsetAccID", "bankAccNr") == (BANK, "NL91ABNA0417164300")
    on_bank = [told(each, "bankAccNr") for each in root.iterfind(".//x:trLine", space)
               if told(each, "accID") == (BANK,)]  # fmt: skip
    assert on_bank == [("NL91ABNA0417164300",)]


def test_an_opening_entry_is_the_opening_balance(books: Books) -> None:
    two_years(books)
    root = etree.fromstring(exported(books, year="2010"))
    space = {"x": root.nsmap[None]}
    assert [each.text for each in root.iterfind(".//x:obLine/x:amnt", space)] == ["100000.00"] * 2


def test_the_number_of_statements_does_not_grow(books: Books) -> None:
    add_journal(books.anne, code="EXT", name_en="Extra", kind="general")
    counts = []
    for month in (1, 2):
        books.post(*[sale(f"2011-{month:02}-05", n) for n in range(1, 20 * month**4)])
        with CaptureQueriesContext(
            connection,
        ) as seen:
            exported(books)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_what_can_not_be_written_is_refused(books: Books) -> None:
    for asked in ({"version": "9"}, {"year": "2011", "start": date(2011, 1, 1)}):
        with pytest.raises(InvalidInput):
            exported(books, **asked)
    with pytest.raises(NotFound):
        exported(books, year="1999")
    with pytest.raises(InvalidInput):
        "".join(export_ledger(books.anne, format="csv", year="2011"))
    with pytest.raises(NotAllowed):
        export_ledger(books.bob("finance.read_ledger"), format="xaf")
    dinar = begin_books("Kuwait", country="GB", currency="KWD", chart="plain")
    with pytest.raises(InvalidInput, match="two decimals"):
        exported(dinar)


def test_it_holds_nothing_of_another_company(books: Books, other_books: Books) -> None:
    customer(other_books, "SECRET")
    invoice(other_books, "SECRET", "10", on="2011-01-05")
    books.post(sale("2011-01-01", 5))
    assert b"SECRET" not in exported(books, version="3.2")


def test_the_official_test_file_is_valid_and_known_to_the_checker() -> None:
    path: Path = shared_file("auditfile", "XAF_4_0_Test_100425.xaf")
    schema("4.0").assertValid(etree.parse(str(path)))
