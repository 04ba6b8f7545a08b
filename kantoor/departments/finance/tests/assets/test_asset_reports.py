"""Fixed assets as they are looked at: register, card, movement schedule, forecast, runs, pages."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.actions.assets.disposal import dispose_asset
from kantoor.departments.finance.actions.assets.runs import reverse_depreciation
from kantoor.departments.finance.actions.assets.valuing import impair_asset
from kantoor.departments.finance.queries.assets.card import asset, book_value
from kantoor.departments.finance.queries.assets.forecast import depreciation_forecast
from kantoor.departments.finance.queries.assets.movements import asset_movements
from kantoor.departments.finance.queries.assets.register import asset_categories, assets
from kantoor.departments.finance.queries.assets.runs import depreciation_run, depreciation_runs
from kantoor.departments.finance.tests.assets.garage import VANS, depreciate, van, vans
from kantoor.departments.finance.tests.people import BANK, Books, entry
from kantoor.departments.finance.web.assets.card import ASSET, show
from kantoor.departments.finance.web.assets.reports import make_forecast, make_movements
from kantoor.departments.finance.web.assets.runs import RUN, make_due
from kantoor.departments.finance.web.assets.runs import show as show_run
from kantoor.kernel.pages.report_view import Span

YEAR = Span(date(2012, 1, 1), date(2012, 12, 31))


@pytest.fixture
def garage(books: Books) -> Books:
    """Three vans: one sold, one dented, one as new."""
    vans(books)
    for _ in range(3):
        van(books)
    depreciate(books, "2011-12-31")
    impair_asset(books.anne, asset="A00002", date=date(2012, 1, 1), value=900_000, why="dent")
    dispose_asset(books.anne, asset="A00001", date=date(2012, 1, 1), why="scrapped")
    van(books, on="2012-07-01", cost=480_000)
    depreciate(books, "2012-12-31")
    return books


def test_the_register_adds_up_and_keeps_what_is_gone_apart(garage: Books) -> None:
    found = assets(garage.anne)
    assert [row.number for row in found.rows] == ["A00002", "A00003", "A00004"]
    assert found.sums["book_value"] == 600_000 + 1_200_000 + 420_000
    assert [row.number for row in assets(garage.anne, state="disposed").rows] == ["A00001"]
    assert assets(garage.anne, search="a00003", category="VAN").count == 1
    assert [row.code for row in asset_categories(garage.anne)] == ["VAN"]


def test_the_movement_schedule_closes_on_the_ledger(garage: Books) -> None:
    found = asset_movements(garage.anne, start=YEAR.start, end=YEAR.end)
    [row] = found.categories
    assert (row.opening, row.acquired, row.disposed) == (5_400_000, 480_000, -2_400_000)
    assert (row.disposed_accumulated, row.impaired) == (-600_000, 900_000)
    assert row.depreciated == 300_000 + 600_000 + 60_000
    assert row.closing == 2_220_000
    assert found.total.closing == row.closing
    assert [each.difference for each in found.accounts] == [0, 0]


def test_what_the_ledger_has_and_no_asset_is_shown(garage: Books) -> None:
    garage.post(entry("2012-05-01", (VANS, 100), (BANK, -100)))
    found = asset_movements(garage.anne, start=YEAR.start, end=YEAR.end)
    assert [(each.account, each.difference) for each in found.accounts] == [
        ("02301", 100), ("02305", 0)
    ]  # fmt: skip
    report = make_movements(garage.anne, YEAR)
    assert report.verdict is not None
    assert not report.verdict.good


def test_statements_do_not_grow_with_the_assets(garage: Books) -> None:
    def statements() -> list[int]:
        counts = []
        for ask in (
            lambda: asset_movements(garage.anne, start=YEAR.start, end=YEAR.end),
            lambda: depreciation_forecast(garage.anne),
            lambda: assets(garage.anne),
        ):
            with CaptureQueriesContext(connection) as seen:
                ask()
            counts.append(len(seen))
        return counts

    before = statements()
    for _ in range(10):
        van(garage, on="2012-08-01")
    assert statements() == before


def test_the_book_value_is_known_on_any_day(garage: Books) -> None:
    values = [
        book_value(garage.anne, asset="A00003", on=date.fromisoformat(day))
        for day in ("2011-01-09", "2012-01-01", "2012-12-31", "2013-01-30", "2013-01-31", "2014-12-31")
    ]  # fmt: skip
    assert [each.book_value for each in values] == [
        0, 1_800_000, 1_200_000, 1_200_000, 1_150_000, 0,
    ]  # fmt: skip
    assert [each.posted for each in values] == [True, True, True, True, False, False]


def test_what_is_to_come_is_forecast_by_year(garage: Books) -> None:
    found = depreciation_forecast(garage.anne)
    assert found.years[:2] == [2013, 2014]
    assert found.total.amounts[:2] == [300_000 + 600_000 + 120_000] * 2
    assert sum(found.total.amounts) + found.total.later == 2_220_000
    assert make_forecast(garage.anne, YEAR).rows


def test_a_card_tells_the_whole_life(garage: Books) -> None:
    card = asset(garage.anne, number="A00002")
    assert [step.kind for step in card.steps] == [
        "acquisition", "depreciation", "impairment", "depreciation"
    ]  # fmt: skip
    assert [step.book_value for step in card.steps] == [2_400_000, 1_800_000, 900_000, 600_000]
    assert sum(year.amount for year in card.years) == 600_000
    thing = show(garage.anne, card)
    assert any(act for act in thing.steps)
    assert ASSET.address("A00002") == "/finance/assets/A00002"
    assert show(garage.anne, asset(garage.anne, number="A00001")).state.code == "disposed"


def test_runs_are_listed_and_shown(garage: Books) -> None:
    made = depreciation_runs(garage.anne)
    assert [row.number for row in made.rows] == ["D00002", "D00001"]
    back = reverse_depreciation(garage.anne, run="D00002", why="too early")
    card = depreciation_run(garage.anne, number="D00002")
    assert card.run.reversed_by == back.number
    assert len(card.lines) == 3
    assert show_run(garage.anne, card).state.code == "undone"
    assert make_due(garage.anne, YEAR).main_action is not None
    assert RUN.url == "/finance/depreciation"
    assert json.dumps(card.run.number)
