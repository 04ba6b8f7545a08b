"""Enter purchase invoices: checked as a whole, numbered, and put before who approves and posts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.checks import PurchaseChecks
from kantoor.departments.finance.actions.payables.posting import post_purchase_invoices
from kantoor.departments.finance.actions.payables.rows import (
    ReadyPurchase,
    Written,
    write_purchases,
)
from kantoor.departments.finance.actions.payables.steps import about_invoice
from kantoor.departments.finance.drafts_purchases import (
    PurchaseDraft,
    PurchaseEntered,
    PurchaseLineDraft,
)
from kantoor.departments.finance.errors import EmptyInvoice
from kantoor.departments.finance.models.payables import POSTED, RECEIVED, reference_key
from kantoor.departments.finance.queries.payables.duplicates import Asked, seem_same
from kantoor.departments.finance.queries.payables.states import numbers_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor

PERMISSION = "finance.enter_purchase"


@action(
    permission=PERMISSION,
    title=_("Enter purchase invoices"),
    bulk_of="finance.enter_purchase_invoice",
)
def enter_purchase_invoices(
    actor: Actor, /, *, invoices: Sequence[PurchaseDraft], post_them: bool = False
) -> list[PurchaseEntered]:
    """Enter purchase invoices and credit notes, all or none; `post_them` posts them at once.

    One that seems to be here already (same supplier and number, or same supplier, date and
    amount) is entered, flagged with `same_as`, and waits until a person has looked. Posting needs
    the permission for it, and whatever approval is asked: raises NotAllowed, also for what is above
    the limit of who enters it.

    Raises UnknownParty, UnknownAccount, UnknownTaxCode, UnknownDimension, UnknownInvoice,
    WrongTaxAmount, WrongTotal, EmptyInvoice or InvalidInput; the line is the invoice's place.
    """
    if not invoices:
        raise EmptyInvoice(_("There is no invoice to enter."), field="invoices")
    checks = PurchaseChecks(actor, invoices)
    ready = [checks.ready(place, draft) for place, draft in enumerate(invoices, 1)]
    return _enter(actor, ready, post_them)


@action(permission=PERMISSION, title=_("Enter a purchase invoice"))
def enter_purchase_invoice(
    actor: Actor,
    /,
    *,
    supplier: str,
    reference: str,
    date: date,
    lines: Sequence[PurchaseLineDraft],
    due_on: date | None = None,
    credit: bool = False,
    credits: str = "",
    currency: str = "",
    gross: int | None = None,
    discount_percent: Decimal | None = None,
    discount_on: date | None = None,
    payment_reference: str = "",
    iban: str = "",
    order_reference: str = "",
    text: str = "",
    post_it: bool = False,
) -> PurchaseEntered:
    """Enter one purchase invoice, or with `credit` a credit note; see the bulk form.

    `currency` is the company's when empty; in another the invoice is posted at the rate of its
    date, and paid in its own.
    The line of an error is the invoice's line.
    """
    draft = PurchaseDraft(
        supplier=supplier,
        reference=reference,
        date=date,
        lines=lines,
        due_on=due_on,
        credit=credit,
        credits=credits,
        currency=currency,
        gross=gross,
        discount_percent=discount_percent,
        discount_on=discount_on,
        payment_reference=payment_reference,
        iban=iban,
        order_reference=order_reference,
        text=text,
    )
    ready = PurchaseChecks(actor, [draft]).ready(None, draft)
    return _enter(actor, [ready], post_it)[0]


def _enter(actor: Actor, ready: Sequence[ReadyPurchase], at_once: bool) -> list[PurchaseEntered]:
    written, same = write_flagged(actor, ready)
    if at_once:
        # By the door: entering is no leave to post, nor to post above one's limit.
        post_purchase_invoices(actor, invoices=written.numbers)
    if len(ready) == 1:
        concerns(about_invoice(written.ids[0]))
    named = numbers_of(actor.company_id, [key for key in same if key])
    return [
        PurchaseEntered(
            number,
            POSTED if at_once else each.state if key is None else RECEIVED,
            each.net,
            each.tax,
            each.net + each.tax,
            each.currency,
            date.fromisoformat(each.due_on or ""),
            named.get(key or 0, ""),
        )
        for number, each, key in zip(written.numbers, ready, same, strict=True)
    ]


def write_flagged(actor: Actor, ready: Sequence[ReadyPurchase]) -> tuple[Written, list[int | None]]:
    """Write invoices, those that seem to be here already flagged; gives what each seems to be."""
    asked = [
        Asked(each.party_id, each.kind, reference_key(each.reference), each.date, each.net + each.tax)
        for each in ready
    ]  # fmt: skip
    found = seem_same(actor.company_id, asked)
    if not any(found):
        return write_purchases(actor, ready), found
    # Those that are the same as one among them follow once that has its key.
    first: list[int] = []
    second: list[int] = []
    for place, key in enumerate(found):
        (second if key is not None and key < 0 else first).append(place)
    keys: dict[int, int] = {}
    numbers: dict[int, str] = {}
    for places in (first, second):
        if not places:
            continue
        some = []
        for place in places:
            key = found[place]
            found[place] = key = keys[-1 - key] if key is not None and key < 0 else key
            some.append(ready[place]._replace(state=RECEIVED, same_as=key) if key else ready[place])
        part = write_purchases(actor, some)
        keys |= dict(zip(places, part.ids, strict=True))
        numbers |= dict(zip(places, part.numbers, strict=True))
    order = range(len(ready))
    return Written([keys[place] for place in order], [numbers[place] for place in order]), found
