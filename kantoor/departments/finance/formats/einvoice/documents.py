"""From bytes to an invoice: which syntax it is in, and what is inside a PDF."""

from typing import NamedTuple

from kantoor.departments.finance.formats.einvoice import cii, cii_names, ubl
from kantoor.departments.finance.formats.einvoice.errors import Finding, UnreadableInvoice
from kantoor.departments.finance.formats.einvoice.model import EInvoice
from kantoor.departments.finance.formats.einvoice.pdf import invoice_xml, is_pdf
from kantoor.departments.finance.formats.einvoice.xml import Node, parse

_PREFIXES = {**ubl.PREFIXES, **cii_names.PREFIXES}


class Document(NamedTuple):
    """A file that was read: the invoice, its XML as bytes and as a tree, and what has a wrong form.

    `attachment` is the name that the XML has in a PDF, empty where the file is XML itself.
    """

    invoice: EInvoice
    xml: bytes
    root: Node
    findings: list[Finding]
    attachment: str


def read_document(data: bytes) -> Document:
    """An invoice from UBL, CII or a PDF with one of them inside; raises UnreadableInvoice."""
    attachment, xml = invoice_xml(data) if is_pdf(data) else ("", data)
    root = parse(xml, _PREFIXES)
    reader: ubl.UblReader | cii.CiiReader
    if root.name in ubl.ROOTS:
        reader = ubl.UblReader(root)
    elif root.name in cii_names.ROOTS:
        reader = cii.CiiReader(root)
    else:
        name = root.name.rpartition(":")[2][:60]
        message = f"“{name}” is not an invoice or credit note in UBL 2.1 or CII D16B."
        raise UnreadableInvoice("not_an_invoice", message, root.line)
    return Document(reader.invoice(), xml, root, reader.findings, attachment)


def read(data: bytes) -> EInvoice:
    """An invoice from UBL, CII or a PDF with one of them inside; raises UnreadableInvoice.

    What breaks the rules is read as far as it goes: `validate` says whether it may be trusted.
    """
    return read_document(data).invoice
