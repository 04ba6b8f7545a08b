"""The lines that undo an entry: the same with the opposite sign."""

from collections.abc import Sequence

from kantoor.departments.finance.drafts import ReadyLine
from kantoor.kernel.store.lookup import rows_by_key


def opposite_lines(keys: Sequence[int]) -> dict[int, list[ReadyLine]]:
    """The lines of these entries with the opposite sign, in their order."""
    found = rows_by_key(
        "SELECT id, entry_id, account_id, amount, currency, currency_amount, party_id,"
        " dimension_set_id, text FROM finance_line WHERE entry_id IN ({})",
        [],
        keys,
    )
    lines: dict[int, list[ReadyLine]] = {}
    for _id, (entry_id, account, amount, currency, said, *rest) in sorted(found.items()):
        lines.setdefault(entry_id, []).append(ReadyLine(account, -amount, currency, -said, *rest))
    return lines
