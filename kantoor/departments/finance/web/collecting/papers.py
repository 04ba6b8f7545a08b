"""Letters to customers as files: reminders and statements of account."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.print.letters import reminder_pdf, statement_pdf
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.reading import Unreadable, read_date


def _answer(paper: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@dataclass(frozen=True, kw_only=True)
class ReminderPaper(View):
    """A reminder as PDF, in the customer's language."""

    def respond(self, request: HttpRequest, number: str) -> HttpResponse:
        """The file, to be looked at in the browser; its query refuses who may not see it."""
        return _answer(reminder_pdf(actor_of(request), number), number)

    def routes(self) -> list[URLPattern]:
        """One address for each reminder."""
        return [self.route("<str:number>/pdf", self.respond)]


@dataclass(frozen=True, kw_only=True)
class StatementPaper(View):
    """A customer's statement of account as PDF, in the customer's language."""

    def respond(self, request: HttpRequest, party: str) -> HttpResponse:
        """The file, over the days that the address says (`from`, `to`), else the last year."""
        address = Address.of(request)
        start, end = (_day(address.get(name)) for name in ("from", "to"))
        paper = statement_pdf(actor_of(request), party, start, end)
        return _answer(paper, "statement")

    def routes(self) -> list[URLPattern]:
        """One address for each customer."""
        return [self.route("<str:party>/pdf", self.respond)]


def _day(text: str) -> date | None:
    try:
        return read_date(text) if text else None
    except Unreadable:
        return None


REMINDER_PAPER = ReminderPaper(
    key="finance.reminders",
    title=_("Reminder as PDF"),
    permission="finance.read_receivables",
    in_menu=False,
)
STATEMENT_PAPER = StatementPaper(
    key="finance.statements_of_account",
    title=_("Statement of account as PDF"),
    permission="finance.read_receivables",
    in_menu=False,
)
