"""What other departments may ask of assets."""

from kantoor.departments.finance.public import asset_worth
from kantoor.departments.finance.tests.assets.garage import depreciate, van, vans
from kantoor.departments.finance.tests.people import Books


def test_other_departments_ask_what_assets_stand_for(books: Books) -> None:
    vans(books)
    number = van(books)
    depreciate(books, "2011-02-28")
    found = asset_worth(books.anne, numbers=[number, "A99999"])
    assert list(found) == [number]
    assert found[number].cost == 2_400_000
    assert found[number].book_value == 2_400_000 - 2 * 50_000
