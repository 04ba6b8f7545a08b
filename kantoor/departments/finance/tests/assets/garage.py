"""Assets in tests, made with few words: a van of 24,000 over four years."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kantoor.departments.finance.actions.assets.categories import add_asset_category
from kantoor.departments.finance.actions.assets.register import register_assets
from kantoor.departments.finance.actions.assets.runs import post_depreciation
from kantoor.departments.finance.drafts_assets import AssetDraft, Depreciated
from kantoor.departments.finance.models import AssetValue, Line
from kantoor.departments.finance.proofs_assets import assets as prove
from kantoor.departments.finance.tests.people import BANK, Books
from kantoor.kernel.record.verify.provers import Fault

VANS, VANS_LOST, VANS_COST = "02301", "02305", "43060"
RESERVE = "05101"


def vans(books: Books, code: str = "VAN", **more: Any) -> str:
    """A category of vans, four years in a straight line unless said otherwise."""
    given: dict[str, Any] = {"life_months": 48, **more}
    return add_asset_category(
        books.anne,
        code=code,
        name_en="Vans",
        name_nl="Bestelbussen",
        cost_account=VANS,
        accumulated_account=VANS_LOST,
        expense_account=expense(books),
        **given,
    )


def expense(books: Books) -> str:
    """The account that depreciation of vehicles is a cost on."""
    from kantoor.departments.finance.models import Account

    found = Account.objects.filter(
        company_id=books.company_id, group="depreciation", kind="expense"
    ).order_by("code")
    return found.values_list("code", flat=True)[0]


def van(books: Books, cost: int = 2_400_000, on: str = "2011-01-10", **more: Any) -> str:
    """A van bought at the bank, in use from the day; gives its number."""
    given: dict[str, Any] = {"contra": BANK, "in_use_from": date.fromisoformat(on), **more}
    draft = AssetDraft(
        name=given.pop("name", "Van"), category=given.pop("category", "VAN"), cost=cost,
        acquired_on=date.fromisoformat(on), **given,
    )  # fmt: skip
    return register_assets(books.anne, assets=[draft]).numbers[0]


def depreciate(books: Books, *days: str) -> list[Depreciated]:
    """Depreciate through the period of each day."""
    return [post_depreciation(books.anne, on=date.fromisoformat(day)) for day in days]


def months(year: int, first: int = 1, last: int = 12) -> list[str]:
    """Days in the months of a year."""
    return [f"{year}-{month:02}-15" for month in range(first, last + 1)]


def balance(books: Books, code: str) -> int:
    """What stands on an account."""
    lines = Line.objects.filter(account__company_id=books.company_id, account__code=code)
    return sum(lines.values_list("amount", flat=True))


def value(number: str) -> AssetValue:
    """What an asset stands at."""
    return AssetValue.objects.get(asset__number=number)


def book_value(number: str) -> int:
    """Its cost less its depreciation."""
    found = value(number)
    return found.cost - found.accumulated


def assert_proved(books: Books) -> None:
    """The provers find nothing, and the register adds up to the ledger."""
    faults: list[Fault] = list(prove())
    assert faults == []
    found = AssetValue.objects.filter(company_id=books.company_id)
    assert sum(each.cost for each in found) == balance(books, VANS)
    assert sum(each.accumulated for each in found) == -balance(books, VANS_LOST)


Millions = Mapping[str, Decimal]
