"""What other departments may use of finance, in the same transaction."""

from kantoor.departments.finance.actions.entries import post_entries, post_entry
from kantoor.departments.finance.actions.invoices import issue_invoices
from kantoor.departments.finance.actions.payments import receive_payment, receive_payments
from kantoor.departments.finance.actions.post_files import post_csv
from kantoor.departments.finance.actions.single_invoices import credit_invoice, issue_invoice
from kantoor.departments.finance.drafts import EntryDraft, LineDraft, Posted
from kantoor.departments.finance.drafts_invoices import (
    CreditLine,
    InvoiceDraft,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLineInput,
    Issued,
    Payment,
    PaymentsReceived,
)
from kantoor.departments.finance.queries.invoice_states import (
    InvoiceState,
    invoice_id_of,
    invoice_states,
)
from kantoor.departments.finance.queries.invoices import InvoiceRow, invoices
from kantoor.departments.finance.queries.owed import Owed, owed_by_parties
from kantoor.departments.finance.queries.receivables import Debt, Paid, is_paid, owed_by
from kantoor.departments.finance.queries.revenue import MonthRevenue, revenue_by_month
from kantoor.departments.finance.reference.countries import country_code, is_recognised

__all__ = [
    "CreditLine",
    "Debt",
    "EntryDraft",
    "InvoiceDraft",
    "InvoiceIssued",
    "InvoiceLine",
    "InvoiceLineInput",
    "InvoiceRow",
    "InvoiceState",
    "Issued",
    "LineDraft",
    "MonthRevenue",
    "Owed",
    "Paid",
    "Payment",
    "PaymentsReceived",
    "Posted",
    "country_code",
    "credit_invoice",
    "invoice_id_of",
    "invoice_states",
    "invoices",
    "is_paid",
    "is_recognised",
    "issue_invoice",
    "issue_invoices",
    "owed_by",
    "owed_by_parties",
    "post_csv",
    "post_entries",
    "post_entry",
    "receive_payment",
    "receive_payments",
    "revenue_by_month",
]
