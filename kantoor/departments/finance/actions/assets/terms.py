"""The terms that a new asset begins with: what its draft says, else what its category says."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.assets.categories import check_terms
from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.drafts_assets import AssetDraft
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models import AssetCategory, AssetTerms
from kantoor.departments.finance.schedules.depreciation import Convention, Method, last_day
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import half_up


def first_terms(
    draft: AssetDraft, category: AssetCategory, first_month: int, place: int
) -> AssetTerms:
    """The terms of a new asset, without its key; raises InvalidInput for what can't be.

    One that was depreciated in other books goes on the day after, over what is left of its life.
    """
    method: Method = draft.method or category.method  # type: ignore[assignment]
    convention: Convention = draft.convention or category.convention  # type: ignore[assignment]
    life = draft.life_months if draft.life_months is not None else category.life_months
    rate = draft.rate if draft.rate is not None else category.rate
    check_terms(method, life, rate, line=place)
    residual = draft.residual
    if residual is None:
        residual = half_up(Decimal(draft.cost) * category.residual_percentage / 100)
    if not 0 <= residual <= draft.cost:
        message = _("The residual value is between nothing and the cost.")
        raise InvalidInput(message, field="residual", line=place)
    units = draft.units or Decimal(0)
    if method == "units" and (in_millionths(units) is None or units <= 0):
        message = _("Say how many units it will make.")
        raise InvalidInput(message, field="units", line=place)
    begins = draft.in_use_from or draft.acquired_on
    ends_on = last_day(convention, begins, life, first_month)
    base = draft.cost
    if draft.accumulated and draft.depreciated_until:
        base -= draft.accumulated
        begins = max(begins, draft.depreciated_until + DAY)
        convention = "day" if convention == "day" else "month"
        if begins > ends_on and base > residual:
            message = _("Its life ended on {date}, yet it is not depreciated: give a longer life.")
            raise InvalidInput(message.format(date=ends_on), field="life_months", line=place)
    return AssetTerms(
        starts_on=begins,
        ends_on=max(ends_on, begins),
        method=method,
        convention=convention,
        base=base,
        residual=residual,
        rate=rate,  # type: ignore[misc]  # its stubs know no Decimal
        switches=category.switches,
        units=units,
        first_month=first_month,
    )
