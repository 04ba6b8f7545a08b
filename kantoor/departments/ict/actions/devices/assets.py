"""What becomes of a fixed asset in the books when its device is gone."""

from collections.abc import Sequence

from django.utils import timezone

from kantoor.departments.finance.public import asset_worth, scrap_assets
from kantoor.departments.ict.models import Device
from kantoor.departments.ict.models.devices.devices import DISPOSED, read_device_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

NEEDED = ("finance.read_assets", "finance.dispose_asset")


def scrap_with_devices(actor: Actor, devices: Sequence[str], why: str) -> list[str]:
    """Scrap the assets of devices that were disposed of, within that action; gives their numbers.

    Left alone are those of which another device is still there, those that the books do not
    have (any more), and all of them where the actor may not dispose of assets.
    """
    if not all(actor.may(permission) for permission in NEEDED):
        return []
    numbers = [read_device_number(each) or 0 for each in devices]
    gone = scoped(actor, Device).filter(number__in=numbers).exclude(asset="")
    named = sorted(set(gone.values_list("asset", flat=True)))
    if not named:
        return []
    left = scoped(actor, Device).filter(asset__in=named, merged_into=None).exclude(state=DISPOSED)
    shared = set(left.values_list("asset", flat=True))
    worth = asset_worth(actor, numbers=named)
    scrapped = [each for each in named if each not in shared and each in worth and worth[each].cost]
    if scrapped:
        today = timezone.localdate()
        scrap_assets(actor, assets=scrapped, date=today, why=why.strip() or "-")
    return scrapped
