"""Dispose of assets in whole or in part, replace a component, and undo the last that was done."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.assets.cases import Case, cases, terms_after
from kantoor.departments.finance.actions.assets.happening import (
    Change,
    Happening,
    release_legs,
    write_events,
)
from kantoor.departments.finance.actions.assets.register import register_assets
from kantoor.departments.finance.actions.booking import Leg
from kantoor.departments.finance.drafts_assets import AssetChanged, AssetDraft, Registered
from kantoor.departments.finance.models import Asset
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.departments.finance.queries.account_keys import keys_of_accounts
from kantoor.departments.finance.queries.accounts import in_words
from kantoor.departments.finance.queries.assets.due import released
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import half_up_ratio

PERMISSION = "finance.dispose_asset"


@action(permission=PERMISSION, title=_("Scrap assets"), bulk_of="finance.dispose_asset")
def scrap_assets(
    actor: Actor, /, *, assets: Sequence[str], date: date, why: str
) -> list[AssetChanged]:
    """Dispose of assets that bring nothing, all or none: their book value is a loss.

    Raises UnknownAsset, AssetState, ClosedPeriod, UnknownAccount, InvalidInput.
    """
    _said(why)
    if not assets or len(set(assets)) != len(assets):
        raise InvalidInput(_("Name each asset once."), field="assets")
    found = [
        _gone(actor, case, case.standing.cost, 0, None, why) for case in cases(actor, assets, date)
    ]
    return _disposed(actor, found)


@action(permission=PERMISSION, title=_("Dispose of an asset"))
def dispose_asset(
    actor: Actor,
    /,
    *,
    asset: str,
    date: date,
    why: str,
    proceeds: int = 0,
    account: str = "",
    cost: int | None = None,
) -> AssetChanged:
    """Sell or scrap an asset, or a part of it; the difference to its book value is gain or loss.

    `proceeds` in minor units without VAT stand on `account`: the bank, or the revenue account of
    the invoice it was sold with. `cost` is the part of the cost that goes, all of it when empty;
    depreciation and revaluation reserve go along with it, rounded half up. Raises UnknownAsset,
    AssetState, ClosedPeriod, UnknownAccount, InvalidInput.
    """
    _said(why)
    if proceeds < 0 or (proceeds and not account):
        message = _("Say on which account the proceeds stand; they are not below nothing.")
        raise InvalidInput(message, field="account" if proceeds > 0 else "proceeds")
    key = None
    if proceeds:
        key, role = keys_of_accounts(actor.company_id, [account])[account]
        if role in CONTROL_ROLES:
            message = _("Account {code} is kept item by item; name the account of the invoice.")
            raise InvalidInput(message.format(code=account), field="account")
    case = cases(actor, [asset], date)[0]
    part = case.standing.cost if cost is None else cost
    if not 0 < part <= case.standing.cost:
        message = _("The part is above nothing, and at most the cost of {cost} minor units.")
        raise InvalidInput(message.format(cost=case.standing.cost), field="cost")
    return _disposed(actor, [_gone(actor, case, part, proceeds, key, why)])[0]


@action(permission=PERMISSION, title=_("Replace a component"))
def replace_component(
    actor: Actor, /, *, asset: str, date: date, why: str, new: AssetDraft
) -> Registered:
    """Dispose of a component for nothing and register the new one in its place (IAS 16.13, 70).

    The new one is part of the same asset. Raises what `dispose_asset` and `register_asset` raise.
    """
    whole = (
        Asset.objects.filter(company_id=actor.company_id, number=asset)
        .values_list("part_of__number", flat=True)
        .first()
    )
    dispose_asset(actor, asset=asset, date=date, why=why)
    return register_assets(actor, assets=[msgspec.structs.replace(new, part_of=whole or "")])


def _said(why: str) -> None:
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")


def _gone(
    actor: Actor, case: Case, part: int, proceeds: int, account: int | None, why: str
) -> Happening:
    """The disposal of a part of the cost, with the depreciation that belongs to it."""
    standing, category = case.standing, case.category
    dimensions = standing.dimension_set_id
    before = standing.accumulated + case.partial
    held = standing.reserve - released(standing, case.partial)
    accumulated = half_up_ratio(before * part, standing.cost)
    reserve = half_up_ratio(held * part, standing.cost)
    result = proceeds - (part - accumulated)
    legs = [
        Leg(category.cost_account_id, -part, dimensions),
        Leg(category.accumulated_account_id, accumulated, dimensions),
        Leg(_result_account(actor, case), -result, dimensions),
        *release_legs(actor, reserve, dimensions),
    ]
    if account is not None:
        legs.append(Leg(account, proceeds, dimensions))
    terms = None
    if part < standing.cost and standing.terms is not None:
        rest = standing.cost - part
        residual = half_up_ratio(standing.terms.residual * rest, standing.cost)
        terms = terms_after(case, rest - (before - accumulated), residual)
    return Happening(
        case=case,
        kind="disposed",
        movement="disposal",
        change=Change(-part, -accumulated, -reserve),
        legs=legs,
        terms=terms,
        proceeds=proceeds,
        text=f"{standing.name}: {in_words(actor, _('disposal'))}",
        why=why,
    )


def _result_account(actor: Actor, case: Case) -> int:
    if case.category.disposal_account_id:
        return case.category.disposal_account_id
    return account_with_role(accounts_by_role(actor.company_id), "disposal_result")


def _disposed(actor: Actor, happenings: Sequence[Happening]) -> list[AssetChanged]:
    return [
        AssetChanged(
            asset=each.case.standing.number,
            entry=done.entry,
            book_value=done.book_value,
            result=each.proceeds + each.change.cost - each.change.accumulated,
        )
        for each, done in zip(happenings, write_events(actor, happenings), strict=True)
    ]
