"""What other departments may use of finance, in the same transaction."""

from kantoor.departments.finance.actions.invoices import issue_invoices
from kantoor.departments.finance.drafts_invoices import InvoiceDraft, InvoiceLine, Issued
from kantoor.departments.finance.queries.invoice_states import InvoiceState, invoice_states
from kantoor.departments.finance.queries.owed import Owed, owed_by_parties
from kantoor.departments.finance.reference.countries import country_code, is_recognised

__all__ = [
    "InvoiceDraft",
    "InvoiceLine",
    "InvoiceState",
    "Issued",
    "Owed",
    "country_code",
    "invoice_states",
    "is_recognised",
    "issue_invoices",
    "owed_by_parties",
]
