"""Recurring invoices and reminders of the company that has rows in every table."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from kantoor.departments.finance.actions.collecting.issuing import issue_recurring_invoices
from kantoor.departments.finance.actions.collecting.levels import hold_reminders
from kantoor.departments.finance.actions.collecting.recurring import add_recurring
from kantoor.departments.finance.actions.collecting.reminders import make_reminders
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput
from kantoor.kernel.actors.actor import Actor


def collecting(anne: Actor) -> None:
    """Two agreements with two lines, invoiced and overdue; two reminders, and two on hold."""
    lines = [
        InvoiceLineInput(text=text, quantity=Decimal(1), unit_price=Decimal(10))
        for text in ("Hosting", "Support")
    ]
    before = timezone.localdate() - timedelta(days=60)
    for code in ("K1", "V1"):
        add_recurring(anne, party=code, starts_on=before, months=12, due_days=14, lines=lines)
    issue_recurring_invoices(anne)
    make_reminders(anne)
    for code in ("K1", "V1"):
        hold_reminders(anne, party=code, why="asked", until=date(2030, 1, 1))
