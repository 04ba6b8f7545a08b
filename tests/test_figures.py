"""The registers and reports of sales and finance over real rows: few statements, figures that add up."""

import csv
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.web.desk import DESK as FINANCE
from kantoor.departments.finance.web.ledger import GENERAL_LEDGER
from kantoor.departments.finance.web.receivables import BY_AGE, RECEIVABLES
from kantoor.departments.finance.web.statements import BALANCE_SHEET, PROFIT_AND_LOSS
from kantoor.departments.finance.web.trial_balance import TRIAL_BALANCE
from kantoor.departments.sales.tests.people import COLUMNS, UK, Shop, begin_shop
from kantoor.departments.sales.web.desk import DESK as SALES
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.list_view import ListView
from kantoor.kernel.pages.report_view import ReportView, Span
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Money

YEAR = Span(date(2011, 1, 1), date(2011, 12, 31))
LISTS = [v for desk in (SALES, FINANCE) for v in desk.views if isinstance(v, ListView)]


def named(view: ListView | ReportView) -> str:
    return view.key


def sell(shop: Shop, folder: Path, first: int, last: int) -> None:
    """Take in invoices with these numbers, each of its own customer and with its own article."""
    path = folder / f"{first}.csv"
    with path.open("w", newline="") as file:
        write = csv.writer(file).writerow
        write(COLUMNS)
        for number in range(first, last):
            day = f"2011-06-{number % 28 + 1:02} 08:26:00"
            write([536000 + number, f"A{number}", f"Lamp {number}", 3, day, "2.55", 12000 + number, UK])  # fmt: skip
        write([f"C{536000 + first}", f"A{first}", "Lamp", -1, "2011-06-30 09:00:00", "2.55", 12000 + first, UK])  # fmt: skip
    shop.intake(path)


def statements(view: ListView, actor: Actor) -> int:
    with CaptureQueriesContext(connection) as asked:
        view.page(actor, Address(view.url))
    return len(asked)


@pytest.mark.parametrize("view", LISTS, ids=named)
def test_statements_of_a_list_do_not_grow_with_its_rows(
    db: None, tmp_path: Path, view: ListView
) -> None:
    shop = begin_shop("Bright Gifts Ltd")
    sell(shop, tmp_path, 1, 4)
    few = statements(view, shop.anne)
    sell(shop, tmp_path, 4, 49)
    assert statements(view, shop.anne) <= few


@pytest.mark.parametrize("view", [TRIAL_BALANCE, BALANCE_SHEET, PROFIT_AND_LOSS], ids=named)
def test_a_figure_opens_lines_that_add_up_to_it(db: None, tmp_path: Path, view: ReportView) -> None:
    shop = begin_shop("Bright Gifts Ltd")
    sell(shop, tmp_path, 1, 12)
    figures = [
        figure
        for row in view.report(shop.anne, YEAR, Address(view.url)).rows
        for figure in row.figures
        if isinstance(figure, Money) and figure.url
    ]
    assert figures
    for figure in figures:
        sums = read(GENERAL_LEDGER, shop.anne, figure.url)
        known = {abs(int(value)) for value in sums.values()}
        known.add(abs(int(sums["debit"]) - int(sums["credit"])))
        assert abs(figure.minor) in known, figure.url


def test_a_figure_by_age_opens_items_that_add_up_to_it(db: None, tmp_path: Path) -> None:
    shop = begin_shop("Bright Gifts Ltd")
    sell(shop, tmp_path, 1, 12)
    found = 0
    for row in BY_AGE.report(
        shop.anne, Span(date(2011, 1, 1), date(2011, 7, 10)), Address(BY_AGE.url)
    ).rows:
        for figure in row.figures:
            if isinstance(figure, Money) and figure.url:
                assert read(RECEIVABLES, shop.anne, figure.url)["open"] == figure.minor
                found += 1
    assert found > 10


def read(view: ListView, actor: Actor, url: str) -> dict[str, int]:
    """The sums of the list that an address opens."""
    parts = urlsplit(url)
    assert parts.path == view.url
    address = Address(parts.path, tuple(parse_qsl(parts.query)))
    return {name: int(value) for name, value in view.read(actor, address, cursor="", limit=50).sums.items()}  # fmt: skip
