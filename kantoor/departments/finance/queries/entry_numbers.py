"""The numbers people know entries by: journal, fiscal year and number (`MEM/2011/12`)."""

from collections.abc import Iterable, Sequence

from kantoor.kernel.store.lookup import fetch, rows_by_key


def entry_number(entry_id: int) -> str:
    """The number of one entry."""
    return entry_numbers([entry_id])[entry_id]


def entry_numbers(entry_ids: Iterable[int]) -> dict[int, str]:
    """The numbers of entries, by their keys."""
    found = rows_by_key(
        "SELECT entry.id, journal.code, year.code, entry.number FROM finance_entry entry"
        " JOIN finance_journal journal ON journal.id = entry.journal_id"
        " JOIN finance_fiscal_year year ON year.id = entry.year_id WHERE entry.id IN ({})",
        [],
        set(entry_ids),
    )
    return {key: as_number(*parts) for key, parts in found.items()}


def as_number(journal: str, year: str, number: int) -> str:
    """An entry's number from the codes of its journal and fiscal year."""
    return f"{journal}/{year}/{number}"


def entry_keys(company_id: int, numbers: Sequence[str]) -> dict[str, int]:
    """The keys of a company's entries by their numbers; unknown ones are left out."""
    series: dict[tuple[int, int], dict[int, str]] = {}
    journals = _codes("finance_journal", company_id)
    years = _codes("finance_fiscal_year", company_id)
    for text in numbers:
        journal, _, rest = text.partition("/")
        year, _, number = rest.partition("/")
        if journal in journals and year in years and _is_number(number):
            series.setdefault((journals[journal], years[year]), {})[int(number)] = text
    found: dict[str, int] = {}
    for (journal_id, year_id), wanted in series.items():
        keys = rows_by_key(
            "SELECT number, id FROM finance_entry"
            " WHERE journal_id = %s AND year_id = %s AND number IN ({})",
            [journal_id, year_id],
            wanted,
        )
        found.update((wanted[number], key) for number, key in keys.items())
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10 and text[0] != "0"


def _codes(table: str, company_id: int) -> dict[str, int]:
    return dict(
        fetch(f"SELECT code, id FROM {table} WHERE company_id = %s", [company_id])  # noqa: S608
    )
