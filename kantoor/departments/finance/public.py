"""What other departments may use of finance, in the same transaction."""

from kantoor.departments.finance.actions.assets.disposal import scrap_assets
from kantoor.departments.finance.actions.checking import known_currency
from kantoor.departments.finance.actions.entries import post_entries, post_entry
from kantoor.departments.finance.actions.invoices import issue_invoices
from kantoor.departments.finance.actions.payables.entering import (
    enter_purchase_invoice,
    enter_purchase_invoices,
)
from kantoor.departments.finance.actions.payables.posting import (
    post_purchase_invoice,
    post_purchase_invoices,
)
from kantoor.departments.finance.actions.payables.staff import (
    post_staff_claims,
    undo_staff_claims,
)
from kantoor.departments.finance.actions.payables.suppliers import (
    alter_suppliers,
    create_supplier,
    create_suppliers,
)
from kantoor.departments.finance.actions.paying.rejecting import Rejection, reject_payments
from kantoor.departments.finance.actions.paying.sealing import (
    SealedPayment,
    propose_sealed_payment,
)
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
from kantoor.departments.finance.drafts_purchases import (
    PurchaseDraft,
    PurchaseEntered,
    PurchaseLineDraft,
    PurchasesPosted,
    SupplierChange,
    SupplierDraft,
)
from kantoor.departments.finance.drafts_staff import StaffClaim, StaffLine
from kantoor.departments.finance.queries.assets.worth import AssetWorth, asset_worth
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.departments.finance.queries.dimension_values import dimension_values
from kantoor.departments.finance.queries.invoice_states import (
    InvoiceState,
    invoice_id_of,
    invoice_states,
    numbers_of_invoices,
    wholly_credited,
)
from kantoor.departments.finance.queries.invoices import InvoiceRow, invoices
from kantoor.departments.finance.queries.owed import Owed, owed_by_parties
from kantoor.departments.finance.queries.payables.accounts import cost_accounts
from kantoor.departments.finance.queries.payables.staff import OwedToStaff, owed_to_staff
from kantoor.departments.finance.queries.paying.files import FileOfRun, sealed_file
from kantoor.departments.finance.queries.paying.own_accounts import own_accounts
from kantoor.departments.finance.queries.paying.sealed import (
    SealedStanding,
    sealed_reference,
    sealed_standing,
)
from kantoor.departments.finance.queries.receivables import Debt, Paid, is_paid, owed_by
from kantoor.departments.finance.queries.revenue import MonthRevenue, revenue_by_month
from kantoor.departments.finance.queries.tax_choices import tax_of_receipts
from kantoor.departments.finance.reference.countries import country_code, is_recognised
from kantoor.departments.finance.sealed import Content, Source, Transfer, keeps_sealed

__all__ = [
    "AssetWorth",
    "Content",
    "CreditLine",
    "Debt",
    "EntryDraft",
    "FileOfRun",
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
    "OwedToStaff",
    "Paid",
    "Payment",
    "PaymentsReceived",
    "Posted",
    "PurchaseDraft",
    "PurchaseEntered",
    "PurchaseLineDraft",
    "PurchasesPosted",
    "Rates",
    "Rejection",
    "SealedPayment",
    "SealedStanding",
    "Source",
    "StaffClaim",
    "StaffLine",
    "SupplierChange",
    "SupplierDraft",
    "Transfer",
    "alter_suppliers",
    "asset_worth",
    "cost_accounts",
    "country_code",
    "create_supplier",
    "create_suppliers",
    "credit_invoice",
    "dimension_values",
    "enter_purchase_invoice",
    "enter_purchase_invoices",
    "invoice_id_of",
    "invoice_states",
    "invoices",
    "is_paid",
    "is_recognised",
    "issue_invoice",
    "issue_invoices",
    "keeps_sealed",
    "known_currency",
    "numbers_of_invoices",
    "owed_by",
    "owed_by_parties",
    "owed_to_staff",
    "own_accounts",
    "post_csv",
    "post_entries",
    "post_entry",
    "post_purchase_invoice",
    "post_purchase_invoices",
    "post_staff_claims",
    "propose_sealed_payment",
    "receive_payment",
    "receive_payments",
    "reject_payments",
    "revenue_by_month",
    "scrap_assets",
    "sealed_file",
    "sealed_reference",
    "sealed_standing",
    "tax_of_receipts",
    "undo_staff_claims",
    "wholly_credited",
]
