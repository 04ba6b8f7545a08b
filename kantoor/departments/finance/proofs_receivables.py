"""Prove open items anew from lines and settlements, and invoices from all they are made of."""

from collections.abc import Iterator
from typing import Any

from kantoor.departments.finance.models.invoices import CREDIT_NOTE
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.departments.finance.proofs_instalments import instalments
from kantoor.departments.finance.proofs_payables import purchase_invoices
from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.stream import stream

_COLUMNS = (
    "line_id", "company_id", "account_id", "entry_id", "party_id", "date", "due_on", "amount",
    "open", "currency", "currency_amount", "currency_open",
)  # fmt: skip
# A sign before a column has the driver give what the cell really holds, whatever its type.
_KEPT = (
    "SELECT +line_id, +company_id, +account_id, +entry_id, +party_id, CAST(date AS text),"
    " CAST(due_on AS text), +amount, +open, currency, +currency_amount, +currency_open FROM finance_open_item ORDER BY line_id"
)
_ADDED_UP = (
    "SELECT line.id, entry.company_id, line.account_id, line.entry_id, line.party_id,"  # noqa: S608
    " CAST(line.date AS text), CAST(COALESCE(part.due_on, invoice.due_on, purchase.due_on, reminder.pay_by,"
    "  line.date) AS text),"
    " line.amount,"
    " CAST(line.amount - COALESCE(settled.amount, 0) AS bigint), line.currency,"
    " line.currency_amount, CAST(line.currency_amount - COALESCE(settled.said, 0) AS bigint)"
    " FROM finance_account account JOIN finance_line line ON line.account_id = account.id"
    " JOIN finance_entry entry ON entry.id = line.entry_id"
    " LEFT JOIN finance_invoice invoice ON invoice.entry_id = line.entry_id"
    " LEFT JOIN finance_instalment part ON part.line_id = line.id"
    " LEFT JOIN finance_purchase_invoice purchase ON purchase.entry_id = line.entry_id"
    " LEFT JOIN finance_reminder reminder ON reminder.entry_id = line.entry_id"
    " LEFT JOIN (SELECT line_id, SUM(amount) AS amount, SUM(said) AS said FROM"
    "  (SELECT debit_id AS line_id, amount, debit_amount AS said FROM finance_settlement"
    "   UNION ALL SELECT credit_id, -amount, -credit_amount FROM finance_settlement) sides"
    "  GROUP BY line_id)"
    " settled ON settled.line_id = line.id"
    f" WHERE account.role IN ({', '.join(repr(role) for role in CONTROL_ROLES)})"
    " ORDER BY line.id"
)
_SETTLEMENTS = (
    "SELECT settled.id FROM finance_settlement settled"
    " LEFT JOIN finance_settlement original ON original.id = settled.undoes_id"
    " LEFT JOIN finance_open_item debit ON debit.line_id = settled.debit_id"
    " LEFT JOIN finance_open_item credit ON credit.line_id = settled.credit_id"
    " WHERE debit.line_id IS NULL OR credit.line_id IS NULL"
    " OR debit.company_id <> settled.company_id OR credit.company_id <> settled.company_id"
    " OR debit.account_id <> credit.account_id OR debit.amount < 0 OR credit.amount > 0"
    " OR settled.date < debit.date OR settled.date < credit.date"
    " OR (debit.currency = credit.currency AND settled.debit_amount <> settled.credit_amount"
    "  AND debit.currency_amount <> 0 AND credit.currency_amount <> 0)"
    " OR (settled.undoes_id IS NOT NULL AND (original.amount <> -settled.amount"
    "  OR original.debit_amount <> -settled.debit_amount"
    "  OR original.credit_amount <> -settled.credit_amount"
    "  OR original.debit_id <> settled.debit_id OR original.credit_id <> settled.credit_id))"
    " ORDER BY settled.id"
)
_LINES = (
    "SELECT invoice.id, invoice.line_count, invoice.net, lines.count, lines.net"
    " FROM finance_invoice invoice LEFT JOIN"
    " (SELECT invoice_id, COUNT(*) AS count, SUM(net) AS net FROM finance_invoice_line"
    "  GROUP BY invoice_id) lines ON lines.invoice_id = invoice.id"
    " WHERE lines.count IS NULL OR lines.count <> invoice.line_count OR lines.net <> invoice.net"
    " ORDER BY invoice.id"
)
_TAXES = (
    "SELECT invoice.id FROM finance_invoice invoice LEFT JOIN"
    " (SELECT invoice_id, SUM(base) AS base, SUM(amount) AS amount, SUM(own_base) AS own_base,"
    "  SUM(own_amount) AS own_amount FROM finance_invoice_tax"
    "  GROUP BY invoice_id) taxes ON taxes.invoice_id = invoice.id"
    " WHERE taxes.base IS NULL OR taxes.base <> invoice.net OR taxes.amount <> invoice.tax"
    " OR taxes.own_base <> invoice.own_net OR taxes.own_amount <> invoice.own_tax"
    " OR invoice.net + invoice.tax <> invoice.gross ORDER BY invoice.id"
)
_GROUPS = (
    "SELECT tax.invoice_id FROM finance_invoice_tax tax LEFT JOIN"
    " (SELECT invoice_id, tax_code_id, SUM(net) AS net FROM finance_invoice_line"
    "  GROUP BY invoice_id, tax_code_id) lines"
    " ON lines.invoice_id = tax.invoice_id AND lines.tax_code_id = tax.tax_code_id"
    " LEFT JOIN finance_invoice invoice ON invoice.id = tax.invoice_id"
    " LEFT JOIN finance_tax_code code ON code.id = tax.tax_code_id"
    " WHERE lines.net IS NULL OR lines.net <> tax.base OR invoice.id IS NULL"
    " OR code.company_id <> invoice.company_id OR code.rate <> tax.rate"
    " OR code.category <> tax.category ORDER BY tax.invoice_id"
)
_ENTRIES = (
    "SELECT invoice.id FROM finance_invoice invoice"  # noqa: S608
    " LEFT JOIN finance_entry entry ON entry.id = invoice.entry_id"
    " LEFT JOIN (SELECT entry_id, party_id, SUM(amount) AS amount, SUM(currency_amount) AS said"
    "  FROM finance_open_item GROUP BY entry_id, party_id) owed"
    " ON owed.entry_id = invoice.entry_id AND owed.party_id = invoice.party_id"
    " WHERE (invoice.entry_id IS NULL AND invoice.gross <> 0)"
    " OR (invoice.entry_id IS NOT NULL AND (entry.id IS NULL"
    "  OR entry.company_id <> invoice.company_id OR entry.date <> invoice.date"
    "  OR entry.origin <> 'finance.invoice/' || invoice.id"
    f"  OR COALESCE(owed.said, 0) <> CASE invoice.kind WHEN '{CREDIT_NOTE}'"
    "   THEN -invoice.gross ELSE invoice.gross END"
    f"  OR COALESCE(owed.amount, 0) <> (invoice.own_net + invoice.own_tax)"
    f"   * CASE invoice.kind WHEN '{CREDIT_NOTE}' THEN -1 ELSE 1 END)) ORDER BY invoice.id"
)
_STRAY_LINES = (
    "SELECT line.id FROM finance_invoice_line line"
    " LEFT JOIN finance_invoice invoice ON invoice.id = line.invoice_id"
    " WHERE invoice.id IS NULL ORDER BY line.id"
)


