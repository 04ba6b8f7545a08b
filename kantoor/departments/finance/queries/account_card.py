"""One account as a person thinks of it: its balance, and what it moved period by period."""

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.queries.accounts import heading_of
from kantoor.departments.finance.queries.calendar import fiscal_years, last_booked, periods
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements
from kantoor.departments.finance.queries.sources import Sources
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query


class AccountPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """What the account moved in a period, and its balance after it (debit positive)."""

    period: str
    debit: int
    credit: int
    closing: int
    sources: Sources


class AccountCard(msgspec.Struct, frozen=True, kw_only=True):
    """An account in one fiscal year, in minor units of the company's currency."""

    code: str
    name: str
    kind: str
    group: str
    currency: str
    year: str
    opening: int
    closing: int
    periods: list[AccountPeriod]


@query(permission="finance.read_ledger", title=_("Account"), exposed=True)
def account_card(actor: Actor, /, *, account: str, year: str = "") -> AccountCard:
    """An account with its movements by period in a fiscal year, the last one booked in if none.

    Raises UnknownAccount, or NotFound for a year that was never opened.
    """
    heading = heading_of(actor, account)
    years = fiscal_years(actor)
    last = last_booked(actor.company_id)
    chosen = [
        each
        for each in years
        if each.code == year or (not year and last and each.starts_on <= last <= each.ends_on)
    ]
    if year and not chosen:
        raise NotFound(_("There is no fiscal year {year}.").format(year=year), field="year")
    rows = periods(actor, year=chosen[0].code) if chosen else []
    spans = [Span(row.starts_on, row.ends_on) for row in rows]
    if chosen:
        spans.insert(0, Span(None, chosen[0].starts_on - DAY))
    moved = movements(actor.company_id, spans).get(heading.id, [NOTHING] * len(spans))
    opening = moved[0].net if chosen and heading.carried else 0
    closing = opening
    shown = []
    for row, each in zip(rows, moved[1:], strict=True):
        closing += each.net
        sources = Sources(account=account, start=row.starts_on, end=row.ends_on)
        shown.append(
            AccountPeriod(
                period=row.period,
                debit=each.debit,
                credit=each.credit,
                closing=closing,
                sources=sources,
            )
        )
    return AccountCard(
        code=heading.code,
        name=heading.name,
        kind=heading.kind,
        group=heading.group,
        currency=actor.currency,
        year=chosen[0].code if chosen else "",
        opening=opening,
        closing=closing,
        periods=shown,
    )
