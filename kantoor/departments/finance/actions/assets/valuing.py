"""Value assets anew: impairment, revaluation, and another estimate of life or residual value."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.assets.cases import Case, cases, terms_after
from kantoor.departments.finance.actions.assets.happening import (
    Change,
    Happening,
    reserves,
    write_events,
)
from kantoor.departments.finance.actions.booking import Leg
from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.drafts_assets import AssetChanged
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.queries.accounts import in_words
from kantoor.departments.finance.queries.assets.impaired import impaired
from kantoor.departments.finance.schedules.depreciation import Method, Terms
from kantoor.departments.finance.schedules.slots import month_start
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

PERMISSION = "finance.dispose_asset"
DAY = timedelta(days=1)


@action(permission=PERMISSION, title=_("Impair an asset"))
def impair_asset(
    actor: Actor, /, *, asset: str, date: date, value: int, why: str,
    months_left: int | None = None,
) -> AssetChanged:  # fmt: skip
    """Write an asset down to what it is still worth, in minor units (BW 2:387(4), RJ 121, IAS 36).

    Depreciation goes on from there. A `value` above the book value takes back an earlier
    impairment, as far as there was one (BW 2:387(5)). Raises UnknownAsset, AssetState,
    ClosedPeriod, InvalidInput.
    """
    case = _case(actor, asset, date, why)
    loss = case.book_value - value
    if not loss or value < 0:
        message = _("{number} stands for {value} already; give another value.")
        raise InvalidInput(message.format(number=asset, value=case.book_value), field="value")
    if loss < 0 and -loss > impaired(case.standing.asset_id):
        message = _("Only what was impaired before is taken back; above that it is a revaluation.")
        raise InvalidInput(message, field="value")
    category, dimensions = case.category, case.standing.dimension_set_id
    account = category.impairment_account_id or category.expense_account_id
    residual = min(_terms(case).residual, value)
    return _happen(
        actor,
        case,
        "impaired",
        "impairment",
        Change(accumulated=loss),
        [Leg(account, loss, dimensions), Leg(category.accumulated_account_id, -loss, dimensions)],
        value,
        residual,
        _("impairment"),
        why,
        _end(case, months_left),
    )


@action(permission=PERMISSION, title=_("Revalue an asset"))
def revalue_asset(
    actor: Actor, /, *, asset: str, date: date, value: int, why: str,
    months_left: int | None = None,
) -> AssetChanged:  # fmt: skip
    """Bring an asset to its current value, in minor units, by way of the revaluation reserve.

    What it rises by goes to the reserve, what it falls by is taken from that asset's part of the
    reserve first and then from the result (BW 2:390, RJ 212.4, IAS 16.39-40). Depreciation goes on from there, and
    realises the reserve along with it. Raises UnknownAsset, AssetState, UnknownAccount,
    ClosedPeriod, InvalidInput.
    """
    case = _case(actor, asset, date, why)
    rise = value - case.book_value
    if not rise or value <= 0:
        message = _("{number} stands for {value} already; give another value above nothing.")
        raise InvalidInput(message.format(number=asset, value=case.book_value), field="value")
    category, standing = case.category, case.standing
    reserve = rise if rise > 0 else -min(-rise, standing.reserve)
    loss = reserve - rise  # What the reserve does not bear; nothing when it rises.
    account = category.impairment_account_id or category.expense_account_id
    legs = [
        Leg(category.cost_account_id, rise, standing.dimension_set_id),
        Leg(reserves(actor)[0], -reserve, standing.dimension_set_id),
        Leg(account, loss, standing.dimension_set_id),
    ]
    return _happen(
        actor,
        case,
        "revalued",
        "revaluation",
        Change(cost=rise, reserve=reserve),
        legs,
        value,
        min(_terms(case).residual, value),
        _("revaluation"),
        why,
        _end(case, months_left),
    )


@action(permission=PERMISSION, title=_("Estimate an asset anew"))
def estimate_asset(
    actor: Actor,
    /,
    *,
    asset: str,
    date: date,
    why: str,
    months_left: int | None = None,
    residual: int | None = None,
    method: Method | None = None,
    units_left: Decimal | None = None,
) -> AssetChanged:
    """Change the life, residual value or method of an asset from a day on.

    What is posted stays as it is: a change of estimate is carried forward (RJ 145.301, IAS 8.36,
    IAS 16.51). `months_left` count from the month of the day, `units_left` from the day. Raises
    UnknownAsset, AssetState, InvalidInput.
    """
    case = _case(actor, asset, date, why)
    before = _terms(case)
    if months_left is None and residual is None and method is None and units_left is None:
        raise InvalidInput(_("Say what is estimated anew."), field="months_left")
    if residual is not None and not 0 <= residual <= case.standing.cost:
        message = _("The residual value is between nothing and the cost.")
        raise InvalidInput(message, field="residual")
    if method == "declining" and not before.rate:
        message = _("It has no percentage a year; register it with one.")
        raise InvalidInput(message, field="method")
    units = None
    if units_left is not None:
        units = in_millionths(units_left)
        if units is None or units <= 0:
            raise InvalidInput(_("Give units above nothing."), field="units_left")
    terms = terms_after(
        case,
        case.book_value,
        before.residual if residual is None else residual,
        _end(case, months_left),
        method or "",
        units,
    )
    done = write_events(
        actor,
        [
            Happening(
                case=case, kind="estimated", movement="depreciation", change=Change(),
                terms=terms, text=in_words(actor, _("estimated anew")), why=why,
            )
        ],
    )[0]  # fmt: skip
    return AssetChanged(asset=asset, entry=done.entry, book_value=done.book_value)


def _happen(
    actor: Actor,
    case: Case,
    kind: str,
    movement: str,
    change: Change,
    legs: list[Leg],
    value: int,
    residual: int,
    text: object,
    why: str,
    ends_on: date | None,
) -> AssetChanged:
    happening = Happening(
        case=case,
        kind=kind,
        movement=movement,
        change=change,
        legs=legs,
        terms=terms_after(case, value, residual, ends_on),
        text=f"{case.standing.name}: {in_words(actor, text)}",
        why=why,
    )
    done = write_events(actor, [happening])[0]
    return AssetChanged(asset=case.standing.number, entry=done.entry, book_value=done.book_value)


def _case(actor: Actor, asset: str, on: date, why: str) -> Case:
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    return cases(actor, [asset], on)[0]


def _terms(case: Case) -> Terms:
    assert case.standing.terms is not None
    return case.standing.terms


def _end(case: Case, months_left: int | None) -> date | None:
    """The last day of so many months from that of the event, or None as it was."""
    if months_left is None:
        return None
    if not 1 <= months_left <= 1_200:
        raise InvalidInput(_("Give from 1 to 1,200 months."), field="months_left")
    begins = case.on if _terms(case).convention == "day" else month_start(case.on)
    return months_before(begins, -months_left) - DAY
