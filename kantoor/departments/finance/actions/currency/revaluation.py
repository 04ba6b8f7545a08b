"""Revalue what is held and owed in foreign currency at a day's rate, and take that back the day after.

The differences are unrealised: the entry of the day is reversed on the next, so that what is
realised later is counted once, from the rate at which it was booked. Doing it again for the same
day posts only what changed since, so it may be done as often as one likes.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.opposite import opposite_lines
from kantoor.departments.finance.actions.periods import Calendar, lock_company
from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.drafts_currency import Revalued
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.departments.finance.queries.currency.exposure import Held, held_on
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor

ORIGIN = "finance.revaluation/"


@action(permission="finance.revalue", title=_("Revalue foreign currency"))
def revalue(actor: Actor, /, *, on: date) -> Revalued:
    """Bring open items and money accounts in foreign currency to the rate of a day.

    One entry with a line for each account, party and currency that differs, against exchange
    differences, and its reversal on the day after. Raises MissingRate for a currency without a
    rate of the day, ClosedPeriod for either day.
    """
    # Two who revalue the same day at once would both post the difference.
    lock_company(actor.company_id)
    calendar = Calendar(actor)
    day, after = on.isoformat(), (on + DAY).isoformat()
    calendar.place(day)
    calendar.place(after)
    held = held_on(actor, day)
    rates = Rates(actor, [(each.currency, day) for each in held])
    found = [(each, rates.on(each.currency, day).to_own(each.said) - each.booked) for each in held]
    differing = [(each, gain) for each, gain in found if gain]
    if not differing:
        return Revalued(date=on, entry="", reversal="", positions=len(held), gain=0, loss=0)
    journal = journal_of_kind(actor.company_id, "general")
    text = str(_("Revaluation of foreign currency on {date}").format(date=day))
    lines = _lines(actor, differing)
    entry = ReadyEntry(journal, day, text, "", f"{ORIGIN}{day}", None, lines)
    key = write_entries(actor, [entry], (), calendar).keys[0]
    back = str(_("Reversal of {number}").format(number=entry_numbers([key])[key]))
    opposite = opposite_lines([key])[key]
    reversal = ReadyEntry(journal, after, back, "", f"{ORIGIN}{day}", key, opposite)
    undone = write_entries(actor, [reversal], (), calendar).keys[0]
    numbers = entry_numbers([key, undone])
    return Revalued(
        date=on,
        entry=numbers[key],
        reversal=numbers[undone],
        positions=len(held),
        gain=sum(gain for _each, gain in differing if gain > 0),
        loss=-sum(gain for _each, gain in differing if gain < 0),
    )


def _lines(actor: Actor, differing: Sequence[tuple[Held, int]]) -> list[ReadyLine]:
    own = actor.currency
    account = account_with_role(accounts_by_role(actor.company_id), "exchange_difference")
    lines = []
    for each, gain in differing:
        lines.append(ReadyLine(each.account_id, gain, each.currency, 0, each.party_id, 0, ""))
        lines.append(ReadyLine(account, -gain, own, -gain, None, 0, each.currency))
    return lines