@prover("finance_open_item")
def receivables() -> Iterator[Fault]:
    """Every cell of the open items, the settlements behind them, and the invoices they come from."""
    yield from _items()
    for (key,) in stream(_SETTLEMENTS):
        yield Fault(
            "derived", f"finance_settlement row {key}", "settles what it can't have settled"
        )
    yield from _invoices()
    yield from instalments()
    yield from purchase_invoices()


def _items() -> Iterator[Fault]:
    added_up, kept = stream(_ADDED_UP), stream(_KEPT)
    wanted, found = next(added_up, None), next(kept, None)
    while wanted is not None or found is not None:
        if found is None or (wanted is not None and _before(wanted[0], found[0])):
            assert wanted is not None
            yield Fault("derived", f"finance_open_item row {wanted[0]}", "is missing")
            wanted = next(added_up, None)
        elif wanted is None or wanted[0] != found[0]:
            where = f"finance_open_item row {found[0]}"
            yield Fault("derived", where, "is there, but no line on a control account is")
            found = next(kept, None)
        else:
            yield from _cells(wanted, found)
            wanted, found = next(added_up, None), next(kept, None)


def _before(wanted: int, found: object) -> bool:
    return not isinstance(found, int) or wanted < found


def _cells(wanted: tuple[Any, ...], found: tuple[Any, ...]) -> Iterator[Fault]:
    for column, should, is_ in zip(_COLUMNS, wanted, found, strict=True):
        if should != is_:
            where = f"finance_open_item row {found[0]} column {column}"
            yield Fault("derived", where, f"is {is_}, and follows as {should}")


def _invoices() -> Iterator[Fault]:
    for key, says, net, count, added_up in stream(_LINES):
        what = f"has {count or 0} lines of {added_up or 0} in all, and says {says} of {net}"
        yield Fault("derived", f"finance_invoice row {key}", what)
    for sql, what in (
        (_TAXES, "is not the sum of its taxes"),
        (_GROUPS, "has a tax that does not follow from its lines and tax code"),
        (_ENTRIES, "is not what its entry books"),
    ):
        for (key,) in stream(sql):
            yield Fault("derived", f"finance_invoice row {key}", what)
    for (key,) in stream(_STRAY_LINES):
        yield Fault("derived", f"finance_invoice_line row {key}", "is of no invoice")


@counted("finance.invoice/")
def invoice_series() -> Iterator[Used]:
    """The numbers of invoices by company, kind and fiscal year, as the invoices have them."""
    rows = stream(
        "SELECT company_id, kind, year_id, MIN(sequence), MAX(sequence), COUNT(*)"
        " FROM finance_invoice GROUP BY company_id, kind, year_id"
    )
    for company, kind, year, first, last, count in rows:
        yield f"finance.invoice/{company}/{kind}/{year}", first, last, count
