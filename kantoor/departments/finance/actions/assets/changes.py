"""Say more of assets: what they are called, where they stand, from when they are used."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.assets.cases import exact
from kantoor.departments.finance.actions.assets.writing import write_values
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import required_name
from kantoor.departments.finance.dates import EARLIEST, LATEST, out_of_range
from kantoor.departments.finance.errors import AssetState, UnknownAsset
from kantoor.departments.finance.models import Asset, AssetEvent, AssetTerms
from kantoor.departments.finance.queries.assets.standing import standings_of
from kantoor.departments.finance.schedules.depreciation import last_day
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

PERMISSION = "finance.manage_assets"


@action(permission=PERMISSION, title=_("Describe an asset"))
def describe_asset(
    actor: Actor,
    /,
    *,
    asset: str,
    name: str,
    serial: str = "",
    location: str = "",
    remark: str = "",
) -> None:
    """Say what an asset is called, its serial number and where it stands. Raises UnknownAsset."""
    found = known_asset(actor, asset)
    found.name = required_name(name, "name")
    found.serial, found.location, found.remark = serial, location, remark
    found.save()
    concerns(f"finance.asset/{found.pk}")


@action(permission=PERMISSION, title=_("Put an asset into use"))
def use_asset(actor: Actor, /, *, asset: str, in_use_from: date) -> None:
    """Say from which day an asset is used, and so depreciated over the life it was given.

    Only while nothing of it is depreciated. Raises UnknownAsset, AssetState.
    """
    lock_company(actor.company_id)
    found = known_asset(actor, asset)
    standing = standings_of(actor.company_id, [asset])[asset]
    if not EARLIEST <= in_use_from.year <= LATEST:
        raise out_of_range(in_use_from.isoformat(), field="in_use_from")
    if standing.disposed_on or standing.until or standing.terms is None:
        message = _("{number} is depreciated or disposed of already.").format(number=asset)
        raise AssetState(message, field="asset")
    if in_use_from < found.acquired_on:
        words = _("{number} was acquired on {date}; it can't be used before that.")
        raise AssetState(words.format(number=asset, date=found.acquired_on), field="in_use_from")
    terms, begun = standing.terms, found.in_use_from or found.acquired_on
    months = _months(terms.convention, begun, terms.ends_on, terms.first_month)
    row = AssetTerms.objects.create(
        asset=found,
        starts_on=in_use_from,
        ends_on=last_day(terms.convention, in_use_from, months, terms.first_month),
        method=terms.method,
        convention=terms.convention,
        base=terms.base,
        residual=terms.residual,
        rate=exact(terms.rate),  # type: ignore[misc]  # its stubs know no Decimal
        switches=terms.switch,
        units=exact(terms.units),
        first_month=terms.first_month,
    )
    AssetEvent.objects.create(
        company_id=actor.company_id,
        asset=found,
        kind="used",
        date=in_use_from,
        amount=0,
        proceeds=0,
        terms=row,
        why="",
    )
    found.in_use_from = in_use_from
    found.save()
    write_values(actor.company_id, [standing._replace(terms_id=row.pk)])
    concerns(f"finance.asset/{found.pk}")


def _months(convention: str, begun: date, ends_on: date, first_month: int) -> int:
    """The life in months of which this was the last day."""
    months = 1
    while last_day(convention, begun, months, first_month) < ends_on:  # type: ignore[arg-type]
        months += 1
    return months


def known_asset(actor: Actor, number: str) -> Asset:
    """The asset with a number; raises UnknownAsset."""
    found = scoped(actor, Asset).filter(number=number).first()
    if found is None:
        message = _("There is no asset “{number}”.").format(number=number[:20])
        raise UnknownAsset(message, field="asset")
    return found
