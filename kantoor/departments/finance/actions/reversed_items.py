"""Close the open items of a reversed entry against those of its reversal, as if neither were."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.open_items import (
    Settling,
    items_of_lines,
    undo_settlements,
    write_settlements,
)
from kantoor.departments.finance.errors import NotReversible
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.settlements import live_settlements
from kantoor.kernel.store.lookup import rows_by_key

Reversal = tuple[int, int, str, int | None]
"""The reversed entry, its reversal, the reversal's date, and its place in the input."""


def close_reversed(company_id: int, reversals: Sequence[Reversal]) -> None:
    """Undo what the reversed entries settled, then settle them with their reversals.

    A reversed payment thereby leaves the invoice it paid open again. Raises NotReversible for
    an entry that books an invoice: that is taken back by a credit note.
    """
    _refuse_invoices(reversals)
    entries = [key for reversal in reversals for key in reversal[:2]]
    lines = items_of_entries(company_id, entries)
    if not lines:
        return
    for reversed_id, reversal_id, on, place in reversals:
        pairs = list(zip(lines.get(reversed_id, ()), lines.get(reversal_id, ()), strict=True))
        _reopen(company_id, [before for before, _after in pairs], on)
        _close(company_id, pairs, place)


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


def _reopen(company_id: int, line_ids: Sequence[int], on: str) -> None:
    for each in live_settlements(company_id, line_ids, lock=True):
        row = (each.id, each.debit_id, each.credit_id, each.amount)
        undo_settlements(company_id, [row], max(on, each.date), "")


def _close(company_id: int, pairs: Sequence[tuple[int, int]], place: int | None) -> None:
    items = items_of_lines(company_id, [before for before, _after in pairs])
    write_settlements(
        company_id,
        [
            Settling(
                *((before, after) if items[before].amount > 0 else (after, before)), place=place
            )
            for before, after in pairs
        ],
    )
