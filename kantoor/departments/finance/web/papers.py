"""Invoices as files to send."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.print.invoice_pdf import invoice_pdf
from kantoor.kernel.pages.view import View, actor_of


@dataclass(frozen=True, kw_only=True)
class InvoicePaper(View):
    """An invoice or credit note as PDF, in the reader's language."""

    def respond(self, request: HttpRequest, number: str) -> HttpResponse:
        """The file, to be looked at in the browser; its query refuses who may not see it."""
        dutch = (get_language() or "").startswith("nl")
        paper = invoice_pdf(actor_of(request), number, "nl" if dutch else "en")
        answer = HttpResponse(paper, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{number}.pdf"'
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each invoice."""
        return [self.route("<str:number>/pdf", self.respond)]


INVOICE_PAPER = InvoicePaper(
    key="finance.invoices",
    title=_("Invoice as PDF"),
    permission="finance.read_receivables",
    in_menu=False,
)
