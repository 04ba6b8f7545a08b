"""Issued invoices as files to send: UBL, CII, or a Factur-X PDF."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from kantoor.departments.finance.formats.einvoice import EInvoice, Syntax, write_cii, write_ubl
from kantoor.departments.finance.print.facturx import SPECIFICATION
from kantoor.departments.finance.print.invoice_pdf import Language, invoice_pdf
from kantoor.departments.finance.queries.einvoice.invoices import electronic_invoices
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import query

Form = Literal["ubl", "cii", "factur-x"]
FORMS: tuple[Form, ...] = ("ubl", "cii", "factur-x")
XML, PDF = "application/xml", "application/pdf"


class InvoiceFile(msgspec.Struct, frozen=True):
    """An invoice as a file; its content as Base64 where it travels in JSON."""

    number: str
    name: str
    media_type: str
    content: bytes


@query(permission="finance.read_receivables", title=_("An electronic invoice"), exposed=True)
def electronic_invoice(
    actor: Actor, /, *, number: str, form: Form, language: Literal["", "nl", "en"] = ""
) -> InvoiceFile:
    """The invoice or credit note with this number as a file; raises NotFound.

    `ubl` is UBL 2.1 by Peppol BIS Billing 3 (by EN 16931 alone where seller or buyer has no
    electronic address, or the buyer gave no reference), `cii` UN/CEFACT CII D16B, `factur-x` a
    PDF with that inside. `language` is that of words in it, one's own when empty.
    """
    return next(invoice_files(actor, [number], form, language))


def invoice_files(
    actor: Actor, numbers: Sequence[str], form: str, language: str = ""
) -> Iterator[InvoiceFile]:
    """Many of them, one after another; raises NotFound, or InvalidInput for another form."""
    if form not in FORMS:
        message = _("There is no form “{form}”; there are: {known}.")
        raise InvalidInput(message.format(form=form[:20], known=", ".join(FORMS)), field="form")
    own = (language or get_language() or "en").startswith("nl")
    spoken: Language = "nl" if own else "en"
    with override(spoken):
        found = electronic_invoices(actor, numbers=numbers)
    for invoice in found:
        yield _file(actor, invoice, form, spoken)


def _file(actor: Actor, invoice: EInvoice, form: str, language: Language) -> InvoiceFile:
    number = invoice.number
    if form == "ubl":
        return InvoiceFile(number, f"{number}.xml", XML, write_ubl(invoice))
    crossed = replace(invoice, syntax=Syntax.CII, specification=SPECIFICATION)
    xml = write_cii(crossed)
    if form == "cii":
        return InvoiceFile(number, f"{number}.cii.xml", XML, xml)
    paper = invoice_pdf(actor, number, language, xml=xml)
    return InvoiceFile(number, f"{number}.pdf", PDF, paper)
