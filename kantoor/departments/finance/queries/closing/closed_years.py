"""Which fiscal years are closed, and what income and expenses they still hold."""

from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import FiscalYear, YearClose
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.movements import Span, movements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class YearState(msgspec.Struct, frozen=True, kw_only=True):
    """A fiscal year: `result` is what income and expenses still hold, no longer once closed.

    `closed_result` is what the closing took to equity.
    """

    code: str
    starts_on: date
    ends_on: date
    closed: bool
    result: int
    closed_result: int | None


def live_closes(company_id: int) -> dict[int, YearClose]:
    """The closes that stand, by the key of their year."""
    found = YearClose.objects.filter(company_id=company_id, reopening=None)
    return {each.year_id: each for each in found}


def results_held(actor: Actor, years: list[FiscalYear]) -> dict[int, dict[int, int]]:
    """What each income and expense account moved in each year, debit positive, if anything.

    From the balances that are kept by period, whatever the number of lines.
    """
    spans = [Span(each.starts_on, each.ends_on) for each in years]
    moved = movements(actor.company_id, spans)
    accounts = [each.id for each in headings(actor) if not each.carried and each.id in moved]
    return {
        year.pk: {key: moved[key][place].net for key in accounts if moved[key][place].net}
        for place, year in enumerate(years)
    }


@query(permission="finance.read_ledger", title=_("Closed years"), exposed=True)
def year_states(actor: Actor, /) -> list[YearState]:
    """The fiscal years, latest first, with whether each is closed and what result it holds."""
    years = list(scoped(actor, FiscalYear).order_by("-starts_on"))
    closes = live_closes(actor.company_id)
    held = results_held(actor, years)
    return [
        YearState(
            code=each.code,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            closed=each.pk in closes,
            result=-sum(held[each.pk].values()),
            closed_result=closes[each.pk].result if each.pk in closes else None,
        )
        for each in years
    ]
