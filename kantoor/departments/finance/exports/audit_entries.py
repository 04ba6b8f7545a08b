"""The entries of an audit file, journal by journal, with the tax that their documents said."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from kantoor.departments.finance.exports.audit_span import AuditSpan
from kantoor.departments.finance.exports.audit_taxes import CONTROL, WITHIN, LineFound, Taxes
from kantoor.departments.finance.formats.audit.values import Line, Tax, Totals, Transaction
from kantoor.departments.finance.queries.ledger_lines import parted
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.record.moments import day_of, recorded_at
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.stream import stream

_TOTALS = (
    "SELECT COUNT(*), COUNT(DISTINCT entry.id), CAST(COALESCE(SUM("  # noqa: S608
    "CASE WHEN line.amount > 0 THEN line.amount ELSE 0 END), 0) AS bigint) FROM finance_journal journal"
    " JOIN finance_entry entry ON entry.journal_id = journal.id"
    f" JOIN finance_line line ON line.entry_id = entry.id WHERE {WITHIN}"
)
_ORDER = " ORDER BY entry.year_id, entry.number"
_LINES = (
    "SELECT entry.id, year.code, entry.number, CAST(entry.date AS text), entry.text,"  # noqa: S608
    " entry.reference, entry.period_id, invoice.number, account.code, account.role,"
    " line.account_id, line.amount, line.currency, line.currency_amount, line.text,"
    " party.code, dims.key, COALESCE(NULLIF(bank.iban, ''), bank.number),"
    " CAST(item.due_on AS text), {recorded} FROM finance_entry entry"
    " JOIN finance_journal journal ON journal.id = entry.journal_id"
    " JOIN finance_fiscal_year year ON year.id = entry.year_id"
    " JOIN finance_line line ON line.entry_id = entry.id"
    " JOIN finance_account account ON account.id = line.account_id"
    " LEFT JOIN finance_invoice invoice ON invoice.entry_id = entry.id"
    " LEFT JOIN kernel_party party ON party.id = line.party_id"
    " LEFT JOIN finance_bank_account bank ON bank.account_id = account.id"
    " LEFT JOIN finance_open_item item ON item.line_id = line.id"
    " LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id"
    f" WHERE entry.journal_id = %s AND {WITHIN}{_ORDER}, line.id"
)


class Entries:
    """The entries of the time that the file is about; `dated` says when each was recorded too."""

    def __init__(self, actor: Actor, span: AuditSpan, *, dated: bool = False) -> None:
        self.actor = actor
        self.span = span
        recorded = recorded_at("finance_entry", "entry.id") if dated else "NULL"
        self.lines = _LINES.format(recorded=recorded)
        start = span.start.isoformat()
        self.params: list[Any] = [actor.company_id, start, span.end.isoformat(), start]

    def totals(self) -> Totals:
        """How many lines there are, and what they add up to."""
        count, entries, debit = fetch(_TOTALS, self.params)[0]
        return Totals(int(count), int(debit), int(debit), int(entries))

    def of_journal(self, key: int, code: str, kind: str) -> Iterator[Transaction]:
        """The entries of a journal in order of their numbers, streamed."""
        taxes = Taxes(self.actor, self.span, key)
        rows = stream(self.lines, [key, *self.params])
        for entry_id, group in groupby(rows, key=itemgetter(0)):
            lines = list(group)
            _id, year, number, on, text, reference, period, *_rest = lines[0]
            recorded = lines[0][-1]
            found = [LineFound(row[10], row[9], row[11]) for row in lines]
            yield Transaction(
                number=f"{code}/{year}/{number}",
                text=text,
                period=self.span.numbers[period],
                date=date.fromisoformat(on),
                reference=reference,
                lines=list(self._lines(lines, taxes.of(entry_id, found))),
                recorded=day_of(recorded) if recorded else None,
            )

    def _lines(
        self, rows: Sequence[tuple[Any, ...]], taxes: Mapping[int, Sequence[Tax]]
    ) -> Iterator[Line]:
        own = self.actor.currency
        for place, row in enumerate(rows):
            invoice, account, role, _id, amount, currency, said, text, party, key = row[7:17]
            bank, due_on = row[17:19]
            foreign = currency != own
            yield Line(
                account=account,
                amount=amount,
                text=text,
                party=party or "",
                currency=currency if foreign else "",
                currency_amount=said if foreign else 0,
                dimensions=parted(key),
                invoice=(invoice or row[5]) if role in CONTROL else "",
                taxes=taxes.get(place, ()),
                bank=bank or "",
                role=role,
                due_on=date.fromisoformat(due_on) if due_on else None,
            )
