"""Post purchase invoices: checked, booked on cost and input VAT, and open with the supplier."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.payables.booking import (
    Books,
    contents_of,
    write_own_taxes,
)
from kantoor.departments.finance.actions.payables.documents import locked, refuse_unready
from kantoor.departments.finance.actions.payables.steps import about_invoice, note_steps
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.settling import Settling, write_settlements
from kantoor.departments.finance.drafts_purchases import PurchasesPosted
from kantoor.departments.finance.errors import EmptyInvoice
from kantoor.departments.finance.events import PurchaseInvoicesPosted
from kantoor.departments.finance.models import PurchaseInvoice
from kantoor.departments.finance.models.payables import CREDIT_NOTE, POSTED
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.payables.worth import RateDays, highest
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import rows_by_key

PERMISSION = "finance.post_purchase"


def above_limit(actor: Actor, parameters: Mapping[str, Any]) -> str | None:
    """Why a second person must approve: an invoice above what the actor may post alone."""
    if (most := actor.limit(PERMISSION)) is None:
        return None
    numbers = parameters["invoices"] if "invoices" in parameters else [parameters["invoice"]]
    if (amount := highest(actor, numbers)) <= most:
        return None
    message = _("An invoice of {amount} minor units is above your limit of {limit}.")
    return message.format(amount=amount, limit=most)


@action(
    permission=PERMISSION,
    title=_("Post purchase invoices"),
    second_pair=above_limit,
    bulk_of="finance.post_purchase_invoice",
)
def post_purchase_invoices(
    actor: Actor, /, *, invoices: Sequence[str], on: date | None = None
) -> PurchasesPosted:
    """Post purchase invoices and credit notes by our numbers (`PI-000012`), all or none.

    Each is dated `on`, else as the invoice itself or, where that period is closed, on the first
    day of the next open one. A credit note that names the invoice it credits settles with it as
    far as both are open. Raises UnknownInvoice, NotReady with what is missing (approval, a broken
    rule, a hold, an account), ClosedPeriod; the line is the place among those given.
    """
    return post(actor, invoices, on)


@action(permission=PERMISSION, title=_("Post a purchase invoice"), second_pair=above_limit)
def post_purchase_invoice(
    actor: Actor, /, *, invoice: str, on: date | None = None
) -> PurchasesPosted:
    """Post one purchase invoice. Raises what the bulk form raises."""
    return post(actor, [invoice], on)


def post(actor: Actor, numbers: Sequence[str], on: date | None = None) -> PurchasesPosted:
    """Post those of these numbers, for actions that may."""
    if not numbers:
        raise EmptyInvoice(_("Name the invoices to post."), field="invoices")
    found = locked(actor, numbers)
    refuse_unready(actor, found)
    post_ready(actor, found, on)
    if len(found) == 1:
        concerns(about_invoice(found[0].pk))
    return _answer(actor, found)


def post_ready(actor: Actor, found: Sequence[PurchaseInvoice], on: date | None) -> None:
    """Book invoices that may be posted, and settle credit notes with what they take back."""
    _book(actor, found, on)
    PurchaseInvoice.objects.bulk_update(
        found, ["state", "entry", "booked_on", "own_net", "own_tax"]
    )
    note_steps(actor, [(about_invoice(each.pk), POSTED, "") for each in found])
    _settle_credits(actor, found)


def _book(actor: Actor, found: Sequence[PurchaseInvoice], on: date | None) -> None:
    """Write the entries, and put them in the invoices."""
    calendar, books = Calendar(actor), Books(actor)
    rates = RateDays(actor, found)
    open_from = cache(calendar.open_from)
    contents = contents_of([each.pk for each in found])
    entries, due = [], []
    booked: list[PurchaseInvoice] = []
    for place, each in enumerate(found, 1):
        assert each.date is not None
        assert each.due_on is not None
        day = on.isoformat() if on else open_from(each.date.isoformat())
        calendar.place(day, place)
        each.state, each.booked_on = POSTED, date.fromisoformat(day)
        rate = rates.on(each, place)
        if (entry := books.entry(each, contents, rate, (day, place))) is not None:
            entries.append(entry)
            due.append(each.due_on.isoformat())
            booked.append(each)
    write_own_taxes(books.own_taxes)
    if entries:
        keys = write_entries(actor, entries, due, calendar).keys
        for each, key in zip(booked, keys, strict=True):
            each.entry_id = key


def _settle_credits(actor: Actor, found: Sequence[PurchaseInvoice]) -> None:
    """Settle credit notes with the invoices they take back, as far as both are open."""
    notes = [each for each in found if each.credits_id is not None and each.gross > 0]
    if not notes:
        return
    credited = rows_by_key(
        "SELECT id, entry_id, gross FROM finance_purchase_invoice WHERE id IN ({})",
        [],
        {each.credits_id for each in notes},
    )
    entries = [each.entry_id for each in notes] + [entry for entry, _gross in credited.values()]
    lines = items_of_entries(actor.company_id, [key for key in entries if key])
    wanted = []
    for each in notes:
        entry, gross = credited[each.credits_id]
        if each.kind == CREDIT_NOTE and entry in lines and each.entry_id in lines and gross > 0:
            wanted.append(Settling(lines[each.entry_id][0], lines[entry][0]))
    write_settlements(actor, wanted)


def _answer(actor: Actor, found: Sequence[PurchaseInvoice]) -> PurchasesPosted:
    signs = [-1 if each.kind == CREDIT_NOTE else 1 for each in found]
    net = sum(sign * each.own_net for sign, each in zip(signs, found, strict=True))
    tax = sum(sign * each.own_tax for sign, each in zip(signs, found, strict=True))
    entries = [each.entry_id for each in found if each.entry_id is not None]
    named = entry_numbers([entries[0], entries[-1]]) if entries else {}
    publish(PurchaseInvoicesPosted(actor.company_id, tuple(each.number for each in found)))
    return PurchasesPosted(
        len(found),
        named[entries[0]] if entries else "",
        named[entries[-1]] if entries else "",
        net,
        tax,
        net + tax,
    )
