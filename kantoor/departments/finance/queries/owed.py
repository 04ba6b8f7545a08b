"""What parties owe the company, for many at once."""

from collections.abc import Iterable
from typing import NamedTuple

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.store.lookup import rows_by_key


class Owed(NamedTuple):
    """What a party owes, in minor units: all that is open, and what is past its due date."""

    open: int
    overdue: int
    currency: str


def owed_by_parties(actor: Actor, party_ids: Iterable[int]) -> dict[int, Owed]:
    """What these parties owe the actor's company; those who owe nothing are left out."""
    today = today_of(actor).isoformat()
    found = rows_by_key(
        "SELECT item.party_id, sum(item.open),"
        " sum(CASE WHEN item.due_on < %s THEN item.open ELSE 0 END)"
        " FROM finance_open_item item JOIN finance_account account"
        " ON account.id = item.account_id AND account.role = 'receivables'"
        " WHERE item.company_id = %s AND item.open <> 0 AND item.party_id IN ({})"
        " GROUP BY item.party_id",
        [today, actor.company_id],
        party_ids,
    )
    return {
        party_id: Owed(int(still), int(late), actor.currency)
        for party_id, (still, late) in found.items()
    }
