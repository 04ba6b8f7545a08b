"""The trial balance: what each account opened with, moved and closed with."""

from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY, check_span
from kantoor.departments.finance.queries.accounts import Heading, headings, in_words
from kantoor.departments.finance.queries.calendar import year_start
from kantoor.departments.finance.queries.movements import (
    NOTHING,
    Moved,
    Span,
    check_dimension,
    movements,
)
from kantoor.departments.finance.queries.sources import Sources
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query


class TrialRow(msgspec.Struct, frozen=True, kw_only=True):
    """An account's line, in minor units; `opening` and `closing` are debit minus credit.

    The result of fiscal years before `start` that no closing entry took to equity stands in a
    line of its own without a code, of the kind `equity`.
    """

    code: str
    name: str
    kind: str
    group: str
    opening: int
    debit: int
    credit: int
    closing: int
    sources: Sources


class TrialBalance(msgspec.Struct, frozen=True, kw_only=True):
    """Lines in order of code; `debit` and `credit` are the sums of what moved, and equal."""

    currency: str
    start: date | None
    end: date | None
    accounts: list[TrialRow]
    debit: int
    credit: int


@query(permission="finance.read_ledger", title=_("Trial balance"), exposed=True)
def trial_balance(
    actor: Actor,
    /,
    *,
    start: date | None = None,
    end: date | None = None,
    dimension: str = "",
    all_accounts: bool = False,
) -> TrialBalance:
    """What accounts opened with, moved from `start` to `end` (both included), and closed with.

    Without `start` from the first entry, without `end` to the last. Balance sheet accounts open
    with all that was posted before `start`, income and expenses with what was posted in the same
    fiscal year before it. Accounts on which nothing stands or moved are left out, unless
    `all_accounts` asks for them. `dimension` keeps to lines with a value (`cost_centre=100`).
    """
    check_span(start, end)
    check_dimension(dimension)
    spans, year = _spans(actor, start, end)
    moved = movements(actor.company_id, spans, dimension)
    rows = []
    earlier = 0
    for account in headings(actor):
        sums = moved.get(account.id, [NOTHING] * len(spans))
        if len(spans) > 1 and not account.carried:
            earlier += sums[0].net
            sums = [NOTHING, *sums[1:]]
        opening = sum(each.net for each in sums[:-1])
        if all_accounts or opening or sums[-1] != NOTHING:
            sources = Sources(account=account.code, start=start, end=end, dimension=dimension)
            rows.append(_row(account, opening, sums[-1], sources))
    debit, credit = sum(row.debit for row in rows), sum(row.credit for row in rows)
    if earlier:
        rows.append(_earlier_result(actor, earlier, year - DAY, dimension))
    return TrialBalance(
        currency=actor.currency, start=start, end=end, accounts=rows, debit=debit, credit=credit
    )


def _spans(actor: Actor, start: date | None, end: date | None) -> tuple[list[Span], date]:
    """Before the fiscal year of `start`, in it before `start`, and from `start` to `end`."""
    if start is None:
        return [Span(None, end)], date.min
    year = year_start(actor.company_id, start)
    return [Span(None, year - DAY), Span(year, start - DAY), Span(start, end)], year


def _row(account: Heading, opening: int, moved: Moved, sources: Sources) -> TrialRow:
    return TrialRow(
        code=account.code,
        name=account.name,
        kind=account.kind,
        group=account.group,
        opening=opening,
        debit=moved.debit,
        credit=moved.credit,
        closing=opening + moved.net,
        sources=sources,
    )


def _earlier_result(actor: Actor, net: int, end: date, dimension: str) -> TrialRow:
    """The line for what income and expenses of earlier years add up to."""
    return TrialRow(
        code="",
        name=in_words(actor, _("Result of earlier years, not closed")),
        kind="equity",
        group="equity",
        opening=net,
        debit=0,
        credit=0,
        closing=net,
        sources=Sources(statement="profit_and_loss", end=end, dimension=dimension),
    )
