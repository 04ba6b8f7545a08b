"""Entries and their lines, as they are looked up and listed."""

from kantoor.kernel.store.lookup import fetch


def entry_number(entry_id: int) -> str:
    """The number people know an entry by: journal, fiscal year and number (`MEM/2011/12`)."""
    rows = fetch(
        "SELECT journal.code, year.code, entry.number FROM finance_entry entry"
        " JOIN finance_journal journal ON journal.id = entry.journal_id"
        " JOIN finance_fiscal_year year ON year.id = entry.year_id WHERE entry.id = %s",
        [entry_id],
    )
    return "/".join(str(part) for part in rows[0])
