"""How the periods of last year weighed: what a budget is spread by that follows last year."""

from collections.abc import Collection
from itertools import pairwise

from kantoor.departments.finance.dates import DAY, months_before
from kantoor.departments.finance.models import FiscalYear, Period
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements


def last_year_weights(
    company_id: int, year: FiscalYear, accounts: Collection[int]
) -> dict[int, list[int]]:
    """What accounts moved (debit positive) a year before each period of a year."""
    starts = list(
        Period.objects.filter(year=year).order_by("number").values_list("starts_on", flat=True)
    )
    edges = [months_before(day, 12) for day in (*starts, year.ends_on + DAY)]
    spans = [Span(first, after - DAY) for first, after in pairwise(edges)]
    moved = movements(company_id, spans)
    return {key: [each.net for each in moved.get(key, [NOTHING] * len(spans))] for key in accounts}
