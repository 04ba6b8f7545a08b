"""Revenue month by month, from the balances that are kept: cheap, however many invoices."""

from datetime import date, timedelta

import msgspec

from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.calendar import last_booked
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements
from kantoor.kernel.actors.actor import Actor


class MonthRevenue(msgspec.Struct, frozen=True):
    """What was sold in a month, net of tax and of credit notes, in minor units."""

    start: date
    net: int


def revenue_by_month(actor: Actor, months: int = 12) -> list[MonthRevenue]:
    """The last months until the last that was booked in, the latest last; none without a booking."""
    last = last_booked(actor.company_id)
    if last is None:
        return []
    starts = [months_before(last.replace(day=1), back) for back in range(months - 1, -1, -1)]
    spans = [Span(start, months_before(start, -1) - timedelta(days=1)) for start in starts]
    moved = movements(actor.company_id, spans)
    closing = closing_entries(actor.company_id, spans)
    sums = [0] * months
    for account in headings(actor):
        if account.group == "revenue" and account.id in moved:
            closed = closing.get(account.id, [NOTHING] * months)
            sums = [
                sum_ - each.net + taken.net
                for sum_, each, taken in zip(sums, moved[account.id], closed, strict=True)
            ]
    return [MonthRevenue(start, net) for start, net in zip(starts, sums, strict=True)]
