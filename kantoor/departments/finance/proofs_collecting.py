"""Prove what getting paid keeps: numbers without gaps, reminders that are what their items say."""

from collections.abc import Iterator

from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.stream import stream

_SUMS = (
    "SELECT reminder.id FROM finance_reminder reminder LEFT JOIN"
    " (SELECT reminder_id, SUM(open) AS open, SUM(interest) AS interest"
    "  FROM finance_reminder_item GROUP BY reminder_id) items ON items.reminder_id = reminder.id"
    " WHERE items.open IS NULL OR items.open <> reminder.open"
    " OR items.interest <> reminder.interest ORDER BY reminder.id"
)
_CHARGES = (
    "SELECT reminder.id FROM finance_reminder reminder"
    " LEFT JOIN (SELECT entry_id, party_id, SUM(amount) AS amount FROM finance_open_item"
    "  GROUP BY entry_id, party_id) charged ON charged.entry_id = reminder.entry_id"
    "  AND charged.party_id = reminder.party_id"
    " WHERE reminder.interest + reminder.costs + reminder.fee <> COALESCE(charged.amount, 0)"
    " ORDER BY reminder.id"
)


@prover("finance_reminder")
def reminders() -> Iterator[Fault]:
    """A reminder is the sum of its items, and what it charges is what its entry books."""
    for sql, what in (
        (_SUMS, "is not the sum of its items"),
        (_CHARGES, "charges something else than its entry books"),
    ):
        for (key,) in stream(sql):
            yield Fault("derived", f"finance_reminder row {key}", what)


@counted("finance.recurring/")
def recurring_series() -> Iterator[Used]:
    """The numbers of recurring invoices by company."""
    rows = stream(
        "SELECT company_id, MIN(sequence), MAX(sequence), COUNT(*)"
        " FROM finance_recurring_invoice GROUP BY company_id"
    )
    for company, first, last, count in rows:
        yield f"finance.recurring/{company}", first, last, count


@counted("finance.reminder/")
def reminder_series() -> Iterator[Used]:
    """The numbers of reminders by company."""
    rows = stream(
        "SELECT company_id, MIN(sequence), MAX(sequence), COUNT(*)"
        " FROM finance_reminder GROUP BY company_id"
    )
    for company, first, last, count in rows:
        yield f"finance.reminder/{company}", first, last, count
