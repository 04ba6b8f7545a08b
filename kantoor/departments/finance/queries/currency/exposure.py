"""What is held and owed in foreign currencies on a day, at what it was booked and at the day's rate."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

_CONTROL = ", ".join(f"'{role}'" for role in CONTROL_ROLES)
# Items as they stood on the day: the line, less what had settled it by then on either side.
_ITEMS = f"""
SELECT item.account_id, item.party_id, item.currency, SUM(item.currency_amount
        - COALESCE((SELECT SUM(s.debit_amount) FROM finance_settlement s
            WHERE s.debit_id = item.line_id AND s.date <= %s), 0)
        + COALESCE((SELECT SUM(s.credit_amount) FROM finance_settlement s
            WHERE s.credit_id = item.line_id AND s.date <= %s), 0)),
    SUM(item.amount
        - COALESCE((SELECT SUM(s.amount) FROM finance_settlement s
            WHERE s.debit_id = item.line_id AND s.date <= %s), 0)
        + COALESCE((SELECT SUM(s.amount) FROM finance_settlement s
            WHERE s.credit_id = item.line_id AND s.date <= %s), 0))
FROM finance_open_item item JOIN finance_account account ON account.id = item.account_id
WHERE item.company_id = %s AND account.role IN ({_CONTROL}) AND item.currency <> %s
    AND item.date <= %s
GROUP BY item.account_id, item.party_id, item.currency
"""  # noqa: S608
_MONEY = """
SELECT line.account_id, line.currency, SUM(line.currency_amount), SUM(line.amount)
FROM finance_account account JOIN finance_line line ON line.account_id = account.id
WHERE account.company_id = %s AND account.grouping = 'cash' AND line.date <= %s
GROUP BY line.account_id, line.currency
"""


class Held(NamedTuple):
    """What stands in a foreign currency on an account, of a party where it is kept by party."""

    account_id: int
    party_id: int | None
    currency: str
    said: int
    """In the foreign currency, debit positive."""
    booked: int
    """In the company's currency, as it stands in the books."""


class Exposure(msgspec.Struct, frozen=True, kw_only=True):
    """What an account holds in a currency: `worth` is at the day's rate, none without one.

    `difference` is what a revaluation would post, above zero for a gain.
    """

    account: str
    name: str
    currency: str
    said: int
    booked: int
    worth: int | None
    difference: int | None
    rate: str


def held_on(actor: Actor, on: str) -> list[Held]:
    """Open items by party, and balances of money accounts, in foreign currencies on a day.

    A money account that is kept in a currency may hold the company's own beside it: differences
    of earlier revaluations count with the currency they were of.
    """
    own = actor.currency
    items = fetch(_ITEMS, [on, on, on, on, actor.company_id, own, on])
    found = [
        Held(account, party, currency, int(said), int(booked))
        for account, party, currency, said, booked in items
    ]
    money = fetch(_MONEY, [actor.company_id, on])
    found += [
        Held(account, None, currency, int(said), int(booked))
        for account, currency, said, booked in money
        if currency != own
    ]
    found.sort(key=lambda each: (each.account_id, each.party_id or 0, each.currency))
    return [each for each in found if each.said or each.booked]


@query(permission="finance.read_ledger", title=_("Held in foreign currency"), exposed=True)
def currency_exposure(actor: Actor, /, *, on: date | None = None) -> list[Exposure]:
    """What is held and owed in foreign currencies at the end of a day, by account and currency."""
    day = on or today_of(actor)
    check_span(day, day)
    said = day.isoformat()
    held = held_on(actor, said)
    rates = Rates(actor, [(each.currency, said) for each in held])
    names = {each.id: each for each in headings(actor)}
    groups: dict[tuple[int, str], list[Held]] = {}
    for each in held:
        groups.setdefault((each.account_id, each.currency), []).append(each)
    return [
        _exposure(names[account].code, names[account].name, currency, some, rates, said)
        for (account, currency), some in groups.items()
    ]


def _exposure(
    code: str, name: str, currency: str, some: Sequence[Held], rates: Rates, on: str
) -> Exposure:
    booked = sum(each.booked for each in some)
    rate = rates.find(currency, on)
    worth = sum(rate.to_own(each.said) for each in some) if rate else None
    return Exposure(
        account=code,
        name=name,
        currency=currency,
        said=sum(each.said for each in some),
        booked=booked,
        worth=worth,
        difference=None if worth is None else worth - booked,
        rate=f"{rate.rate.normalize():f}" if rate else "",
    )
