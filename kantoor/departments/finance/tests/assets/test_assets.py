"""A fixed asset's life: registered, depreciated, valued anew, sold, and all of it undone."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.actions.assets.categories import retire_asset_category
from kantoor.departments.finance.actions.assets.changes import describe_asset, use_asset
from kantoor.departments.finance.actions.assets.disposal import (
    dispose_asset,
    replace_component,
    scrap_assets,
)
from kantoor.departments.finance.actions.assets.register import register_asset, register_assets
from kantoor.departments.finance.actions.assets.runs import post_depreciation, reverse_depreciation
from kantoor.departments.finance.actions.assets.undoing import undo_asset_event
from kantoor.departments.finance.actions.assets.uses import record_asset_use, record_asset_uses
from kantoor.departments.finance.actions.assets.valuing import (
    estimate_asset,
    impair_asset,
    revalue_asset,
)
from kantoor.departments.finance.actions.closing import close_period
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts_assets import AssetDraft, UseDraft
from kantoor.departments.finance.errors import (
    AssetState,
    ClosedPeriod,
    NotReversible,
    TooMuch,
    UnknownAccount,
    UnknownAsset,
)
from kantoor.departments.finance.models import AssetMovement, DepreciationRun, Entry
from kantoor.departments.finance.queries.assets.due import depreciation_due
from kantoor.departments.finance.queries.assets.lines import lines_to_register
from kantoor.departments.finance.tests.assets.garage import (
    RESERVE,
    VANS,
    VANS_LOST,
    assert_proved,
    balance,
    book_value,
    depreciate,
    expense,
    value,
    van,
    vans,
)
from kantoor.departments.finance.tests.people import BANK, RETAINED, SALES, SUSPENSE, Books, entry
from kantoor.kernel.errors import InvalidInput, NotAllowed, Place, Refusals


@pytest.fixture
def garage(books: Books) -> Books:
    """Bakker BV, which buys vans."""
    vans(books)
    return books


def test_assets_are_numbered_without_gaps_and_booked(garage: Books) -> None:
    assert [van(garage), van(garage)] == ["A00001", "A00002"]
    assert balance(garage, VANS) == 4_800_000
    assert_proved(garage)


def test_an_asset_that_cannot_be_is_refused_with_its_place(garage: Books) -> None:
    good = AssetDraft(name="Van", category="VAN", cost=100, acquired_on=date(2011, 1, 1))
    bad = AssetDraft(
        name="Van", category="VAN", cost=100, residual=101, acquired_on=date(2011, 1, 1)
    )
    worse = AssetDraft(name="", category="VAN", cost=100, acquired_on=date(2011, 1, 1))
    with pytest.raises(Refusals) as refused:
        register_assets(garage.anne, assets=[good, bad, worse])
    assert [(e.place.field, e.place.line) for e in refused.value.errors] == [
        ("residual", 2), ("name", 3)
    ]  # fmt: skip
    with pytest.raises(UnknownAsset):
        van(garage, category="SHIP")
    retire_asset_category(garage.anne, code="VAN")
    with pytest.raises(UnknownAsset):
        van(garage)


def test_an_asset_is_registered_from_a_posted_line_and_not_for_more_than_it(garage: Books) -> None:
    posted = garage.post(entry("2011-01-10", (SUSPENSE, 500_000), (BANK, -500_000)))
    on_cost = garage.post(entry("2011-01-11", (VANS, 700_000), (BANK, -700_000)))
    assert [row.left for row in lines_to_register(garage.anne)] == [700_000]
    van(garage, 300_000, contra="", entry=posted.first, line=1)
    with pytest.raises(TooMuch):
        van(garage, 200_001, contra="", entry=posted.first, line=1)
    van(garage, 700_000, contra="", entry=on_cost.first, line=1)
    assert (balance(garage, SUSPENSE), balance(garage, VANS)) == (200_000, 1_000_000)
    assert lines_to_register(garage.anne) == []
    assert_proved(garage)


def test_an_asset_of_other_books_goes_on_where_these_ended(garage: Books) -> None:
    number = van(
        garage, on="2009-01-10", contra="", accumulated=1_200_000,
        depreciated_until=date(2010, 12, 31),
    )  # fmt: skip
    depreciate(garage, "2011-01-15")
    assert book_value(number) == 1_200_000 - 50_000


def test_a_run_depreciates_all_that_is_due_and_no_more_the_second_time(garage: Books) -> None:
    first, second = van(garage), van(garage, on="2011-02-20", cost=480_000)
    assert depreciation_due(garage.anne, on=date(2011, 1, 3)).amount == 50_000
    [january] = depreciate(garage, "2011-01-15")
    assert (january.number, january.assets, january.amount) == ("D00001", 1, 50_000)
    [again] = depreciate(garage, "2011-01-31")
    assert (again.number, again.assets) == ("", 0)
    assert depreciate(garage, "2011-03-10")[0].amount == 2 * 50_000 + 2 * 10_000
    assert (book_value(first), book_value(second)) == (2_250_000, 460_000)
    assert balance(garage, expense(garage)) == 170_000
    assert_proved(garage)


def test_a_life_ends_at_the_residual_value(garage: Books) -> None:
    number = van(garage, residual=400_001)
    depreciate(garage, "2012-06-01", "2015-01-31", "2016-01-31")
    assert book_value(number) == 400_001
    assert DepreciationRun.objects.count() == 2
    assert_proved(garage)


def test_one_entry_is_made_for_a_category_or_for_each_asset(garage: Books) -> None:
    vans(garage, "CAR", entries="asset")
    for category in ("VAN", "VAN", "CAR", "CAR"):
        van(garage, category=category)
    [run] = depreciate(garage, "2011-01-15")
    assert len(run.entries) == 3
    assert_proved(garage)


def test_a_run_is_taken_back_as_a_whole_and_posted_anew(garage: Books) -> None:
    number = van(garage)
    [january, february] = depreciate(garage, "2011-01-15", "2011-02-15")
    with pytest.raises(AssetState):
        reverse_depreciation(garage.anne, run=january.number, why="too early")
    back = reverse_depreciation(garage.anne, run=february.number, why="too early")
    assert back.amount == -50_000
    assert (book_value(number), value(number).until) == (2_350_000, date(2011, 1, 31))
    with pytest.raises(AssetState):
        reverse_depreciation(garage.anne, run=february.number, why="again")
    with pytest.raises(AssetState):
        reverse_depreciation(garage.anne, run=back.number, why="again")
    assert depreciate(garage, "2011-02-15")[0].amount == 50_000
    assert_proved(garage)


def test_entries_of_assets_are_not_reversed_behind_their_back(garage: Books) -> None:
    van(garage)
    [run] = depreciate(garage, "2011-01-15")
    for number in (run.entries[0], "MEM/2011/1"):
        with pytest.raises(NotReversible):
            reverse_entry(garage.anne, entry=number, why="mistake")


def test_a_closed_period_takes_no_run(garage: Books) -> None:
    van(garage)
    close_period(garage.anne, period="2011-01", how="hard")
    with pytest.raises(ClosedPeriod):
        depreciate(garage, "2011-01-15")
    assert depreciate(garage, "2011-02-15")[0].amount == 100_000


def test_the_statements_of_a_run_do_not_grow_with_the_assets(garage: Books) -> None:
    def statements(day: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            post_depreciation(garage.anne, on=date.fromisoformat(day))
        return len(seen)

    van(garage)
    few = statements("2011-01-31")
    for _ in range(20):
        van(garage, on="2011-02-01")
    assert statements("2011-02-28") <= few


def test_units_of_production(garage: Books) -> None:
    number = van(garage, method="units", units=Decimal(200_000), residual=400_000)
    record_asset_use(garage.anne, asset=number, date=date(2011, 1, 31), units=Decimal(10_000))
    assert depreciate(garage, "2011-01-31")[0].amount == 100_000
    record_asset_uses(
        garage.anne,
        uses=[
            UseDraft(asset=number, date=date(2011, 2, 10), units=Decimal("500.5")),
            UseDraft(asset=number, date=date(2011, 2, 20), units=Decimal(250_000)),
        ],
    )
    assert depreciate(garage, "2011-02-28")[0].amount == 1_900_000
    other = van(garage)
    with pytest.raises(AssetState):
        record_asset_use(garage.anne, asset=other, date=date(2011, 1, 31), units=Decimal(1))
    assert_proved(garage)


def test_an_asset_waits_until_it_is_used(garage: Books) -> None:
    number = van(garage, in_use_from=None)
    assert depreciate(garage, "2011-03-01")[0].assets == 0
    use_asset(garage.anne, asset=number, in_use_from=date(2011, 4, 15))
    assert depreciate(garage, "2011-04-30")[0].amount == 50_000
    depreciate(garage, "2015-03-31")
    assert book_value(number) == 0
    with pytest.raises(AssetState):
        use_asset(garage.anne, asset=number, in_use_from=date(2011, 4, 15))
    assert_proved(garage)


def test_another_estimate_changes_what_comes_and_nothing_posted(garage: Books) -> None:
    number = van(garage)
    depreciate(garage, "2011-12-31")
    before = list(AssetMovement.objects.values_list("id", "accumulated"))
    estimate_asset(
        garage.anne, asset=number, date=date(2012, 1, 1), months_left=20, residual=200_000,
        why="lasts shorter",
    )  # fmt: skip
    assert list(AssetMovement.objects.values_list("id", "accumulated")) == before
    assert depreciate(garage, "2012-01-31")[0].amount == (1_800_000 - 200_000) // 20
    depreciate(garage, "2013-08-31")
    assert book_value(number) == 200_000
    assert_proved(garage)


def test_an_event_asks_that_what_came_before_is_depreciated(garage: Books) -> None:
    number = van(garage)
    with pytest.raises(AssetState):
        impair_asset(garage.anne, asset=number, date=date(2011, 3, 1), value=1, why="dent")
    depreciate(garage, "2011-05-31")
    with pytest.raises(AssetState):
        impair_asset(garage.anne, asset=number, date=date(2011, 3, 1), value=1, why="dent")


def test_an_impairment_is_a_loss_and_can_be_taken_back_as_far_as_it_went(garage: Books) -> None:
    number = van(garage)
    depreciate(garage, "2011-12-31")
    impair_asset(garage.anne, asset=number, date=date(2012, 1, 1), value=900_000, why="dent")
    assert book_value(number) == 900_000
    assert depreciate(garage, "2012-01-31")[0].amount == 25_000
    with pytest.raises(InvalidInput):
        impair_asset(garage.anne, asset=number, date=date(2012, 2, 1), value=1_775_001, why="new")
    impair_asset(garage.anne, asset=number, date=date(2012, 2, 1), value=1_750_000, why="mended")
    assert_proved(garage)
    depreciate(garage, "2015-01-31")
    assert book_value(number) == 0


def test_a_revaluation_goes_by_the_reserve_which_depreciation_realises(garage: Books) -> None:
    number = van(garage)
    depreciate(garage, "2011-12-31")
    revalue_asset(garage.anne, asset=number, date=date(2012, 1, 1), value=2_520_000, why="market")
    assert (book_value(number), balance(garage, RESERVE)) == (2_520_000, -720_000)
    assert depreciate(garage, "2012-01-31")[0].amount == 70_000
    assert (balance(garage, RESERVE), balance(garage, RETAINED)) == (-700_000, -20_000)
    revalue_asset(garage.anne, asset=number, date=date(2012, 2, 1), value=1_400_000, why="market")
    assert balance(garage, RESERVE) == 0
    assert balance(garage, expense(garage)) == 600_000 + 70_000 + (2_450_000 - 1_400_000 - 700_000)
    assert_proved(garage)


def test_a_sale_makes_a_gain_or_loss(garage: Books) -> None:
    number = van(garage)
    depreciate(garage, "2011-12-31")
    sold = dispose_asset(
        garage.anne, asset=number, date=date(2012, 1, 20), proceeds=1_850_000, account=BANK,
        why="sold to Visser",
    )  # fmt: skip
    assert (sold.result, sold.book_value) == (50_000, 0)
    assert (balance(garage, VANS), balance(garage, VANS_LOST)) == (0, 0)
    assert value(number).disposed_on == date(2012, 1, 20)
    with pytest.raises(AssetState):
        dispose_asset(garage.anne, asset=number, date=date(2012, 1, 20), why="again")
    assert_proved(garage)


def test_by_day_a_sale_takes_the_days_until_then(garage: Books) -> None:
    number = van(garage, convention="day", on="2011-01-01", cost=146_100)
    depreciate(garage, "2011-12-31")
    sold = dispose_asset(garage.anne, asset=number, date=date(2012, 1, 11), why="burnt")
    assert sold.result == -(146_100 - 36_500 - 1_000)
    assert_proved(garage)


def test_a_part_is_disposed_of_with_its_depreciation(garage: Books) -> None:
    number = van(garage, residual=240_000)
    depreciate(garage, "2011-12-31")
    dispose_asset(garage.anne, asset=number, date=date(2012, 1, 1), cost=600_000, why="engine")
    assert book_value(number) == (2_400_000 - 540_000) * 3 // 4
    assert depreciate(garage, "2012-01-31")[0].amount == 45_000 * 3 // 4
    depreciate(garage, "2014-12-31")
    assert book_value(number) == 180_000
    assert_proved(garage)


def test_a_component_is_replaced(garage: Books) -> None:
    whole = van(garage)
    engine = van(garage, 600_000, name="Engine", part_of=whole, life_months=24)
    depreciate(garage, "2011-12-31")
    new = AssetDraft(
        name="New engine", category="VAN", cost=700_000, acquired_on=date(2012, 1, 1),
        in_use_from=date(2012, 1, 1), contra=BANK,
    )  # fmt: skip
    made = replace_component(
        garage.anne, asset=engine, date=date(2012, 1, 1), why="worn out", new=new
    )
    assert value(engine).disposed_on
    assert value(made.numbers[0]).asset.part_of is not None
    assert_proved(garage)


def test_many_are_scrapped_at_once(garage: Books) -> None:
    numbers = [van(garage) for _ in range(3)]
    done = scrap_assets(garage.anne, assets=numbers, date=date(2011, 1, 20), why="fire")
    assert [each.result for each in done] == [-2_400_000] * 3
    assert_proved(garage)


def test_the_last_event_is_undone_and_all_is_as_before(garage: Books) -> None:
    number = van(garage)
    depreciate(garage, "2011-12-31")
    kept = AssetMovement.objects.count()
    dispose_asset(garage.anne, asset=number, date=date(2012, 1, 20), why="sold")
    undo_asset_event(garage.anne, asset=number, why="not sold after all")
    assert (book_value(number), value(number).disposed_on) == (1_800_000, None)
    assert AssetMovement.objects.count() == kept + 2
    assert depreciate(garage, "2012-01-31")[0].amount == 50_000
    with pytest.raises(AssetState):
        undo_asset_event(garage.anne, asset=number, why="never bought")
    assert_proved(garage)


def test_a_registration_is_undone(garage: Books) -> None:
    number = van(garage)
    undo_asset_event(garage.anne, asset=number, why="typing mistake")
    assert balance(garage, VANS) == 0
    assert depreciate(garage, "2011-12-31")[0].assets == 0
    assert_proved(garage)


def test_an_asset_is_described(garage: Books) -> None:
    number = van(garage)
    describe_asset(garage.anne, asset=number, name="Blue van", location="Utrecht", serial="V1")
    assert value(number).asset.location == "Utrecht"


def test_the_law_is_warned_of(garage: Books) -> None:
    made = register_asset(
        garage.anne, name="Phone", category="VAN", cost=100_000, acquired_on=date(2011, 1, 1),
        in_use_from=date(2011, 1, 1), life_months=24,
    )  # fmt: skip
    assert "20 %" in made.warnings[0]
    made = register_asset(
        garage.anne, name="Desk", category="VAN", cost=100_000, acquired_on=date(2011, 1, 1),
        in_use_from=date(2011, 1, 1), life_months=60,
    )  # fmt: skip
    assert made.warnings == []


def test_who_may_not_depreciate_does_not(garage: Books) -> None:
    with pytest.raises(NotAllowed):
        post_depreciation(garage.bob("finance.read_assets"), on=date(2011, 1, 1))


def test_accounts_of_a_category_exist_and_are_not_kept_item_by_item(books: Books) -> None:
    with pytest.raises(UnknownAccount):
        vans(books, impairment_account="99999")
    with pytest.raises(InvalidInput):
        vans(books, disposal_account="13011")


@pytest.mark.parametrize("place", [1, 2, 3])
def test_an_account_that_there_is_not_is_named_with_its_place(garage: Books, place: int) -> None:
    drafts = [
        AssetDraft(
            name="Van", category="VAN", cost=1_000, acquired_on=date(2011, 1, 1),
            contra="99999" if n == place else BANK,
        )
        for n in (1, 2, 3)
    ]  # fmt: skip
    with pytest.raises(UnknownAccount) as refused:
        register_assets(garage.anne, assets=drafts)
    assert refused.value.place == Place("contra", place)


def test_companies_do_not_see_each_others_assets(garage: Books, other_books: Books) -> None:
    number = van(garage)
    with pytest.raises(UnknownAsset):
        describe_asset(other_books.anne, asset=number, name="Mine")
    assert Entry.objects.filter(company_id=other_books.company_id).count() == 0
    assert SALES
