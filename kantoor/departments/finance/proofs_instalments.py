"""Prove instalments from the invoices they are of, and deductions from the lines that make them."""

from collections.abc import Iterator

from kantoor.departments.finance.models.invoices import CREDIT_NOTE
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.store.stream import stream

_PARTS = (
    "SELECT part.id FROM finance_instalment part"
    " LEFT JOIN finance_invoice invoice ON invoice.id = part.invoice_id"
    " LEFT JOIN finance_line line ON line.id = part.line_id"
    " LEFT JOIN finance_open_item item ON item.line_id = part.line_id"
    " WHERE invoice.id IS NULL OR item.line_id IS NULL OR invoice.company_id <> part.company_id"
    " OR line.entry_id <> invoice.entry_id OR line.currency_amount <> part.amount"
    " OR part.due_on > invoice.due_on ORDER BY part.id"
)
_WHOLES = (
    "SELECT invoice.id FROM finance_invoice invoice JOIN"
    " (SELECT invoice_id, SUM(amount) AS amount, MAX(due_on) AS due_on, MAX(n) AS last,"
    "  COUNT(*) AS count FROM finance_instalment GROUP BY invoice_id) parts"
    " ON parts.invoice_id = invoice.id WHERE parts.amount <> invoice.gross"
    " OR parts.due_on <> invoice.due_on OR parts.last <> parts.count ORDER BY invoice.id"
)
_DEDUCTIONS = (
    "SELECT off.id FROM finance_deduction off"  # noqa: S608
    " LEFT JOIN finance_invoice_line line ON line.id = off.line_id"
    " LEFT JOIN finance_invoice final ON final.id = line.invoice_id"
    " LEFT JOIN finance_invoice_line prepaid ON prepaid.id = off.prepaid_id"
    " LEFT JOIN finance_invoice before ON before.id = prepaid.invoice_id"
    " WHERE final.id IS NULL OR before.id IS NULL OR final.company_id <> off.company_id"
    " OR before.company_id <> off.company_id OR final.party_id <> before.party_id"
    " OR final.currency <> before.currency OR line.tax_code_id <> prepaid.tax_code_id"
    " OR before.prepayment <> (1 = 1)"
    f" OR off.net <> (CASE final.kind WHEN '{CREDIT_NOTE}' THEN line.net ELSE -line.net END)"
    " ORDER BY off.id"
)
_TOO_MUCH = (
    "SELECT prepaid.id FROM finance_invoice_line prepaid JOIN"
    " (SELECT prepaid_id, SUM(net) AS net FROM finance_deduction GROUP BY prepaid_id) off"
    " ON off.prepaid_id = prepaid.id LEFT JOIN"
    " (SELECT credits_id, SUM(net) AS net FROM finance_invoice_line"
    "  WHERE credits_id IS NOT NULL GROUP BY credits_id) back ON back.credits_id = prepaid.id"
    " WHERE (prepaid.net >= 0 AND (off.net < 0 OR off.net + COALESCE(back.net, 0) > prepaid.net))"
    " OR (prepaid.net < 0 AND (off.net > 0 OR off.net + COALESCE(back.net, 0) < prepaid.net))"
    " ORDER BY prepaid.id"
)


def instalments() -> Iterator[Fault]:
    """Instalments and deductions against what they are of."""
    for sql, table, what in (
        (_PARTS, "finance_instalment", "is no part of its invoice and no open item"),
        (_WHOLES, "finance_invoice", "is not the sum of its instalments"),
        (_DEDUCTIONS, "finance_deduction", "is not what its line takes off"),
        (_TOO_MUCH, "finance_invoice_line", "has more deducted than was prepaid"),
    ):
        for (key,) in stream(sql):
            yield Fault("derived", f"{table} row {key}", what)
