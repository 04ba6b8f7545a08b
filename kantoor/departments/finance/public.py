"""What other departments may use of finance, in the same transaction."""

from kantoor.departments.finance.actions.entries import post_entries, post_entry
from kantoor.departments.finance.actions.invoices import issue_invoices
from kantoor.departments.finance.actions.post_files import post_csv
from kantoor.departments.finance.drafts import EntryDraft, LineDraft, Posted
from kantoor.departments.finance.drafts_invoices import InvoiceDraft, InvoiceLine, Issued
from kantoor.departments.finance.queries.invoice_states import (
    InvoiceState,
    invoice_id_of,
    invoice_states,
)
from kantoor.departments.finance.queries.invoices import InvoiceRow, invoices
from kantoor.departments.finance.queries.owed import Owed, owed_by_parties
from kantoor.departments.finance.queries.revenue import MonthRevenue, revenue_by_month
from kantoor.departments.finance.reference.countries import country_code, is_recognised

__all__ = [
    "EntryDraft",
    "InvoiceDraft",
    "InvoiceLine",
    "InvoiceRow",
    "InvoiceState",
    "Issued",
    "LineDraft",
    "MonthRevenue",
    "Owed",
    "Posted",
    "country_code",
    "invoice_id_of",
    "invoice_states",
    "invoices",
    "is_recognised",
    "issue_invoices",
    "owed_by_parties",
    "post_csv",
    "post_entries",
    "post_entry",
    "revenue_by_month",
]
