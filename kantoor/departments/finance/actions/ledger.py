"""Write checked entries to the ledger, for many at once, and close what they reverse.

Only finance's own actions call this, inside their transaction; the door is `post_entries`.
"""

from collections.abc import Sequence

from kantoor.departments.finance.actions.ledger_rows import Written, add_to_balances, write_rows
from kantoor.departments.finance.actions.open_items import Due
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.reversed_items import close_reversed
from kantoor.departments.finance.drafts import ReadyEntry
from kantoor.kernel.actors.actor import Actor

__all__ = ["Written", "add_to_balances", "write_entries"]


def write_entries(
    actor: Actor,
    entries: Sequence[ReadyEntry],
    due_on: Sequence[Due] = (),
    calendar: Calendar | None = None,
    controls: frozenset[int] | None = None,
) -> Written:
    """Number and write entries in their order.

    `due_on` is when the open items of each entry are due, where that is not the entry's own date
    (of one that is due in parts an iterator, in the order of its items);
    `calendar` may be the one their dates were checked with, and `controls` the control accounts
    among those of their lines. Raises ClosedPeriod, AmountOutOfRange.
    """
    calendar = calendar or Calendar(actor)
    written = write_rows(actor, entries, due_on, calendar, controls)
    reversals = [
        (entry[5], key, entry[1], entry[7])
        for key, entry in zip(written.keys, entries, strict=True)
        if entry[5]
    ]
    if reversals:
        close_reversed(actor, reversals, calendar)
    return written
