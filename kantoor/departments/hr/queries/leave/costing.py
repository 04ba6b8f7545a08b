"""What leave costs by the contracts and holidays of its days, for many requests at once."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kantoor.departments.hr.queries.leave.free import free_days
from kantoor.departments.hr.queries.leave.reckoning.accrual import Span
from kantoor.departments.hr.queries.leave.reckoning.days import Asked, costs, schedule
from kantoor.departments.hr.queries.people.terms import Terms, terms_between

Costed = list[tuple[date, int]]
"""What is taken of each day that costs something, in minutes."""


def spans_of(terms: Sequence[Terms]) -> list[Span]:
    """Terms as the reckoning has them: up to a day that is not of them any more."""
    return [Span(each.start, each.end + timedelta(days=1), each.minutes) for each in terms]


def costs_of(
    company_id: int, asked: Sequence[tuple[int, Asked]]
) -> tuple[list[Costed], Mapping[int, list[Span]]]:
    """What these requests of parties cost, and the contracts by which they do."""
    if not asked:
        return [], {}
    first = min(each.first for _party, each in asked)
    last = max(each.last for _party, each in asked)
    free = free_days(company_id, first, last)
    terms = terms_between(company_id, first, last, {party for party, _each in asked})
    spans = {party: spans_of(some) for party, some in terms.items()}
    found = [
        costs(each, schedule(spans.get(party, ()), each.first, each.last, free))
        for party, each in asked
    ]
    return found, spans


def days_employed(spans: Sequence[Span], first: date, last: date) -> int:
    """How many of the days from one up to and with another are under a contract."""
    until = last + timedelta(days=1)
    days = [(min(span.until, until) - max(span.first, first)).days for span in spans]
    return sum(each for each in days if each > 0)
