"""What is still owed to people of the company, by the entries that booked it."""

from collections.abc import Sequence
from typing import NamedTuple

from kantoor.departments.finance.queries.entry_numbers import entry_keys
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import rows_by_key


class OwedToStaff(NamedTuple):
    """What is open of an entry, in minor units of the company's currency, above zero when owed.

    `run` is the number of the payment run that pays it or paid it last, if one did.
    """

    open: int
    run: str


def owed_to_staff(actor: Actor, entries: Sequence[str]) -> dict[str, OwedToStaff]:
    """What is open of entries that booked what people are owed, by their numbers."""
    keys = entry_keys(actor.company_id, entries)
    if not keys:
        return {}
    found = rows_by_key(
        "SELECT item.entry_id, max(-item.open), max(run.number)"
        " FROM finance_open_item item JOIN finance_account account"
        " ON account.id = item.account_id AND account.role = 'payables'"
        " LEFT JOIN finance_payment_item paid ON paid.line_id = item.line_id"
        " LEFT JOIN finance_payment_order ord ON ord.id = paid.order_id"
        " LEFT JOIN finance_payment_run run ON run.id = ord.run_id AND run.state <> 'cancelled'"
        " WHERE item.company_id = %s AND item.entry_id IN ({}) GROUP BY item.entry_id",
        [actor.company_id],
        keys.values(),
    )
    return {
        number: OwedToStaff(int(found[key][0]), found[key][1] or "")
        for number, key in keys.items()
        if key in found
    }
