"""Find open items by the numbers people know: an invoice's (sales or purchase), an entry's."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import NothingToSettle, UnknownInvoice
from kantoor.departments.finance.queries.entry_numbers import entry_keys
from kantoor.departments.finance.queries.invoice_keys import invoice_keys
from kantoor.departments.finance.queries.payables.numbers import purchase_keys
from kantoor.kernel.store.lookup import rows_by_key


class ItemLines(NamedTuple):
    """The ledger lines that are open items, by the number of their document or entry."""

    entries: Mapping[str, int | None]
    lines: Mapping[int, list[int]]

    def of(self, number: str, field: str, place: int | None = None) -> int:
        """The item's line; raises UnknownInvoice or NothingToSettle."""
        bare, _hash, which = number.partition("#")
        if bare not in self.entries:
            raise _unknown(number, field, place)
        lines = self.lines.get(self.entries[bare] or 0, [])
        if not lines:
            message = _("{number} has nothing that could be settled.")
            raise NothingToSettle(message.format(number=bare), field=field, line=place)
        if not which and len(lines) > 1:
            message = _("{number} has {count} items; say which: {number}#1 is the first.")
            said = message.format(number=bare, count=len(lines))
            raise NothingToSettle(said, field=field, line=place)
        n = int(which or 1) if not which or (which.isascii() and which.isdigit()) else 0
        if not 1 <= n <= len(lines):
            raise _unknown(number, field, place)
        return lines[n - 1]


def _unknown(number: str, field: str, place: int | None) -> UnknownInvoice:
    message = _("There is no invoice or entry “{number}”.")
    return UnknownInvoice(message.format(number=number[:40]), field=field, line=place)


def item_lines(company_id: int, numbers: Iterable[str]) -> ItemLines:
    """The items of these numbers, as far as they exist."""
    bare = {number.partition("#")[0] for number in numbers}
    entries: dict[str, int | None] = dict(entry_keys(company_id, sorted(bare)))
    entries.update((number, key.entry_id) for number, key in invoice_keys(company_id, bare).items())
    entries.update(
        (number, key.entry_id) for number, key in purchase_keys(company_id, bare).items()
    )
    return ItemLines(entries, items_of_entries(company_id, filter(None, entries.values())))


def items_of_entries(company_id: int, entry_ids: Iterable[int]) -> dict[int, list[int]]:
    """The lines with an open item of each entry, in their order."""
    found: dict[int, int] = rows_by_key(
        "SELECT line_id, entry_id FROM finance_open_item"
        " WHERE company_id = %s AND entry_id IN ({})",
        [company_id],
        entry_ids,
    )
    lines: dict[int, list[int]] = {}
    for line_id, entry_id in sorted(found.items()):
        lines.setdefault(entry_id, []).append(line_id)
    return lines
