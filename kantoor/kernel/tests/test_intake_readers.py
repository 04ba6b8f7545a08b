"""Files from outside to documents and events; and half a year of a real shop, against its key."""

import gzip
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from kantoor.kernel.intake.cloudevents import Event
from kantoor.kernel.intake.grouping import Document
from kantoor.kernel.intake.mapping import Mapping
from kantoor.kernel.intake.mapping_files import find, shipped_directories
from kantoor.kernel.intake.numbers import line_amount, whole_code
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.readers import Table, open_table, read_events, sniff
from kantoor.kernel.tests.shared import shared_file

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


@pytest.fixture
def webshop() -> Mapping:
    return find("webshop", shipped_directories())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a,b\n1,2\n", "csv"),
        (b"\xef\xbb\xbfa,b\n", "csv"),
        (b"x", "csv"),
        ("a,b\n".encode("utf-16"), "csv"),
        (b'{"id": "1"}\n', "ndjson"),
        (b'\xef\xbb\xbf \n{"id": "1"}', "ndjson"),
        (b" [\n{}]", "json-batch"),
        (b"[]", "json-batch"),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_file_is_known_by_how_it_begins(
    tmp_path: Path, content: bytes, kind: str, pack: type[bytes]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(pack(content))
    assert sniff(path) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b" \n\n", "file.empty"),
        (gzip.compress(b"", mtime=0), "file.empty"),
        (b"PK\x03\x04 a workbook", "file.kind"),
        (b"%PDF-1.7", "file.kind"),
        (gzip.compress(b"PK\x03\x04", mtime=0), "file.kind"),
        (b"\x00\x01\x02", "file.binary"),
        (b"\x1f\x8b", "gzip.truncated"),
        (b"\x1f\x8bnonsense", "gzip.damaged"),
    ],
)
def test_what_is_none_of_them_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    found = sniff(path)
    assert isinstance(found, Problem)
    assert found.code == code
    assert str(found.message)
    ((_place, refused),) = read_events(path)
    assert isinstance(refused, Problem)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, webshop: Mapping) -> None:
    for found in (sniff(tmp_path / "x"), open_table(tmp_path / "x", webshop)):
        assert isinstance(found, Problem)
        assert found.code == "file.unreadable"


def test_a_table_without_its_columns_is_refused(tmp_path: Path, webshop: Mapping) -> None:
    path = tmp_path / "sales.csv"
    path.write_text(HEADER.replace(",", ";"))
    found = open_table(path, webshop)
    assert isinstance(found, Problem)
    assert found.code == "csv.column_missing"


def test_csv_holds_no_events(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text(HEADER)
    ((_place, refused),) = read_events(path)
    assert isinstance(refused, Problem)
    assert refused.code == "file.kind"


def test_events_come_from_either_form(tmp_path: Path) -> None:
    event = {"specversion": "1.0", "id": "1", "source": "/shop", "type": "order"}
    for text in (json.dumps(event), json.dumps([event])):
        path = tmp_path / "events"
        path.write_text(text)
        ((place, found),) = read_events(path)
        assert place == 1
        assert isinstance(found, Event)


def test_a_table_gives_its_documents(tmp_path: Path, webshop: Mapping) -> None:
    path = tmp_path / "sales.csv"
    row = "hat,6,12/1/2010 8:26,2.55,17850.0,United Kingdom\n"
    path.write_text(f"{HEADER}1,22,{row}1,23,{row}2,24,{row}3,bad\n1,25,{row}")
    table = open_table(path, webshop)
    assert isinstance(table, Table)
    first, second, third = table.documents()
    assert isinstance(first, Document)
    assert (first.identity, first.lines) == ("1", [2, 3, 6])
    customer = first.rows[0][table.columns["customer"]]
    assert whole_code(customer) == "17850"
    assert isinstance(second, Document)
    assert second.problem is None
    assert isinstance(third, Document)
    assert third.problem
    assert third.problem.line == 5


def test_half_a_year_of_a_real_shop_agrees_with_its_key(webshop: Mapping) -> None:
    path = shared_file("online-retail", "online_retail.csv.gz")
    key = json.loads(path.with_name("_expected.json").read_text())
    table = open_table(path, webshop)
    assert isinstance(table, Table)
    place = table.columns
    number, day_time = webshop.number(), webshop.day_time()
    rows = pence = exact = 0
    days: set[str] = set()
    months, countries = Counter[str](), Counter[str]()
    customers: set[str] = set()
    documents = list(table.documents())
    for document in documents:
        assert isinstance(document, Document), document
        assert document.problem is None
        for row in document.rows:
            quantity, price = number(row[place["quantity"]]), number(row[place["price"]])
            rows += 1
            pence += line_amount(quantity, price)
            exact += quantity * price
            day = day_time(row[place["at"]]).day
            days.add(day)
            months[day[:7]] += quantity * price
            countries[row[place["country"]]] += quantity * price
            customers.add(whole_code(row[place["customer"]]))

    def pounds(millionths: int) -> Decimal:
        return Decimal(millionths).scaleb(-12)

    assert rows == key["rows"] == 225_438
    assert pounds(exact) == Decimal(key["sum_quantity_x_unitprice"]) == Decimal("4000082.001")
    # One line of a tenth of a penny comes to nothing; no other has more than two decimals.
    assert pence == 4_000_082_00
    numbers = [each.identity for each in documents if isinstance(each, Document)]
    assert len(numbers) == len(set(numbers)) == key["invoices"]
    assert sum(each.startswith("C") for each in numbers) == key["credit_invoices_C"]
    assert len(customers - {""}) == key["customers"]
    assert all(each.isdigit() for each in customers - {""})
    assert (min(days), max(days), len(days)) == (key["first"], key["last"], key["days"])
    assert {name: pounds(value) for name, value in months.items()} == {
        name: Decimal(value) for name, value in key["by_month"].items()
    }
    assert {name: pounds(value) for name, value in countries.items()} == {
        name: Decimal(value) for name, value in key["by_country"].items()
    }
