"""An asset that something is done to: where it stands, its category, and terms that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.errors import AssetState, UnknownAsset
from kantoor.departments.finance.models import AssetCategory, AssetTerms
from kantoor.departments.finance.queries.assets.standing import (
    Standing,
    standings_of,
    used_until,
)
from kantoor.departments.finance.queries.calendar import period_end, period_start
from kantoor.departments.finance.schedules.slots import month_start
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import SCALE
from kantoor.kernel.queries import scoped

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """An asset on the day of an event: depreciated through the period before, `partial` is due.

    `partial` is what it lost in the days of the event's own period, where days count.
    """

    standing: Standing
    category: AssetCategory
    on: date
    partial: int
    used: int

    @property
    def book_value(self) -> int:
        """What it stands for just before the event."""
        return self.standing.book_value - self.partial


def cases(actor: Actor, numbers: Sequence[str], on: date) -> list[Case]:
    """The assets by their numbers, ready for an event on a day; nobody else changes them now.

    Raises UnknownAsset, and AssetState for one that is disposed of, was depreciated beyond the
    period of the day, or not yet through the period before it.
    """
    company_id = actor.company_id
    lock_company(company_id)
    found = standings_of(company_id, numbers)
    categories = {each.pk: each for each in scoped(actor, AssetCategory)}
    first, last = period_start(company_id, on), period_end(company_id, on)
    before, until, whole = (used_until(company_id, day) for day in (first - DAY, on - DAY, last))
    made = []
    for place, number in enumerate(numbers, 1):
        if number not in found:
            message = _("There is no asset “{number}”.").format(number=number[:20])
            raise UnknownAsset(message, field="asset", line=place)
        standing = found[number]
        key = standing.asset_id
        _check(standing, on, last, standing.due(first - DAY, before.get(key, 0)), place)
        posted = standing.until is not None and standing.until >= on
        used = (whole if posted else until).get(key, 0)
        category = categories[standing.category_id]
        made.append(Case(standing, category, on, standing.due(on - DAY, used), used))
    return made


def _check(standing: Standing, on: date, last: date, behind: int, place: int) -> None:
    if standing.disposed_on:
        message = _("{number} was disposed of on {date}.")
        raise AssetState(
            message.format(number=standing.number, date=standing.disposed_on),
            field="asset", line=place,
        )  # fmt: skip
    if standing.until and standing.until > last:
        message = _("{number} was depreciated through {date}; reverse those runs first.")
        raise AssetState(
            message.format(number=standing.number, date=standing.until), field="date", line=place
        )
    if behind:
        message = _("{number} was not depreciated yet through the period before {date}; do that first.")  # fmt: skip
        raise AssetState(message.format(number=standing.number, date=on), field="date", line=place)


def terms_after(
    case: Case,
    base: int,
    residual: int,
    ends_on: date | None = None,
    method: str = "",
    units: int | None = None,
) -> AssetTerms:
    """Terms that go on from an event with another book value, residual value or end.

    What is posted stays: they begin where depreciation ended. Raises AssetState when there is
    something to depreciate and no time left for it.
    """
    standing, before = case.standing, case.standing.terms
    assert before is not None
    convention = "day" if before.convention == "day" else "month"
    kind = method or before.method
    starts_on = case.on if convention == "day" or kind == "units" else month_start(case.on)
    if standing.until:
        starts_on = max(starts_on, standing.until + DAY)
    starts_on = max(starts_on, before.starts_on)
    end = ends_on or before.ends_on
    if starts_on <= before.starts_on and not standing.depreciated and not case.partial:
        convention = before.convention  # Nothing was depreciated: the first year still counts so.
    if kind in ("straight", "declining") and base > residual and end < starts_on:
        message = _("The life of {number} is over; say how many months are left.")
        raise AssetState(message.format(number=standing.number), field="months_left")
    left = units if units is not None else max(0, before.units - case.used)
    if kind == "units" and base > residual and not left:
        message = _("{number} made all its units; say how many are left.")
        raise AssetState(message.format(number=standing.number), field="units_left")
    return AssetTerms(
        asset_id=standing.asset_id,
        starts_on=starts_on,
        ends_on=max(end, starts_on),
        method=kind,
        convention=convention,
        base=base,
        residual=residual,
        rate=exact(before.rate),  # type: ignore[misc]  # its stubs know no Decimal
        switches=before.switch,
        units=exact(left),
        first_month=before.first_month,
    )


def exact(value: int) -> Decimal:
    """Millionths as the number they are."""
    return Decimal(value).scaleb(-SCALE)
