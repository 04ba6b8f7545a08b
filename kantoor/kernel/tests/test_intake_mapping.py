"""Mapping files: found by their source, checked in sentences, and resolved against a header."""

from pathlib import Path

import pytest

from kantoor.kernel.intake import mapping_files
from kantoor.kernel.intake.mapping import Columns, Mapping
from kantoor.kernel.intake.mapping_files import (
    MappingUnusable,
    NoMapping,
    find,
    load,
    shipped_directories,
)
from kantoor.kernel.intake.problems import Problem

GOOD = """
name = "till"
document = "sales.invoice"
group_by = ["document"]
thousands = ","
optional = ["country"]
defaults = {customer = "walk-in"}
constants = {currency = "EUR"}

[columns]
document = ["Bon", "Receipt"]
customer = "Klant"
quantity = "Aantal"
country = "Land"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "till.toml").write_text(GOOD)
    return tmp_path


def loaded(folder: Path, old: str = "", new: str = "") -> Mapping:
    """The good mapping, with one thing changed."""
    path = folder / "till.toml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1) if old else GOOD + new)
    return load(path)


def columns(mapping: Mapping, *header: str) -> Columns:
    found = mapping.columns_in(header)
    assert isinstance(found, Columns), found
    return found


def fault(mapping: Mapping, *header: str) -> Problem:
    found = mapping.columns_in(header)
    assert isinstance(found, Problem)
    assert found.fatal
    assert found.line == 1
    return found


def test_a_mapping_is_found_by_the_name_of_its_source(folder: Path, tmp_path: Path) -> None:
    mapping = find("till", [tmp_path / "nowhere", folder])
    assert mapping.name == "till"
    assert mapping.number()("1,000.5") == 1_000_500_000
    assert mapping.day_time()("2011-02-28").day == "2011-02-28"


@pytest.mark.parametrize("source", ["shop", "../till", "till.toml", "", "TILL", "a/b", "\0"])
def test_a_source_without_a_mapping_is_told_which_there_are(folder: Path, source: str) -> None:
    with pytest.raises(NoMapping, match="till"):
        find(source, [folder])


def test_the_web_shops_mapping_comes_with_kantoor() -> None:
    mapping = find("webshop", shipped_directories())
    assert mapping.document == "sales.invoice"
    assert "currency" not in {*mapping.columns, *mapping.constants}
    assert mapping.country_names


def test_every_mapping_that_comes_along_is_sound_and_carries_its_files_name() -> None:
    paths = [path for folder in shipped_directories() for path in folder.glob("*.toml")]
    assert paths
    assert [load(path).name for path in paths] == [path.stem for path in paths]


@pytest.mark.parametrize(
    "header",
    [
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
        "invoiceno,stockcode,description,quantity,invoicedate,unitprice,customerid,country",
    ],
)
def test_the_web_shops_columns_are_known_in_every_rendering(header: str) -> None:
    found = columns(find("webshop", shipped_directories()), *header.split(","))
    assert [found[field] for field in ("document", "price", "customer")] == [0, 5, 6]
    assert found.group_by == (0,)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2010-12-01 08:26:00", "2010-12-01"),
        ("12/1/2010 8:26", "2010-12-01"),
        ("2010-12-01T08:26:00", "2010-12-01"),
        ("2010-12-01T08:26:00Z", "2010-12-01"),
        ("2010-12-01", "2010-12-01"),
    ],
)
def test_the_web_shops_dates_are_read_in_every_rendering(stamp: str, day: str) -> None:
    assert find("webshop", shipped_directories()).day_time()(stamp).day == day


def test_columns_are_found_by_any_of_their_names_wherever_they_stand(folder: Path) -> None:
    found = columns(loaded(folder), "Aantal", "x", "receipt", "Klant", "Land")
    assert (found["document"], found["quantity"], found.group_by) == (2, 0, (2,))
    assert "country" in found
    # The first name that is there wins over the others.
    assert columns(loaded(folder), "Receipt", "Bon", "Klant", "Aantal")["document"] == 1


def test_optional_columns_and_those_with_a_default_may_be_absent(folder: Path) -> None:
    found = columns(loaded(folder), "Bon", "Aantal")
    assert "country" not in found
    assert "customer" not in found


def test_a_missing_column_is_named_with_those_that_are_there(folder: Path) -> None:
    missing = fault(loaded(folder), "Bon;Klant;Aantal")
    assert missing.code == "csv.column_missing"
    assert missing.field == "Bon"
    assert "Bon;Klant;Aantal" in str(missing.message)


def test_a_column_that_occurs_twice_is_refused(folder: Path) -> None:
    assert fault(loaded(folder), "Bon", "Klant", "Aantal", "Bon").code == "csv.column_twice"
    # One that nobody asks for may.
    columns(loaded(folder), "Bon", "Klant", "Aantal", "x", "x")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "till"', "", "name"),
        ('name = "till"', 'name = "Till!"', "name"),
        ('name = "till"', "name = 3", "wrong kind"),
        ('document = "sales.invoice"', 'document = ""', "document"),
        ("optional", "optionl", "optionl"),
        ('group_by = ["document"]', "group_by = []", "group_by"),
        ('group_by = ["document"]', 'group_by = ["order"]', "order"),
        ('group_by = ["document"]', 'group_by = ["country"]', "country"),
        ('optional = ["country"]', 'optional = ["price"]', "price"),
        ('currency = "EUR"', 'quantity = "1"', "quantity"),
        ('customer = "Klant"', 'customer = ""', "customer"),
        ('customer = "Klant"', "customer = []", "customer"),
        ('customer = "Klant"', '"the customer" = "Klant"', "the customer"),
        ('thousands = ","', 'thousands = "."', "thousands"),
        ('thousands = ","', 'thousands = "x"', "thousands"),
        ('thousands = ","', 'decimal = ";"', "decimal"),
        ('thousands = ","', 'encoding = "klingon"', "klingon"),
        ('thousands = ","', 'encoding = "base64"', "base64"),
        ('thousands = ","', 'delimiter = ""', "delimiter"),
        ('thousands = ","', "delimiter = '\"'", "delimiter"),
        ('thousands = ","', "dates = []", "dates"),
        ('thousands = ","', 'dates = ["%d %b %Y"]', "%d %b %Y"),
        ('thousands = ","', 'time_zone = "Europe/Atlantis"', "Atlantis"),
        ('thousands = ","', 'countries = {"EIRE" = "Ireland"}', "EIRE"),
        ('thousands = ","', 'whole_codes = ["price"]', "price"),
        ('thousands = ","', "thousands = ", "TOML"),
        ('thousands = ","', "x = " + "[" * 5000, "TOML"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_in_a_sentence(
    folder: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(MappingUnusable) as refusal:
        loaded(folder, old, new)
    assert said in str(refusal.value.message)
    assert "till.toml" in str(refusal.value.message)


def test_a_file_that_is_no_mapping_is_refused(folder: Path) -> None:
    path = folder / "till.toml"
    with pytest.raises(MappingUnusable, match="read"):
        load(folder / "nowhere.toml")
    path.write_bytes(b"name = '\xe9'")
    with pytest.raises(MappingUnusable, match="UTF-8"):
        load(path)
    path.write_bytes(b"#" * (mapping_files.FILE_LIMIT + 1))
    with pytest.raises(MappingUnusable, match="long"):
        load(path)
