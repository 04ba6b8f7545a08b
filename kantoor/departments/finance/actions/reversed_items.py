"""Close the open items of a reversed entry against those of its reversal, as if neither were."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.settling import close_pairs, undo_settlements
from kantoor.departments.finance.errors import NotReversible
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.settlements import live_settlements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import rows_by_key

Reversal = tuple[int, int, str, int | None]
"""The reversed entry, its reversal, the reversal's date, and its place in the input."""


def close_reversed(actor: Actor, reversals: Sequence[Reversal], calendar: Calendar) -> None:
    """Undo what the reversed entries settled, then settle them with their reversals.

    A reversed payment thereby leaves the invoice it paid open again. Raises NotReversible for
    an entry that books an invoice: that is taken back by a credit note.
    """
    _refuse_invoices(reversals)
    entries = [key for reversal in reversals for key in reversal[:2]]
    lines = items_of_entries(actor.company_id, entries)
    if not lines:
        return
    for reversed_id, reversal_id, on, place in reversals:
        before, after = lines.get(reversed_id, ()), lines.get(reversal_id, ())
        _reopen(actor, before, on, calendar)
        pairs = zip(before, after, [place] * len(before), strict=True)
        close_pairs(actor, pairs, calendar)


def _refuse_invoices(reversals: Sequence[Reversal]) -> None:
    booked = rows_by_key(
        "SELECT entry_id, number FROM finance_invoice WHERE entry_id IN ({})",
        [],
        [reversed_id for reversed_id, *_ in reversals],
    )
    for reversed_id, _reversal, _on, place in reversals:
        if reversed_id in booked:
            message = _("This entry books {number}; take that back with a credit note.")
            raise NotReversible(
                message.format(number=booked[reversed_id]), field="entry", line=place
            )


def _reopen(actor: Actor, line_ids: Sequence[int], on: str, calendar: Calendar) -> None:
    if found := live_settlements(actor.company_id, line_ids, lock=True):
        undo_settlements(actor, found, on, "", calendar)
