"""Undo the last thing that was done to an asset, with its entry."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.assets.changes import known_asset
from kantoor.departments.finance.actions.assets.writing import (
    Movement,
    write_movements,
    write_values,
)
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.actions.reversal import undo_entries
from kantoor.departments.finance.drafts_assets import AssetChanged
from kantoor.departments.finance.errors import AssetState
from kantoor.departments.finance.models import Asset, AssetEvent, AssetMovement, Entry
from kantoor.departments.finance.queries.assets.live import after_movements
from kantoor.departments.finance.queries.assets.standing import standings_of
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput


@action(permission="finance.dispose_asset", title=_("Undo the last event of an asset"))
def undo_asset_event(actor: Actor, /, *, asset: str, why: str) -> AssetChanged:
    """Take back the last event of an asset, with its entry: it stands as it did before.

    An asset whose registration is taken back is gone from the register. Raises UnknownAsset,
    AssetState when depreciation was posted since, or there is nothing to undo; ClosedPeriod,
    InvalidInput without a reason.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    lock_company(actor.company_id)
    found = known_asset(actor, asset)
    last, before = _last(found)
    standing = standings_of(actor.company_id, [asset])[asset]
    if standing.depreciated:
        message = _("{number} was depreciated since; reverse those runs first.")
        raise AssetState(message.format(number=asset), field="asset")
    movements = list(AssetMovement.objects.filter(event=last).order_by("id"))
    reversal, day = _reversed(actor, last, why)
    event = AssetEvent.objects.create(
        company_id=actor.company_id,
        asset=found,
        kind="undone",
        date=day,
        amount=-last.amount,
        proceeds=-last.proceeds,
        entry_id=reversal,
        terms_id=before.terms_id if before else last.terms_id,
        undoes=last,
        why=why.strip()[:200],
    )
    write_movements(
        actor.company_id,
        [
            Movement(
                each.asset_id, day, each.kind, -each.cost, -each.accumulated, -each.reserve,
                terms_id=each.terms_id, event_id=event.pk, entry_id=reversal,
            )
            for each in movements
        ],
    )  # fmt: skip
    now = after_movements(actor.company_id, [found.pk])
    write_values(actor.company_id, now)
    concerns(f"finance.asset/{found.pk}")
    number = entry_numbers([reversal])[reversal] if reversal else ""
    return AssetChanged(asset=asset, entry=number, book_value=now[0].book_value)


def _last(found: Asset) -> tuple[AssetEvent, AssetEvent | None]:
    """The last event that holds, and the one before it; raises AssetState."""
    held = list(
        AssetEvent.objects.filter(asset=found, undone_by__isnull=True)
        .exclude(kind="undone")
        .order_by("-id")[:2]
    )
    if not held:
        raise AssetState(_("There is nothing to undo."), field="asset")
    if held[0].kind == "used":
        message = _("Put it into use on another day instead.")
        raise AssetState(message, field="asset")
    return held[0], held[1] if len(held) > 1 else None


def _reversed(actor: Actor, last: AssetEvent, why: str) -> tuple[int | None, date]:
    """The reversal of the event's entry, if it has one, and the day of undoing."""
    if last.entry_id is None:
        return None, last.date
    reversal = undo_entries(actor, [last.entry_id], why.strip())[last.entry_id]
    return reversal, Entry.objects.values_list("date", flat=True).get(pk=reversal)
