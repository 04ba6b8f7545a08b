"""Register fixed assets: from a posted line, against an account, or as the books hold them already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.assets.sources import Sources
from kantoor.departments.finance.actions.assets.terms import first_terms
from kantoor.departments.finance.actions.assets.writing import (
    Movement,
    write_movements,
    write_values,
)
from kantoor.departments.finance.actions.booking import Booking, Leg, book
from kantoor.departments.finance.actions.periods import Calendar, lock_company
from kantoor.departments.finance.codes import required_name
from kantoor.departments.finance.dates import EARLIEST, LATEST, out_of_range
from kantoor.departments.finance.drafts_assets import AssetDraft, Registered
from kantoor.departments.finance.models import Asset, AssetCategory, AssetEvent, AssetTerms
from kantoor.departments.finance.queries.assets.fiscal import beyond_the_law
from kantoor.departments.finance.queries.assets.standing import Standing
from kantoor.departments.finance.queries.calendar import year_start
from kantoor.departments.finance.schedules.depreciation import Convention, Method
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.money import LARGEST
from kantoor.kernel.numbering.numbers import take_numbers

PERMISSION = "finance.manage_assets"
MOST = 5_000
SERIES = "finance.asset"


@dataclass
class _New:
    """An asset that is being registered."""

    draft: AssetDraft
    asset: Asset
    category: AssetCategory
    terms: AssetTerms
    place: int
    event: AssetEvent = field(default_factory=AssetEvent)


@action(permission=PERMISSION, title=_("Register assets"), bulk_of="finance.register_asset")
def register_assets(actor: Actor, /, *, assets: Sequence[AssetDraft]) -> Registered:
    """Register fixed assets, all or none; gives their numbers, without gaps in the company.

    An asset is booked from the account of a posted line or of `contra` to that of its category;
    not at all where the line stands on it already, or where neither is given: then the books hold
    it. Raises UnknownAsset for a category, UnknownAccount, NotFound for an entry, TooMuch when a
    line is registered for more than its amount, ClosedPeriod, InvalidInput; several at once as
    Refusals. `line` is the place among those given.
    """
    if not 0 < len(assets) <= MOST:
        message = _("Name 1 to {most} assets.").format(most=MOST)
        raise InvalidInput(message, field="assets")
    lock_company(actor.company_id)
    sources = Sources(actor, assets)
    first_month = year_start(actor.company_id, assets[0].acquired_on).month
    errors: list[DomainError] = []
    fresh = []
    for place, draft in enumerate(assets, 1):
        try:
            fresh.append(_fresh(actor, sources, draft, first_month, place))
        except DomainError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    _write(actor, sources, fresh)
    if len(fresh) == 1:
        concerns(f"finance.asset/{fresh[0].asset.pk}")
    return Registered(
        numbers=[each.asset.number for each in fresh],
        cost=sum(each.draft.cost for each in fresh),
        warnings=[warning for each in fresh if (warning := _warning(actor, each))],
    )


@action(permission=PERMISSION, title=_("Register an asset"))
def register_asset(
    actor: Actor,
    /,
    *,
    name: str,
    category: str,
    cost: int,
    acquired_on: date,
    in_use_from: date | None = None,
    entry: str = "",
    line: int | None = None,
    contra: str = "",
    accumulated: int = 0,
    depreciated_until: date | None = None,
    part_of: str = "",
    supplier: str = "",
    serial: str = "",
    location: str = "",
    dimensions: Mapping[str, str] | None = None,
    method: Method | None = None,
    convention: Convention | None = None,
    life_months: int | None = None,
    residual: int | None = None,
    rate: Decimal | None = None,
    units: Decimal | None = None,
    remark: str = "",
) -> Registered:
    """Register one fixed asset. Raises what `register_assets` raises."""
    draft = AssetDraft(
        name=name, category=category, cost=cost, acquired_on=acquired_on,
        in_use_from=in_use_from, entry=entry, line=line, contra=contra, accumulated=accumulated,
        depreciated_until=depreciated_until, part_of=part_of, supplier=supplier, serial=serial,
        location=location, dimensions=dimensions or {}, method=method, convention=convention,
        life_months=life_months, residual=residual, rate=rate, units=units, remark=remark,
    )  # fmt: skip
    return register_assets(actor, assets=[draft])


def _warning(actor: Actor, each: _New) -> str:
    law = beyond_the_law(actor.country, each.category.fiscal, each.terms.reckoned, each.draft.cost)
    return f"{each.asset.number}: {law}" if law else ""


def _fresh(actor: Actor, sources: Sources, draft: AssetDraft, first_month: int, place: int) -> _New:
    """The rows of an asset, not yet written; raises what is wrong with its draft."""
    name = required_name(draft.name, "name", place)
    category = sources.category(draft.category, place)
    if not 0 < draft.cost <= LARGEST:
        raise InvalidInput(_("An asset costs more than nothing."), field="cost", line=place)
    for label, day in (("acquired_on", draft.acquired_on), ("in_use_from", draft.in_use_from)):
        if day and not EARLIEST <= day.year <= LATEST:
            raise out_of_range(day.isoformat(), field=label, line=place)
    if draft.accumulated and not (0 < draft.accumulated <= draft.cost and draft.depreciated_until):
        message = _("Say through which day it was depreciated, and by no more than its cost.")
        raise InvalidInput(message, field="accumulated", line=place)
    if draft.accumulated and (draft.contra or draft.entry):
        message = _("What was depreciated before is for assets that the books hold already.")
        raise InvalidInput(message, field="accumulated", line=place)
    source = sources.line(draft, place)
    asset = Asset(
        company_id=actor.company_id,
        name=name,
        category=category,
        part_of_id=sources.whole(draft.part_of, place),
        supplier_id=sources.supplier(draft.supplier, place)
        or (source.party_id if source else None),
        serial=draft.serial,
        location=draft.location,
        dimension_set_id=sources.dimension_set(draft, place)
        or (source.dimension_set_id if source else 0),
        acquired_on=draft.acquired_on,
        in_use_from=draft.in_use_from,
        line_id=source.line_id if source else None,
        origin=source.origin if source else "",
        remark=draft.remark,
    )
    return _New(draft, asset, category, first_terms(draft, category, first_month, place), place)


def _write(actor: Actor, sources: Sources, fresh: Sequence[_New]) -> None:
    company_id = actor.company_id
    first = take_numbers(f"{SERIES}/{company_id}", len(fresh))
    for number, each in enumerate(fresh, first):
        each.asset.number = f"A{number:05}"
    Asset.objects.bulk_create([each.asset for each in fresh])
    for each in fresh:
        each.terms.asset_id = each.asset.pk
    AssetTerms.objects.bulk_create([each.terms for each in fresh])
    entries = book(actor, [_booking(sources, each) for each in fresh], Calendar(actor))
    for each, entry in zip(fresh, entries, strict=True):
        each.event = AssetEvent(
            company_id=company_id,
            asset=each.asset,
            kind="acquired",
            date=each.draft.acquired_on,
            amount=each.draft.cost - each.draft.accumulated,
            proceeds=0,
            entry_id=entry,
            terms=each.terms,
            why="",
        )
    AssetEvent.objects.bulk_create([each.event for each in fresh])
    write_movements(company_id, [made for each in fresh for made in _movements(each)])
    write_values(company_id, [_standing(each) for each in fresh])


def _booking(sources: Sources, each: _New) -> Booking:
    """From the account of the line or of the contra account to that of the category."""
    origin = f"finance.asset/{each.asset.pk}"
    legs: list[Leg] = []
    if (contra := sources.contra(each.draft, each.place)) is not None:
        cost = each.draft.cost
        cost_account, dimensions = each.category.cost_account_id, each.asset.dimension_set_id
        if contra.account_id != cost_account:
            legs = [
                Leg(cost_account, cost, dimensions),
                Leg(contra.account_id, -cost, contra.dimension_set_id, contra.party_id),
            ]
    text = f"{each.asset.number} {each.asset.name}"
    return Booking(each.draft.acquired_on, text, origin, legs)


def _movements(each: _New) -> list[Movement]:
    draft, entry = each.draft, each.event.entry_id
    key, event = each.asset.pk, each.event.pk
    found = [
        Movement(
            key, draft.acquired_on, "acquisition", cost=draft.cost, event_id=event, entry_id=entry
        )
    ]
    if draft.accumulated and draft.depreciated_until:
        # Of other books: it counts as depreciation, but under no terms of ours.
        found.append(
            Movement(
                key,
                draft.depreciated_until,
                "depreciation",
                accumulated=draft.accumulated,
                until=draft.depreciated_until,
                event_id=event,
            )
        )
    return found


def _standing(each: _New) -> Standing:
    return Standing(
        asset_id=each.asset.pk,
        number=each.asset.number,
        name=each.asset.name,
        category_id=each.category.pk,
        dimension_set_id=each.asset.dimension_set_id,
        in_use_from=each.asset.in_use_from,
        terms_id=each.terms.pk,
        cost=each.draft.cost,
        accumulated=each.draft.accumulated,
        reserve=0,
        depreciated=0,
        until=each.draft.depreciated_until if each.draft.accumulated else None,
        disposed_on=None,
        terms=None,
    )
