"""Prove purchase invoices from all they are made of: lines, taxes, and the entry that books them."""

from collections.abc import Iterator

from kantoor.departments.finance.models.payables import CREDIT_NOTE
from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.store.stream import stream

_SUMS = (
    "SELECT invoice.id FROM finance_purchase_invoice invoice LEFT JOIN"
    " (SELECT invoice_id, COUNT(*) AS count, SUM(net) AS net FROM finance_purchase_line"
    "  GROUP BY invoice_id) lines ON lines.invoice_id = invoice.id LEFT JOIN"
    " (SELECT invoice_id, SUM(CASE WHEN reversed THEN 0 ELSE amount END) AS amount"
    "  FROM finance_purchase_tax GROUP BY invoice_id) taxes ON taxes.invoice_id = invoice.id"
    " WHERE COALESCE(lines.count, 0) <> invoice.line_count"
    " OR (invoice.state = 'posted' AND (COALESCE(lines.net, 0) <> invoice.net"
    "  OR COALESCE(taxes.amount, 0) <> invoice.tax)) ORDER BY invoice.id"
)
_TAXES = (
    "SELECT tax.invoice_id FROM finance_purchase_tax tax LEFT JOIN"
    " (SELECT invoice_id, tax_code_id, SUM(net) AS net FROM finance_purchase_line"
    "  GROUP BY invoice_id, tax_code_id) lines"
    " ON lines.invoice_id = tax.invoice_id AND lines.tax_code_id = tax.tax_code_id"
    " JOIN finance_purchase_invoice invoice ON invoice.id = tax.invoice_id"
    " LEFT JOIN finance_tax_code code ON code.id = tax.tax_code_id"
    " WHERE invoice.state = 'posted' AND (lines.net IS NULL OR lines.net <> tax.base"
    "  OR code.company_id <> invoice.company_id OR code.rate <> tax.rate)"
    " ORDER BY tax.invoice_id"
)
_ENTRIES = (
    "SELECT invoice.id FROM finance_purchase_invoice invoice"  # noqa: S608
    " LEFT JOIN finance_entry entry ON entry.id = invoice.entry_id"
    " LEFT JOIN kernel_company company ON company.id = invoice.company_id"
    " LEFT JOIN (SELECT entry_id, party_id, SUM(amount) AS amount, SUM(currency_amount) AS said"
    "  FROM finance_open_item GROUP BY entry_id, party_id) owed"
    " ON owed.entry_id = invoice.entry_id AND owed.party_id = invoice.party_id"
    " WHERE (invoice.state = 'posted') <> (invoice.booked_on IS NOT NULL)"
    " OR (invoice.state = 'posted' AND invoice.entry_id IS NULL AND invoice.gross <> 0)"
    " OR (invoice.entry_id IS NOT NULL AND (entry.id IS NULL OR invoice.state <> 'posted'"
    "  OR entry.company_id <> invoice.company_id OR entry.date <> invoice.booked_on"
    "  OR entry.origin <> 'finance.purchase_invoice/' || invoice.id"
    f"  OR COALESCE(owed.amount, 0) <> (CASE invoice.kind WHEN '{CREDIT_NOTE}' THEN 1 ELSE -1 END)"
    "   * (invoice.own_net + invoice.own_tax)"
    f"  OR COALESCE(owed.said, 0) <> CASE invoice.kind WHEN '{CREDIT_NOTE}'"
    "   THEN invoice.gross ELSE -invoice.gross END"
    "  OR (invoice.currency = company.currency"
    "   AND (invoice.own_net <> invoice.net OR invoice.own_tax <> invoice.tax))))"
    " OR (invoice.state <> 'posted' AND invoice.own_net <> 0)"
    " ORDER BY invoice.id"
)


def purchase_invoices() -> Iterator[Fault]:
    """Purchase invoices against their lines, their taxes and what their entries book."""
    for sql, what in (
        (_SUMS, "is not the sum of its lines and taxes"),
        (_TAXES, "has a tax that does not follow from its lines and tax code"),
        (_ENTRIES, "is not what its entry books"),
    ):
        for (key,) in stream(sql):
            yield Fault("derived", f"finance_purchase_invoice row {key}", what)


@counted("finance.purchase/")
def purchase_series() -> Iterator[Used]:
    """The numbers of purchase invoices by company, as the invoices have them."""
    rows = stream(
        "SELECT company_id, MIN(sequence), MAX(sequence), COUNT(*)"
        " FROM finance_purchase_invoice GROUP BY company_id"
    )
    for company, first, last, count in rows:
        yield f"finance.purchase/{company}", first, last, count


@counted("finance.purchase_order/")
def order_series() -> Iterator[Used]:
    """The numbers of purchase orders by company, as the orders have them."""
    rows = stream(
        "SELECT company_id, MIN(sequence), MAX(sequence), COUNT(*)"
        " FROM finance_purchase_order GROUP BY company_id"
    )
    for company, first, last, count in rows:
        yield f"finance.purchase_order/{company}", first, last, count


@counted("finance.receipt/")
def receipt_series() -> Iterator[Used]:
    """The numbers of receipts by company, as the receipts have them."""
    rows = stream(
        "SELECT company_id, MIN(sequence), MAX(sequence), COUNT(*)"
        " FROM finance_receipt GROUP BY company_id"
    )
    for company, first, last, count in rows:
        yield f"finance.receipt/{company}", first, last, count


@counted("finance.supplier/")
def supplier_series() -> Iterator[Used]:
    """The numbers of suppliers by company, as the suppliers have them."""
    rows = stream(
        "SELECT company_id, MIN(number), MAX(number), COUNT(*)"
        " FROM finance_supplier WHERE number IS NOT NULL GROUP BY company_id"
    )
    for company, first, last, count in rows:
        yield f"finance.supplier/{company}", first, last, count
