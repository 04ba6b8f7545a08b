"""What fixed assets cost and stand for, for departments that know them by their numbers."""

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import AssetValue
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class AssetWorth(msgspec.Struct, frozen=True):
    """What an asset cost and what was depreciated of it, in minor units of the company's currency."""

    cost: int
    accumulated: int

    @property
    def book_value(self) -> int:
        """What it stands for in the books."""
        return self.cost - self.accumulated


@query(permission="finance.read_assets", title=_("What assets stand for"))
def asset_worth(actor: Actor, /, *, numbers: list[str]) -> dict[str, AssetWorth]:
    """Cost and depreciation of assets by their numbers; those that are not there are left out."""
    found = scoped(actor, AssetValue).filter(asset__number__in=numbers)
    rows = found.values_list("asset__number", "cost", "accumulated")
    return {number: AssetWorth(cost, accumulated) for number, cost, accumulated in rows}
