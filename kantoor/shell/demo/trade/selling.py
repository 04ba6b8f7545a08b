"""What the trading company sells: a few invoices a month for each customer, some in dollars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kantoor.departments.finance.actions.collecting.recurring import add_recurring
from kantoor.departments.finance.actions.collecting.reminders import make_reminders
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput
from kantoor.departments.finance.public import (
    InvoiceDraft,
    InvoiceLine,
    InvoiceRow,
    invoices,
    issue_invoices,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped
from kantoor.shell.demo.calendar import Month
from kantoor.shell.demo.trade.chance import around, chance
from kantoor.shell.demo.trade.relations import CUSTOMERS, Customer

MICRO = 1_000_000
GOODS = ("Vazen van steengoed", "Glazen, set van zes", "Linnen tafelkleed", "Schalen, handgedraaid")
IN_A_MONTH = 2
ABROAD = 2
"""For how many months they have sold in dollars, of which none was paid yet."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a customer will pay for an invoice: when, how much in cents of the bank's currency."""

    on: date
    amount: int
    invoice: str
    customer: Customer


def sell(bookkeeper: Actor, months: Sequence[Month], today: date) -> None:
    """Issue the invoices of these months, and agree on one that recurs."""
    parties = dict(scoped(bookkeeper, Party).values_list("code", "id"))
    drafts = [
        _draft(parties[customer.code], customer, month, n)
        for month in months
        for customer in CUSTOMERS
        if not customer.currency or month in months[-ABROAD:]
        for n in range(IN_A_MONTH)
    ]
    drafts.sort(key=lambda draft: draft.date)
    issue_invoices(bookkeeper, invoices=[d for d in drafts if d.date <= today.isoformat()])
    line = InvoiceLineInput(
        text="Huur vitrines", quantity=Decimal(4), unit_price=Decimal("62.50"), article="VITRINE"
    )
    add_recurring(
        bookkeeper, party="K-HOTEL", starts_on=months[-1].after.first, lines=[line],
        index_percent=Decimal("2.5"), index_on=months[-1].after.first + timedelta(days=366),
    )  # fmt: skip


def _draft(party_id: int, customer: Customer, month: Month, n: int) -> InvoiceDraft:
    on = month.on(2 + 13 * n + chance("day", customer.code, month.code, n, of=11))
    lines = [
        _line(around(customer.usual // IN_A_MONTH // 2, customer.code, month.code, n, k), text)
        for k, text in enumerate(GOODS[chance(customer.code, month.code, n, of=3) :][:2])
    ]
    return InvoiceDraft(
        party_id=party_id, country=customer.country, vat_number=customer.vat_number,
        date=on.isoformat(), reference=f"{customer.code[2:]}-{month.code[2:]}-{n + 1}", origin="",
        lines=lines, currency=customer.currency,
    )  # fmt: skip


def _line(amount: int, text: str) -> InvoiceLine:
    quantity = 5
    price = amount // quantity
    return InvoiceLine(
        article=text[:4].upper(), text=text, quantity=quantity * MICRO,
        unit_price=price * MICRO // 100, net=price * quantity,
    )  # fmt: skip


def receipts(bookkeeper: Actor, today: date) -> list[Receipt]:
    """What customers pay up to a day: each some days later than their habit, or sooner."""
    customers = {each.code: each for each in CUSTOMERS}
    found = []
    for row in _issued(bookkeeper):
        customer = customers[row.party]
        days = customer.pays - 4 + chance("pays", row.number, of=9)
        on = _working_day(row.date + timedelta(days=days))
        if not customer.currency and row.open > 0 and on <= today:
            found.append(Receipt(on, row.open, row.number, customer))
    return found


def _issued(actor: Actor) -> list[InvoiceRow]:
    rows: list[InvoiceRow] = []
    cursor = ""
    while True:
        page = invoices(actor, kind="invoice", sort="number", cursor=cursor, limit=500)
        rows += page.rows
        cursor = page.next_cursor
        if not cursor:
            return rows


def _working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.isoweekday())) if day.isoweekday() > 5 else day


def remind(bookkeeper: Actor) -> None:
    """Write reminders to who is late."""
    make_reminders(bookkeeper)
