"""What spreads give to the result through a day: what a run would post."""

from datetime import date
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.calendar import period_end
from kantoor.departments.finance.queries.spreading.standing import Standing, standings
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query


class Due(NamedTuple):
    """What a spread gives to the result."""

    standing: Standing
    amount: int


class SpreadDueRow(msgspec.Struct, frozen=True, kw_only=True):
    """What would be taken off a spread, in minor units."""

    spread: str
    text: str
    kind: str
    account: str
    left: int
    amount: int
    after: int


class SpreadsDue(msgspec.Struct, frozen=True, kw_only=True):
    """What a run through the end of a period would post."""

    on: date
    currency: str
    rows: list[SpreadDueRow]


def due_of(company_id: int, on: date) -> list[Due]:
    """All spreads that give something at the end of a day, in two statements."""
    return [
        Due(each, amount)
        for each in standings(company_id, open_only=True)
        if (amount := each.due(on))
    ]


@query(permission="finance.read_ledger", title=_("What is to be spread"), exposed=True)
def spreads_due(actor: Actor, /, *, on: date) -> SpreadsDue:
    """What a run would post for the period that a day is in; changes nothing."""
    end = period_end(actor.company_id, on)
    codes = {each.id: each.code for each in headings(actor)}
    return SpreadsDue(
        on=end,
        currency=actor.currency,
        rows=[
            SpreadDueRow(
                spread=each.standing.number,
                text=each.standing.text,
                kind=each.standing.kind,
                account=codes[each.standing.result_account_id],
                left=each.standing.left,
                amount=each.amount,
                after=each.standing.left - each.amount,
            )
            for each in due_of(actor.company_id, end)
        ],
    )
