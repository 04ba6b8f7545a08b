"""Invoices as files to send."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.exports.einvoices import Form, electronic_invoice
from kantoor.departments.finance.print.invoice_pdf import invoice_pdf
from kantoor.kernel.pages.view import View, actor_of


@dataclass(frozen=True, kw_only=True)
class InvoicePaper(View):
    """An invoice or credit note as PDF, in the reader's language, or as an electronic invoice."""

    def respond(self, request: HttpRequest, number: str) -> HttpResponse:
        """The file, to be looked at in the browser; its query refuses who may not see it."""
        dutch = (get_language() or "").startswith("nl")
        paper = invoice_pdf(actor_of(request), number, "nl" if dutch else "en")
        answer = HttpResponse(paper, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{number}.pdf"'
        return answer

    def ubl(self, request: HttpRequest, number: str) -> HttpResponse:
        """As UBL 2.1."""
        return _file(request, number, "ubl")

    def cii(self, request: HttpRequest, number: str) -> HttpResponse:
        """As Cross Industry Invoice."""
        return _file(request, number, "cii")

    def factur_x(self, request: HttpRequest, number: str) -> HttpResponse:
        """As a PDF with the electronic invoice inside."""
        return _file(request, number, "factur-x")

    def routes(self) -> list[URLPattern]:
        """An address for each invoice and form."""
        return [
            self.route("<str:number>/pdf", self.respond),
            self.route("<str:number>/ubl", self.ubl),
            self.route("<str:number>/cii", self.cii),
            self.route("<str:number>/factur-x", self.factur_x),
        ]


def _file(request: HttpRequest, number: str, form: Form) -> HttpResponse:
    """The file to be kept; its query refuses who may not see it."""
    file = electronic_invoice(actor_of(request), number=number, form=form)
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


INVOICE_PAPER = InvoicePaper(
    key="finance.invoices",
    title=_("Invoice as PDF"),
    permission="finance.read_receivables",
    in_menu=False,
)
