"""Have finance invoice orders and credit returns, in the same transaction."""

from collections.abc import Sequence

from kantoor.departments.finance.public import InvoiceDraft, issue_invoices
from kantoor.departments.sales.drafts import Ready
from kantoor.departments.sales.models.orders import STOCK_CORRECTION
from kantoor.kernel.actors.actor import Actor


def invoice_orders_of(actor: Actor, first: int, orders: Sequence[Ready]) -> dict[int, int]:
    """Invoice the settled ones of orders that are about to be written; invoice by order.

    Stock corrections are settled without an invoice.
    """
    drafts = {
        key: draft(each, f"sales.order/{key}")
        for key, each in enumerate(orders, first)
        if each.settled and each.kind != STOCK_CORRECTION
    }
    return issued(actor, drafts)


def credit_returns_of(actor: Actor, first: int, returns: Sequence[Ready]) -> dict[int, int]:
    """Credit the settled ones of returns that are about to be written; credit note by return."""
    drafts = {
        key: draft(each, f"sales.return/{key}", credit=True)
        for key, each in enumerate(returns, first)
        if each.settled
    }
    return issued(actor, drafts)


def draft(ready: Ready, origin: str, *, credit: bool = False, on: str = "") -> InvoiceDraft:
    """The invoice of an order, or the credit note of a return, dated as it is unless said."""
    buyer = ready.buyer
    return InvoiceDraft(
        party_id=buyer.party_id,
        country=ready.country,
        vat_number=buyer.vat_number,
        date=on or ready.on,
        reference=ready.reference,
        origin=origin,
        lines=ready.lines,  # type: ignore[arg-type]  # plain tuples, in the order of its fields
        credit=credit,
        due_days=buyer.payment_days,
    )


def issued(actor: Actor, drafts: dict[int, InvoiceDraft]) -> dict[int, int]:
    """Issue drafts; the keys of the invoices by those of the drafts."""
    if not drafts:
        return {}
    done = issue_invoices(actor, invoices=list(drafts.values()))
    return dict(zip(drafts, done.invoice_ids, strict=True))
