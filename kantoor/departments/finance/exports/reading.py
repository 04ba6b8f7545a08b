"""The whole ledger as exports read it: accounts, and entries with their lines, streamed."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from kantoor.departments.finance.queries.accounts import Heading, headings
from kantoor.departments.finance.queries.ledger_lines import parted
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.stream import stream


class ExportedLine(NamedTuple):
    """A line; `amount` is in minor units of the company's currency, debit positive."""

    account: str
    amount: int
    currency: str
    currency_amount: int
    text: str
    party: str
    party_name: str
    dimensions: dict[str, str]


class ExportedEntry(NamedTuple):
    """An entry in the order of posting; `reverses` is the number of the entry it undoes."""

    number: str
    journal: str
    date: str
    text: str
    reference: str
    origin: str
    reverses: str
    lines: list[ExportedLine]


class Ledger(NamedTuple):
    """What is exported of one company."""

    company: str
    currency: str
    accounts: list[Heading]
    dimensions: list[str]
    first_date: str
    entries: Iterator[ExportedEntry]


_LINES = (
    "SELECT entry.id, journal.code, year.code, entry.number, CAST(entry.date AS text), entry.text,"
    " entry.reference, entry.origin, undone_journal.code, undone_year.code, undone.number,"
    " account.code, line.amount, line.currency, line.currency_amount, line.text, party.code,"
    " party.name, dims.key FROM finance_entry entry"
    " JOIN finance_journal journal ON journal.id = entry.journal_id"
    " JOIN finance_fiscal_year year ON year.id = entry.year_id"
    " LEFT JOIN finance_entry undone ON undone.id = entry.reverses_id"
    " LEFT JOIN finance_journal undone_journal ON undone_journal.id = undone.journal_id"
    " LEFT JOIN finance_fiscal_year undone_year ON undone_year.id = undone.year_id"
    " JOIN finance_line line ON line.entry_id = entry.id"
    " JOIN finance_account account ON account.id = line.account_id"
    " LEFT JOIN kernel_party party ON party.id = line.party_id"
    " LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id"
    # The sign keeps SQLite off the index by date: in order of their keys nothing is to be sorted.
    " WHERE +entry.company_id = %s ORDER BY line.entry_id, line.id"
)


def read_ledger(actor: Actor) -> Ledger:
    """The ledger of the actor's company; read within `snapshot()`, so that it is of one moment."""
    company = actor.company_id
    dimensions = fetch(
        "SELECT code FROM finance_dimension WHERE company_id = %s ORDER BY code", [company]
    )
    first = fetch(
        "SELECT CAST(MIN(date) AS text) FROM finance_entry WHERE company_id = %s", [company]
    )
    return Ledger(
        company=Company.objects.get(pk=company).name,
        currency=actor.currency,
        accounts=headings(actor),
        dimensions=[code for (code,) in dimensions],
        first_date=first[0][0] or "1900-01-01",
        entries=_entries(company),
    )


def _entries(company_id: int) -> Iterator[ExportedEntry]:
    rows = stream(_LINES, [company_id])
    for _id, group in groupby(rows, key=itemgetter(0)):
        lines = list(group)
        _key, journal, year, number, on, text, reference, origin, *undone = lines[0][:11]
        yield ExportedEntry(
            number=f"{journal}/{year}/{number}",
            journal=journal,
            date=on,
            text=text,
            reference=reference,
            origin=origin,
            reverses="/".join(map(str, undone)) if undone[0] else "",
            lines=[_line(row[11:]) for row in lines],
        )


def _line(row: tuple[Any, ...]) -> ExportedLine:
    account, amount, currency, said, text, party, party_name, key = row
    return ExportedLine(
        account, amount, currency, said, text, party or "", party_name or "", parted(key)
    )
