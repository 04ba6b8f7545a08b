"""One period as a person closes it: what was booked in it, and what it came to."""

from datetime import date

import msgspec
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import Entry, Period
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query, scoped


class JournalCount(msgspec.Struct, frozen=True):
    """How many entries a journal has in the period."""

    journal: str
    entries: int


class PeriodCard(msgspec.Struct, frozen=True, kw_only=True):
    """A period with what was booked in it, in minor units; income is positive, so is a profit."""

    id: int
    period: str
    year: str
    starts_on: date
    ends_on: date
    state: str
    remark: str
    journals: list[JournalCount]
    entries: int
    income: int
    expenses: int

    @property
    def result(self) -> int:
        """What is left of the income."""
        return self.income - self.expenses


@query(permission="finance.read_ledger", title=_("Period"))
def period_card(actor: Actor, /, *, period: str) -> PeriodCard:
    """A period by its name (`2011-03`). Raises NotFound."""
    year, _dash, number = period.rpartition("-")
    found = None
    if number.isascii() and number.isdigit() and len(number) < 4:
        wanted = scoped(actor, Period).select_related("year")
        found = wanted.filter(year__code=year, number=int(number)).first()
    if found is None:
        raise NotFound(_("There is no period {period}.").format(period=period[:20]))
    counted = (
        Entry.objects.filter(period=found)
        .values_list("journal__code")
        .annotate(n=Count("pk"))
        .order_by("journal__code")
    )
    journals = [JournalCount(code, n) for code, n in counted]
    spans = [Span(found.starts_on, found.ends_on)]
    moved = movements(actor.company_id, spans)
    closing = closing_entries(actor.company_id, spans)
    sums = {"income": 0, "expense": 0}
    for account in headings(actor):
        if account.kind in sums:
            # What closed the year would leave its last period without a result.
            closed = closing.get(account.id, [NOTHING])[0].net
            sums[account.kind] += moved.get(account.id, [NOTHING])[0].net - closed
    return PeriodCard(
        id=found.pk,
        period=str(found),
        year=found.year.code,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        state=found.state,
        remark=found.remark,
        journals=journals,
        entries=sum(each.entries for each in journals),
        income=-sums["income"],
        expenses=sums["expense"],
    )
