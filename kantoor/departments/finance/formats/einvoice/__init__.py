"""Electronic invoices (EN 16931): UBL 2.1, CII D16B, and PDFs that carry them (Factur-X).

`read(bytes)` gives an `EInvoice` whatever the syntax. Nothing here knows the database.
"""

from kantoor.departments.finance.formats.einvoice.cii_writer import write_cii
from kantoor.departments.finance.formats.einvoice.documents import Document, read, read_document
from kantoor.departments.finance.formats.einvoice.errors import Finding, UnreadableInvoice
from kantoor.departments.finance.formats.einvoice.model import EInvoice, Syntax
from kantoor.departments.finance.formats.einvoice.ubl_writer import write_ubl
from kantoor.departments.finance.formats.einvoice.validation import (
    Validated,
    errors,
    unreadable,
    validate,
    validated,
)

__all__ = [
    "Document",
    "EInvoice",
    "Finding",
    "Syntax",
    "UnreadableInvoice",
    "Validated",
    "errors",
    "read",
    "read_document",
    "unreadable",
    "validate",
    "validated",
    "write_cii",
    "write_ubl",
]
