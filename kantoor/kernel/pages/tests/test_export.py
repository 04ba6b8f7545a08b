"""A list as a file: all of what is filtered, in the columns that are shown, as numbers and dates."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantoor.kernel.pages import export
from kantoor.kernel.pages.tests import demo

LIST = "/demo/people"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(site: Client, query: str) -> list[list[str]]:
    answer = site.get(f"{LIST}?{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="people ' in answer["Content-Disposition"]
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_csv_holds_every_filtered_row_in_the_order_and_columns_shown(site: Client) -> None:
    demo.more_people(demo.ANNE, people=1200)
    rows = rows_of(site, "format=csv&kind=person&sort=-balance&columns=balance&columns=name")
    assert rows[0] == ["Balance", "Name"]
    assert len(rows) == 1 + 1085
    assert rows[1] == ["1203.50", "Person 1204"]


def test_csv_has_amounts_with_a_point_and_iso_dates_in_every_language(site: Client) -> None:
    site.cookies["language"] = "nl"
    rows = rows_of(site, "format=csv&sort=balance")
    assert rows[1][2] == "-0.50"
    assert rows[1][3].count("-") == 2


def test_names_are_never_formulas(site: Client) -> None:
    assert rows_of(site, "format=csv")[1][0] == "'=Person 0003"
    assert export.harmless("-12") == "'-12"
    assert export.harmless("Anne") == "Anne"


def test_a_file_is_bounded(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    demo.more_people(demo.ANNE, people=30)
    monkeypatch.setattr(export, "MOST", 7)
    assert len(rows_of(site, "format=csv")) == 8


def test_the_statements_of_a_file_grow_with_its_pages_only(site: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        rows_of(site, "format=csv")
    demo.more_people(demo.ANNE, people=800)
    with CaptureQueriesContext(connection) as many:
        rows_of(site, "format=csv")
    assert len(many) == len(few)


def test_xlsx_holds_numbers_and_dates_not_texts(site: Client) -> None:
    answer = site.get(f"{LIST}?format=xlsx&sort=balance")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    book = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{SHEET}c")}
    assert cells["C2"].find(f"{SHEET}v").text == "-0.50"  # type: ignore[union-attr]
    assert cells["C2"].get("t") is None
    assert cells["D2"].get("t") is None
    assert not list(sheet.iter(f"{SHEET}f"))
    assert len(list(sheet.iter(f"{SHEET}row"))) == 6


def test_a_refusal_is_a_page_and_no_half_file(site: Client) -> None:
    demo.acting[0] = None
    assert site.get(f"{LIST}?format=csv").status_code == 302


def test_an_empty_list_is_a_file_with_a_head(site: Client) -> None:
    assert rows_of(site, "format=csv&since_from=2099-01-01") == [
        ["Name", "Kind", "Balance", "Since"]
    ]
