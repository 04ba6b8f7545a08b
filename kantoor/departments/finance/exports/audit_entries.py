"""The entries of an audit file, journal by journal, with the tax that their documents said."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from kantoor.departments.finance.exports.audit_span import AuditSpan
from kantoor.departments.finance.formats.audit.values import Line, Tax, Totals, Transaction
from kantoor.departments.finance.queries.ledger_lines import parted
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.stream import stream

# Entries of opening journals on the first day are the opening balance, no transactions.
_WITHIN = (
    "journal.company_id = %s AND entry.date >= %s AND entry.date <= %s"
    " AND NOT (journal.kind = 'opening' AND entry.date = %s)"
)
_TOTALS = (
    "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN line.amount > 0 THEN line.amount ELSE 0 END), 0)"  # noqa: S608
    " AS bigint) FROM finance_journal journal"
    " JOIN finance_entry entry ON entry.journal_id = journal.id"
    f" JOIN finance_line line ON line.entry_id = entry.id WHERE {_WITHIN}"
)
_ORDER = " ORDER BY entry.year_id, entry.number"
_LINES = (
    "SELECT entry.id, year.code, entry.number, CAST(entry.date AS text), entry.text,"  # noqa: S608
    " entry.reference, entry.period_id, invoice.number, account.code, account.role,"
    " line.account_id, line.amount, line.currency, line.currency_amount, line.text,"
    " party.code, dims.key FROM finance_entry entry"
    " JOIN finance_journal journal ON journal.id = entry.journal_id"
    " JOIN finance_fiscal_year year ON year.id = entry.year_id"
    " JOIN finance_line line ON line.entry_id = entry.id"
    " JOIN finance_account account ON account.id = line.account_id"
    " LEFT JOIN finance_invoice invoice ON invoice.entry_id = entry.id"
    " LEFT JOIN kernel_party party ON party.id = line.party_id"
    " LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id"
    f" WHERE entry.journal_id = %s AND {_WITHIN}{_ORDER}, line.id"
)
# What documents said of tax: the code, its rate, the account of the base, and the amount in the
# sign of the ledger. Another document with taxes is one more SELECT.
TAXES = (
    "SELECT entry.year_id, entry.number, entry.id, code.code, tax.rate, code.sales_account_id,"  # noqa: S608
    " CASE WHEN invoice.kind = 'credit_note' THEN tax.own_amount ELSE -tax.own_amount END"
    " FROM finance_entry entry"
    " JOIN finance_journal journal ON journal.id = entry.journal_id"
    " JOIN finance_invoice invoice ON invoice.entry_id = entry.id"
    " JOIN finance_invoice_tax tax ON tax.invoice_id = invoice.id"
    " JOIN finance_tax_code code ON code.id = tax.tax_code_id"
    f" WHERE entry.journal_id = %s AND {_WITHIN}"
)
_CONTROL = ("receivables", "payables")


class Entries:
    """The entries of the time that the file is about."""

    def __init__(self, actor: Actor, span: AuditSpan) -> None:
        self.actor = actor
        self.span = span
        start = span.start.isoformat()
        self.params: list[Any] = [actor.company_id, start, span.end.isoformat(), start]

    def totals(self) -> Totals:
        """How many lines there are, and what they add up to."""
        count, debit = fetch(_TOTALS, self.params)[0]
        return Totals(int(count), int(debit), int(debit))

    def of_journal(self, key: int, code: str, kind: str) -> Iterator[Transaction]:
        """The entries of a journal in order of their numbers, streamed."""
        taxes = _Taxes(stream(f"{TAXES}{_ORDER}", [key, *self.params]))
        rows = stream(_LINES, [key, *self.params])
        for entry_id, group in groupby(rows, key=itemgetter(0)):
            lines = list(group)
            _id, year, number, on, text, reference, period, *_rest = lines[0]
            yield Transaction(
                number=f"{code}/{year}/{number}",
                text=text,
                period=self.span.numbers[period],
                date=date.fromisoformat(on),
                reference=reference,
                lines=list(self._lines(lines, taxes.of(entry_id))),
            )

    def _lines(self, rows: list[tuple[Any, ...]], taxes: dict[int, list[Tax]]) -> Iterator[Line]:
        own = self.actor.currency
        for row in rows:
            invoice, account, role, account_id, amount, currency, said, text, party, key = row[7:]
            values = parted(key)
            foreign = currency != own
            yield Line(
                account=account,
                amount=amount,
                text=text,
                party=party or "",
                currency=currency if foreign else "",
                currency_amount=said if foreign else 0,
                cost_centre=values.get("cost_centre", ""),
                project=values.get("project", ""),
                invoice=(invoice or row[5]) if role in _CONTROL else "",
                # Once for each entry: on the first line of the account that the base is on.
                taxes=taxes.pop(account_id, ()) if taxes else (),
            )


class _Taxes:
    """Taxes by entry, read beside the entries in the same order."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self.groups = groupby(rows, key=itemgetter(2))
        self.key: int | None
        self.group: Iterator[tuple[Any, ...]]
        self.key, self.group = next(self.groups, (None, iter(())))

    def of(self, entry_id: int) -> dict[int, list[Tax]]:
        """The taxes of an entry by the account of their base; asked in the order of the entries."""
        if self.key != entry_id:
            return {}
        found: dict[int, list[Tax]] = {}
        for _year, _number, _id, code, rate, account_id, amount in self.group:
            found.setdefault(account_id, []).append(Tax(code, int(rate), int(amount)))
        self.key, self.group = next(self.groups, (None, iter(())))
        return found
