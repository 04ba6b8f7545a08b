"""Rows in every table of fixed assets, for `complete.py`."""

from datetime import date
from decimal import Decimal

from kantoor.departments.finance.actions.assets.categories import add_asset_category
from kantoor.departments.finance.actions.assets.disposal import dispose_asset
from kantoor.departments.finance.actions.assets.register import register_assets
from kantoor.departments.finance.actions.assets.runs import post_depreciation
from kantoor.departments.finance.actions.assets.uses import record_asset_uses
from kantoor.departments.finance.drafts_assets import AssetDraft, UseDraft
from kantoor.departments.finance.models import Account
from kantoor.kernel.actors.actor import Actor


def fixed_assets(anne: Actor) -> None:
    """Two categories with three assets, depreciated twice; one goes."""
    assets = Account.objects.filter(company_id=anne.company_id, group="fixed_assets", role="")
    cost, lost = assets.order_by("code").values_list("code", flat=True)[:2]
    expense = Account.objects.filter(company_id=anne.company_id, group="depreciation")
    spent = expense.order_by("code").values_list("code", flat=True)[0]
    for code in ("VAN", "PRESS"):
        add_asset_category(
            anne, code=code, name_en=code, cost_account=cost, accumulated_account=lost,
            expense_account=spent,
        )  # fmt: skip
    bank = Account.objects.get(company_id=anne.company_id, role="bank").code
    drafts = [
        AssetDraft(
            name=f"Asset {n}", category=category, cost=120_000 * n, acquired_on=date(2012, 1, 1),
            in_use_from=date(2012, 1, 1), contra=bank, method="units" if n > 1 else "straight",
            units=Decimal(1000), dimensions={"project": "100"},
        )
        for n, category in ((1, "VAN"), (2, "PRESS"), (3, "PRESS"))
    ]  # fmt: skip
    first, second, third = register_assets(anne, assets=drafts).numbers
    uses = [
        UseDraft(asset=number, date=date(2012, 1, 20), units=Decimal(10))
        for number in (second, third)
    ]
    record_asset_uses(anne, uses=uses)
    for month in (1, 2):
        post_depreciation(anne, on=date(2012, month, 15))
    dispose_asset(anne, asset=first, date=date(2012, 3, 1), why="sold")
