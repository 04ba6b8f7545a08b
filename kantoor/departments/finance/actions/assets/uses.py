"""Record what assets made, for depreciation by units of production."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import EARLIEST, LATEST, out_of_range
from kantoor.departments.finance.drafts_assets import UseDraft
from kantoor.departments.finance.errors import AssetState, UnknownAsset
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models import AssetUse
from kantoor.departments.finance.queries.assets.standing import Standing, standings_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

PERMISSION = "finance.manage_assets"
MOST = 5_000


@action(
    permission=PERMISSION, title=_("Record the use of assets"), bulk_of="finance.record_asset_use"
)
def record_asset_uses(actor: Actor, /, *, uses: Sequence[UseDraft]) -> int:
    """Record what assets made until a day, such as hours or kilometres; gives how many.

    The next run depreciates by it. Raises UnknownAsset, AssetState for one that is not
    depreciated by units or was depreciated beyond the day already, InvalidInput; `line` is the
    place among those given.
    """
    if not 0 < len(uses) <= MOST:
        message = _("Name 1 to {most} uses.").format(most=MOST)
        raise InvalidInput(message, field="uses")
    found = standings_of(actor.company_id, [each.asset for each in uses])
    rows = []
    for place, each in enumerate(uses, 1):
        standing = _checked(found.get(each.asset), each, place)
        rows.append(
            AssetUse(
                asset_id=standing.asset_id,
                date=each.date,
                units=each.units,  # type: ignore[misc]  # its stubs know no Decimal
                text=each.text,
            )
        )
    AssetUse.objects.bulk_create(rows)
    return len(rows)


@action(permission=PERMISSION, title=_("Record the use of an asset"))
def record_asset_use(
    actor: Actor, /, *, asset: str, date: date, units: Decimal, text: str = ""
) -> int:
    """Record what one asset made. Raises what `record_asset_uses` raises."""
    return record_asset_uses(actor, uses=[UseDraft(asset=asset, date=date, units=units, text=text)])


def _checked(standing: Standing | None, use: UseDraft, place: int) -> Standing:
    if standing is None:
        message = _("There is no asset “{number}”.").format(number=use.asset[:20])
        raise UnknownAsset(message, field="asset", line=place)
    if standing.terms is None or standing.terms.method != "units" or standing.disposed_on:
        message = _("{number} is not depreciated by units.").format(number=standing.number)
        raise AssetState(message, field="asset", line=place)
    if not EARLIEST <= use.date.year <= LATEST:
        raise out_of_range(use.date.isoformat(), line=place)
    if use.date < standing.terms.starts_on:
        words = _("{number} is depreciated by units from {date} on.")
        raise AssetState(
            words.format(number=standing.number, date=standing.terms.starts_on),
            field="date", line=place,
        )  # fmt: skip
    if not use.units or in_millionths(use.units) is None:
        finer = _("Give units with no more than six decimals, and not nothing.")
        raise InvalidInput(finer, field="units", line=place)
    return standing
