"""The books around the demonstration's sales: invented, but for what customers bought.

Capital, rent, wages, purchases and the days on which customers pay are made up from nothing but
the sales themselves, so that they are the same every time.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from kantoor.departments.finance.actions.closing import close_periods, reopen_period
from kantoor.departments.finance.actions.payments import receive_payments
from kantoor.departments.finance.drafts_invoices import Payment
from kantoor.departments.finance.public import (
    EntryDraft,
    InvoiceRow,
    LineDraft,
    invoices,
    post_entries,
)
from kantoor.departments.finance.queries.profit_and_loss import profit_and_loss
from kantoor.departments.finance.queries.trial_balance import trial_balance
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.actor import Actor
from kantoor.shell.demo.calendar import Month

CAPITAL, RENT, WAGES = 250_000_00, 4_800_00, 21_350_00
BANK, SHARES, RENTED, PAID_STAFF, BOUGHT = "1200", "3000", "7000", "6000", "5000"
"""Accounts of the British chart."""
COST_PERCENT = 58
PAYERS_PERCENT = 80
SOONEST, LATEST = 7, 35
"""Days from invoice to payment."""
AT_ONCE = 1000


def months_of_sales(actor: Actor) -> tuple[list[Month], date]:
    """The months in which something was sold, and the day of the last sale."""
    first = invoices(actor, sort="date", limit=1).rows[0].date
    last = invoices(actor, sort="-date", limit=1).rows[0].date
    months = [Month(last.year, last.month)]
    while months[-1].first > first:
        months.append(months[-1].before)
    return months[::-1], last


def post_costs(bookkeeper: Actor, months: list[Month], today: date) -> int:
    """Post capital, and for each month rent, purchases and wages; gives how many entries.

    Months whose rent was posted are done already.
    """
    due = [month for month in months if not _paid_rent(bookkeeper, month)]
    entries = []
    if due[:1] == months[:1]:
        entries.append(_entry(months[0].first, _("Paid-up capital"), BANK, SHARES, CAPITAL))
    for month in due:
        named = f"{month.first:%m-%Y}"
        entries.append(
            _entry(month.first, _("Rent {month}").format(month=named), RENTED, BANK, RENT)
        )
        end = min(month.last, today)
        cost = _revenue(bookkeeper, month.first, end) * COST_PERCENT // 100
        if cost > 0:
            words = _("Purchases {month}").format(month=named)
            entries.append(_entry(end, words, BOUGHT, BANK, cost))
        payday = date(month.year, month.number, 20)
        if payday <= today:
            words = _("Wages {month}").format(month=named)
            entries.append(_entry(payday, words, PAID_STAFF, BANK, WAGES))
    return post_entries(bookkeeper, entries=entries).entries if entries else 0


def _paid_rent(actor: Actor, month: Month) -> bool:
    moved = trial_balance(actor, start=month.first, end=month.last).accounts
    return any(row.code == RENTED and row.debit for row in moved)


def _entry(on: date, text: str, debit: str, credit: str, amount: int) -> EntryDraft:
    lines = (LineDraft(account=debit, amount=amount), LineDraft(account=credit, amount=-amount))
    return EntryDraft(date=on, text=text, lines=lines)


def _revenue(actor: Actor, start: date, end: date) -> int:
    groups = profit_and_loss(actor, start=start, end=end).groups
    return next((group.amount for group in groups if group.code == "revenue"), 0)


def receive_money(bookkeeper: Actor, today: date) -> int:
    """Let most customers pay, some weeks after they bought; gives how many payments."""
    count = 0
    for rows in _all_invoices(bookkeeper):
        payments = [payment for row in rows if (payment := _payment(row, today))]
        if payments:
            receive_payments(bookkeeper, payments=payments)
            count += len(payments)
    return count


def _all_invoices(actor: Actor) -> Iterator[list[InvoiceRow]]:
    """The invoices as they were before anybody paid, in pages."""
    pages, cursor = [], ""
    while True:
        page = invoices(actor, kind="invoice", sort="number", cursor=cursor, limit=AT_ONCE)
        pages.append(page.rows)
        cursor = page.next_cursor
        if not cursor:
            return iter(pages)


def _payment(row: InvoiceRow, today: date) -> Payment | None:
    """The payment of an invoice, decided by its number alone."""
    chance = hashlib.sha256(row.number.encode()).digest()
    days = SOONEST + chance[1] % (LATEST - SOONEST)
    on = row.date + timedelta(days=days)
    if row.open <= 0 or on > today or chance[0] % 100 >= PAYERS_PERCENT:
        return None
    return Payment(date=on, amount=row.open, invoice=row.number, reference=row.number)


def close_months(controller: Actor, months: list[Month]) -> list[str]:
    """Close what lies behind: the last month stays open, the one before is closed softly."""
    past = months[:-1] or [months[0].before]
    if past[0].year != months[0].year and len(months) == 1:
        return []  # before the first fiscal year there is nothing to close
    hard, soft = [month.code for month in past[:-1]], [past[-1].code]
    if len(past) == 1:
        hard, soft = soft, []
    for periods, how in ((hard, "hard"), (soft, "soft")):
        if periods:
            close_periods(controller, periods=periods, how=how)  # type: ignore[arg-type]
    return [*hard, *soft]


def ask_to_reopen(controller: Actor, period: str) -> bool:
    """Ask to reopen what was closed hard, which a second person has to approve."""
    try:
        reopen_period(
            controller, period=period, why=_("A supplier's invoice came in after the close.")
        )
    except NeedsSecondPair:
        return True
    return False
