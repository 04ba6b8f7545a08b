"""What documents and entries said of tax, entry by entry, and the line that each tax stands on.

Facts are kept by document; an audit file has them at a line. That is the line of the base: of the
account that the document says, else the one of the base's own amount, else the first that it can
be.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from kantoor.departments.finance.exports.audit_span import AuditSpan
from kantoor.departments.finance.formats.audit.values import Tax
from kantoor.departments.finance.queries.vat.facts import SOURCES, Source
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.stream import stream

CONTROL = ("receivables", "payables")
WITHIN = (
    "journal.company_id = %s AND entry.date >= %s AND entry.date <= %s"
    " AND NOT (journal.kind = 'opening' AND entry.date = %s)"
)
"""The entries of an audit file: those of opening journals on the first day are its balance."""
_ACCOUNT_OF_BASE = {
    "invoice": "code.sales_account_id",
    "purchase": "(SELECT line.account_id FROM finance_purchase_line line"
    " WHERE line.invoice_id = doc.id AND line.tax_code_id = code.id ORDER BY line.n LIMIT 1)",
}


def _select(source: Source) -> str:
    # In the sign of the ledger: what is sold and owed stands on the credit side.
    sign = "CASE WHEN code.use = 'sale' THEN -1 ELSE 1 END"
    account = _ACCOUNT_OF_BASE.get(source.name, "CAST(NULL AS bigint)")
    return (
        "SELECT entry.year_id, entry.number, entry.id, code.id, code.code, fact.rate,"
        f" {sign} * {source.base}, {sign} * {source.tax}, {account}, code.tax_account_id,"
        f" code.input_account_id, code.cost_account_id{source.tables}"
        f" JOIN finance_entry entry ON entry.id = {source.entry}"
        " JOIN finance_journal journal ON journal.id = entry.journal_id"
        f" WHERE entry.journal_id = %s AND {WITHIN}"
    )


_TAXES = " UNION ALL ".join(_select(source) for source in SOURCES) + " ORDER BY 1, 2, 4, 7"


class _Fact(NamedTuple):
    """A tax with the account that its base is on, if said, and the accounts of the tax itself."""

    tax: Tax
    account: int | None
    own: frozenset[int]


class LineFound(NamedTuple):
    """A line of an entry, as far as a tax is put on it."""

    account_id: int
    role: str
    amount: int


class Taxes:
    """Taxes by entry, read beside the entries in the same order."""

    def __init__(self, actor: Actor, span: AuditSpan, journal: int) -> None:
        start = span.start.isoformat()
        one = [journal, actor.company_id, start, span.end.isoformat(), start]
        self.groups = groupby(stream(_TAXES, one * len(SOURCES)), key=itemgetter(2))
        self.key: int | None
        self.group: Iterator[tuple[object, ...]]
        self.key, self.group = next(self.groups, (None, iter(())))

    def of(self, entry_id: int, lines: Sequence[LineFound]) -> Mapping[int, Sequence[Tax]]:
        """The taxes of an entry by the place of their line; asked in the order of the entries."""
        if self.key != entry_id:
            return {}
        found: dict[int, list[Tax]] = {}
        for fact in [_fact(row) for row in self.group]:
            found.setdefault(_place(fact, lines), []).append(fact.tax)
        self.key, self.group = next(self.groups, (None, iter(())))
        return found


def _fact(row: tuple[object, ...]) -> _Fact:
    _year, _number, _entry, _key, code, rate, base, amount, account, *own = row
    tax = Tax(str(code), int(str(rate)), int(str(amount)), int(str(base)))
    return _Fact(
        tax,
        None if account is None else int(str(account)),
        frozenset(int(str(each)) for each in own if each is not None),
    )


def _place(fact: _Fact, lines: Sequence[LineFound]) -> int:
    """The place of the line that a tax stands on."""

    def rank(place: int) -> tuple[bool, ...]:
        line = lines[place]
        return (
            fact.account is None or line.account_id != fact.account,
            line.role in CONTROL,
            line.account_id in fact.own,
            line.amount != fact.tax.base,
        )

    return min(range(len(lines)), key=rank)
