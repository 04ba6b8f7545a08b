"""The ledger as the CSV that `post` reads: nothing is lost on the way out and in again.

`origin` and `reverses` say what an entry comes from and undoes; an entry that is posted again
has neither.
"""

import csv
import io
from collections.abc import Iterator

from kantoor.departments.finance.exports.reading import ExportedEntry, Ledger

COLUMNS = ("entry", "date", "account", "amount", "currency", "text", "party", "base_amount",
           "journal", "reference", "entry_text", "origin", "reverses")  # fmt: skip


def table(ledger: Ledger) -> Iterator[str]:
    """Lines of CSV, each with its end."""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n").writerow

    def taken() -> str:
        lines = text.getvalue()
        text.seek(0)
        text.truncate()
        return lines

    write([*COLUMNS, *ledger.dimensions])
    yield taken()
    for entry in ledger.entries:
        for row in _rows(entry, ledger):
            write(row)
        yield taken()


def _rows(entry: ExportedEntry, ledger: Ledger) -> Iterator[list[object]]:
    for line in entry.lines:
        foreign = line.currency != ledger.currency
        yield [
            entry.number,
            entry.date,
            line.account,
            line.currency_amount if foreign else line.amount,
            line.currency,
            line.text,
            line.party,
            line.amount if foreign else "",
            entry.journal,
            entry.reference,
            entry.text,
            entry.origin,
            entry.reverses,
            *[line.dimensions.get(code, "") for code in ledger.dimensions],
        ]
