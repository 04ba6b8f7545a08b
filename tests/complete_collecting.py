"""Invoices in instalments and with prepayments, recurring ones and reminders of the company that has rows in every table."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from kantoor.departments.finance.actions.collecting.issuing import issue_recurring_invoices
from kantoor.departments.finance.actions.collecting.levels import hold_reminders
from kantoor.departments.finance.actions.collecting.recurring import add_recurring
from kantoor.departments.finance.actions.collecting.reminders import make_reminders
from kantoor.departments.finance.actions.instalments import TermDraft, set_payment_terms
from kantoor.departments.finance.actions.single_invoices import issue_invoice
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput
from kantoor.kernel.actors.actor import Actor


def collecting(anne: Actor) -> None:
    """Two agreements with two lines, invoiced and overdue; two reminders, and two on hold."""
    lines = [
        InvoiceLineInput(text=text, quantity=Decimal(1), unit_price=Decimal(10))
        for text in ("Hosting", "Support")
    ]
    in_parts(anne, lines)
    before = timezone.localdate() - timedelta(days=60)
    for code in ("K1", "V1"):
        add_recurring(anne, party=code, starts_on=before, months=12, due_days=14, lines=lines)
    issue_recurring_invoices(anne)
    make_reminders(anne)
    for code in ("K1", "V1"):
        hold_reminders(anne, party=code, why="asked", until=date(2030, 1, 1))


def in_parts(anne: Actor, lines: Sequence[InvoiceLineInput]) -> None:
    """An invoice that is paid in two parts, and one that takes off a prepayment of two lines."""
    day = date(2030, 1, 4)
    parts = [TermDraft(share=30), TermDraft(share=70, days=30)]
    set_payment_terms(anne, code="30/70", parts=parts)
    issue_invoice(anne, party="K1", date=day, lines=lines, terms="30/70")
    before = issue_invoice(anne, party="K1", date=day, lines=lines, prepayment=True)
    issue_invoice(anne, party="K1", date=day, lines=lines, deduct=[before.number])
