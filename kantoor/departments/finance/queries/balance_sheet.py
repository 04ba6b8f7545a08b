"""The balance sheet: what the company has and owes on a day.

Income and expenses that no closing entry took to equity stand in equity as two lines of their
own: the result for the fiscal year so far, and that of earlier years. So the sheet balances on
every day, closed years or not (docs/decisions/0010).
"""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY, check_span
from kantoor.departments.finance.queries.accounts import Heading, headings, in_words
from kantoor.departments.finance.queries.calendar import last_booked, year_start
from kantoor.departments.finance.queries.movements import Moved, Span, movements
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.queries.statement_rows import (
    Amounts,
    StatementGroup,
    StatementLine,
    build,
)
from kantoor.departments.finance.reference import layout
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query


class BalanceSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts in minor units: assets debit positive, equity and liabilities credit positive."""

    currency: str
    on: date
    compare_on: date | None
    groups: list[StatementGroup]
    assets: int
    equity_and_liabilities: int
    previous_assets: int | None
    previous_equity_and_liabilities: int | None


@query(permission="finance.read_ledger", title=_("Balance sheet"), exposed=True)
def balance_sheet(
    actor: Actor, /, *, on: date | None = None, compare_on: date | None = None
) -> BalanceSheet:
    """What the company has, owes and is worth at the end of a day.

    Without `on` after the last entry; `compare_on` gives the amounts of another day beside them.
    """
    on = on or last_booked(actor.company_id) or timezone.localdate()
    check_span(on, on)
    check_span(compare_on, compare_on)
    days = [on] if compare_on is None else [on, compare_on]
    starts = [year_start(actor.company_id, day) for day in days]
    spans = [
        span
        for day, start in zip(days, starts, strict=True)
        for span in (Span(None, start - DAY), Span(start, day))
    ]
    moved = movements(actor.company_id, spans)
    accounts = headings(actor)
    groups = build(
        actor,
        layout.on(layout.Statement.BALANCE_SHEET),
        accounts,
        _amounts(accounts, moved),
        lambda group, account: Sources(group=group, account=account, end=on),
        {"equity": _results(actor, accounts, moved, starts[0], on)},
        (0, None if compare_on is None else 0),
    )
    totals = {side: _total(groups, side) for side in ("assets", "equity_and_liabilities")}
    return BalanceSheet(
        currency=actor.currency,
        on=on,
        compare_on=compare_on,
        groups=groups,
        assets=totals["assets"][0],
        equity_and_liabilities=totals["equity_and_liabilities"][0],
        previous_assets=totals["assets"][1],
        previous_equity_and_liabilities=totals["equity_and_liabilities"][1],
    )


def _amounts(accounts: Sequence[Heading], moved: Mapping[int, list[Moved]]) -> dict[int, Amounts]:
    amounts: dict[int, Amounts] = {}
    for account in accounts:
        if not account.carried or account.id not in moved:
            continue
        sign = 1 if layout.group(account.group).side is layout.Side.ASSETS else -1
        sums = [each.net for each in moved[account.id]]
        previous = sign * (sums[2] + sums[3]) if len(sums) > 2 else None
        amounts[account.id] = sign * (sums[0] + sums[1]), previous
    return amounts


def _results(
    actor: Actor,
    accounts: Sequence[Heading],
    moved: Mapping[int, list[Moved]],
    start: date,
    on: date,
) -> list[StatementLine]:
    """What income and expenses add up to: of earlier years, and of this year so far."""
    sums = [
        moved[account.id] for account in accounts if not account.carried and account.id in moved
    ]
    count = max((len(each) for each in sums), default=2)
    results = [-sum((each[n].net for each in sums), start=0) for n in range(count)]
    named = (
        (_("Result of earlier years, not closed"), Span(None, start - DAY)),
        (_("Result for the year"), Span(start, on)),
    )
    lines = []
    for place, (name, span) in enumerate(named):
        amount, previous = results[place], results[place + 2] if count > 2 else None
        if amount or previous:
            sources = Sources(statement="profit_and_loss", start=span.start, end=span.end)
            lines.append(
                StatementLine(
                    code="",
                    name=in_words(actor, name),
                    amount=amount,
                    previous=previous,
                    sources=sources,
                )
            )
    return lines


def _total(groups: Sequence[StatementGroup], side: str) -> Amounts:
    mine = [group for group in groups if group.side == side]
    previous = [group.previous for group in mine if group.previous is not None]
    return sum(group.amount for group in mine), sum(previous) if previous else None
