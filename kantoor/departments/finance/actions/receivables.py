"""Settle open items with each other, and undo that."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.settling import (
    Settling,
    undo_settlements,
    write_settlements,
)
from kantoor.departments.finance.drafts_invoices import Settled, SettlementDraft
from kantoor.departments.finance.errors import AmountOutOfRange, NothingToSettle
from kantoor.departments.finance.events import ItemsSettled
from kantoor.departments.finance.queries.item_numbers import item_lines
from kantoor.departments.finance.queries.settlements import live_settlements
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

PERMISSION = "finance.settle"
MOST = 10_000


@action(permission=PERMISSION, title=_("Settle open items"), bulk_of="finance.settle_one")
def settle(actor: Actor, /, *, settlements: Sequence[SettlementDraft]) -> Settled:
    """Settle what is owed with payments and credit notes of the same party, all or none.

    Raises UnknownInvoice, NothingToSettle, TooMuch for more than both have open, and
    ClosedPeriod; the line is the settlement's place, from 1.
    """
    if not 0 < len(settlements) <= MOST:
        message = _("Name 1 to {most} settlements.")
        raise InvalidInput(message.format(most=MOST), field="settlements")
    calendar = Calendar(actor)
    lines = item_lines(
        actor.company_id, [number for each in settlements for number in (each.debit, each.credit)]
    )
    wanted = []
    for place, each in enumerate(settlements, 1):
        said = [amount for amount in (each.amount, each.credit_amount) if amount is not None]
        if any(amount <= 0 for amount in said):
            raise AmountOutOfRange(_("Settle an amount above nought."), field="amount", line=place)
        on = each.date.isoformat() if each.date else ""
        if on:
            calendar.place(on, place)
        debit = lines.of(each.debit, "debit", place)
        credit = lines.of(each.credit, "credit", place)
        wanted.append(Settling(debit, credit, each.amount, on, "", place, each.credit_amount))
    amounts = write_settlements(actor, wanted, calendar)
    for place, amount in enumerate(amounts, 1):
        if not amount:
            nothing = _("Nothing is open that these two could settle.")
            raise NothingToSettle(nothing, field="debit", line=place)
    publish(ItemsSettled(actor.company_id, sum(amounts)))
    return Settled(len(amounts), sum(amounts))


@action(permission=PERMISSION, title=_("Settle one item with another"))
def settle_one(
    actor: Actor,
    /,
    *,
    debit: str,
    credit: str,
    amount: int | None = None,
    credit_amount: int | None = None,
) -> Settled:
    """Settle an invoice (`debit`) with a payment or credit note (`credit`), as far as both are open.

    Where they are in two currencies, `credit_amount` says what `amount` is in the credit's.
    """
    draft = SettlementDraft(debit=debit, credit=credit, amount=amount, credit_amount=credit_amount)
    return settle(actor, settlements=[draft])


@action(permission=PERMISSION, title=_("Undo a settlement"))
def undo_settlement(actor: Actor, /, *, debit: str, credit: str, why: str, date: date) -> Settled:
    """Take back that one item settled the other: both are open again, from that date on.

    Raises UnknownInvoice, NothingToSettle when they did not settle each other, InvalidInput
    for a date before they did, ClosedPeriod.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    company_id = actor.company_id
    lines = item_lines(company_id, [debit, credit])
    pair = (lines.of(debit, "debit"), lines.of(credit, "credit"))
    found = [
        each for each in live_settlements(company_id, pair[:1], lock=True) if each[1:3] == pair
    ]
    if not found:
        raise NothingToSettle(_("These two did not settle each other."), field="credit")
    on = date.isoformat()
    if on < (last := max(each.date for each in found)):
        message = _("They settled each other on {date}; undo it on that day or later.")
        raise InvalidInput(message.format(date=last), field="date")
    calendar = Calendar(actor)
    calendar.place(on)
    undo_settlements(actor, found, on, why.strip()[:200], calendar)
    amount = sum(each.amount for each in found)
    publish(ItemsSettled(company_id, -amount))
    return Settled(len(found), amount)
