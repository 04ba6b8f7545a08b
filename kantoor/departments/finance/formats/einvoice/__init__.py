"""Electronic invoices (EN 16931): UBL 2.1, CII D16B, and PDFs that carry them (Factur-X).

`read(bytes)` gives an `EInvoice` whatever the syntax. Nothing here knows the database.
"""

from kantoor.departments.finance.formats.einvoice.documents import Document, read, read_document
from kantoor.departments.finance.formats.einvoice.errors import Finding, UnreadableInvoice
from kantoor.departments.finance.formats.einvoice.model import EInvoice, Syntax

__all__ = [
    "Document",
    "EInvoice",
    "Finding",
    "Syntax",
    "UnreadableInvoice",
    "read",
    "read_document",
]
