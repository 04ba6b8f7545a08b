"""Place orders with suppliers: written, approved, sent, and closed."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.approving import (
    refuse_above_limit,
    refuse_machines,
)
from kantoor.departments.finance.actions.payables.checks import PurchaseChecks
from kantoor.departments.finance.actions.payables.order_documents import locked_orders, not_now
from kantoor.departments.finance.actions.payables.order_rows import ReadyOrder, write_orders
from kantoor.departments.finance.actions.payables.steps import ORDER, note_steps
from kantoor.departments.finance.drafts_orders import OrderDraft, OrderLineDraft
from kantoor.departments.finance.drafts_purchases import PurchaseDraft, PurchaseLineDraft
from kantoor.departments.finance.errors import EmptyInvoice
from kantoor.departments.finance.events import PurchaseOrderMoved
from kantoor.departments.finance.models import PurchaseApproval, PurchaseOrder
from kantoor.departments.finance.models.purchasing import (
    APPROVED,
    CANCELLED,
    CLOSED,
    DRAFT,
    SENT,
)
from kantoor.departments.finance.queries.budgets.left import (
    orders_over_budget,
    refuse_over_budget,
)
from kantoor.departments.finance.queries.payables.approvals import as_document, order_needs
from kantoor.departments.finance.queries.payables.worth import RateDays
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotAllowed

WRITE, APPROVE = "finance.order_purchase", "finance.approve_purchase"


@action(permission=WRITE, title=_("Write purchase orders"), bulk_of="finance.order_purchase")
def order_purchases(actor: Actor, /, *, orders: Sequence[OrderDraft]) -> list[str]:
    """Write orders with suppliers, all or none; gives their numbers, which have no gaps.

    Raises UnknownParty, UnknownAccount, UnknownTaxCode, UnknownDimension or InvalidInput, with the
    order's place.
    """
    if not orders:
        raise EmptyInvoice(_("There is no order to write."), field="orders")
    return _write(actor, orders, bulk=True)


@action(permission=WRITE, title=_("Write a purchase order"))
def order_purchase(
    actor: Actor,
    /,
    *,
    supplier: str,
    date: date,
    lines: Sequence[OrderLineDraft],
    expected_on: date | None = None,
    reference: str = "",
    text: str = "",
    currency: str = "",
) -> str:
    """Write one order; gives its number. The line of an error is the order's line."""
    draft = OrderDraft(
        supplier=supplier, date=date, lines=lines, expected_on=expected_on, reference=reference,
        text=text, currency=currency,
    )  # fmt: skip
    return _write(actor, [draft], bulk=False)[0]


def _write(actor: Actor, orders: Sequence[OrderDraft], *, bulk: bool) -> list[str]:
    # An order is checked as the invoice that it will become.
    drafts = [_as_invoice(each) for each in orders]
    checks = PurchaseChecks(actor, drafts)
    ready = []
    for place, (each, draft) in enumerate(zip(orders, drafts, strict=True), 1):
        checked = checks.ready(place if bulk else None, draft)
        if each.expected_on is not None:
            checks.check_date(each.expected_on, "expected_on", place if bulk else None)
        if len(each.reference) > 80:
            message = _("This has at most {most} characters, and no NUL.").format(most=80)
            raise InvalidInput(message, field="reference", line=place if bulk else None)
        ready.append(ReadyOrder(checked, each.expected_on, each.reference.strip()))
    ids, numbers = write_orders(actor, ready)
    if len(numbers) == 1:
        concerns(f"{ORDER}/{ids[0]}")
    return numbers


def _as_invoice(order: OrderDraft) -> PurchaseDraft:
    return PurchaseDraft(
        supplier=order.supplier,
        reference="-",
        date=order.date,
        lines=[
            PurchaseLineDraft(
                text=line.text, quantity=line.quantity, unit_price=line.unit_price,
                account=line.account, tax=line.tax, dimensions=line.dimensions,
                article=line.article,
            )
            for line in order.lines
        ],
        text=order.text,
        currency=order.currency,
    )  # fmt: skip


@action(
    permission=APPROVE,
    title=_("Approve purchase orders"),
    bulk_of="finance.approve_purchase_order",
)
def approve_purchase_orders(actor: Actor, /, *, orders: Sequence[str]) -> list[str]:
    """Approve orders, all or none; gives the state of each.

    By whom the rules name, within their limit, and never by who wrote them. Raises NotReady,
    NotAllowed, AboveLimit or NotFound, with the place; OverBudget for what goes beyond a budget
    that blocks.
    """
    refuse_machines(actor)
    found = locked_orders(actor, orders)
    wanted, rates = order_needs(actor, found), RateDays(actor, [as_document(o) for o in found])
    rows, steps = [], []
    for place, each in enumerate(found, 1):
        if each.state != DRAFT:
            raise not_now(each, _("it was approved already, or closed."), place)
        if each.entered_by_id == actor.user_id:
            message = _("{number}: you wrote this yourself; someone else approves it.")
            raise NotAllowed(message.format(number=each.number), field="order", line=place)
        refuse_above_limit(actor, abs(rates.worth(as_document(each), each.net)), each.number, place)
        needs = wanted[each.pk]
        mine = [need for need in needs.open if need.by(actor.user_id or 0)]
        if needs.open and not mine:
            whom = ", ".join(need.name for need in needs.open)
            waits = _("{number}: this waits for {whom}.").format(number=each.number, whom=whom)
            raise NotAllowed(waits, field="order", line=place)
        rows += [
            PurchaseApproval(
                company_id=actor.company_id, about=f"{ORDER}/{each.pk}", digest=needs.digest,
                rule_id=rule_id, user_id=actor.user_id or 0, at=timezone.now(),
            )
            for rule_id in ([need.rule_id for need in mine] or [None])
        ]  # fmt: skip
        signed = len(mine) < len(needs.open)
        each.state = DRAFT if signed else APPROVED
        steps.append((f"{ORDER}/{each.pk}", "signed" if signed else APPROVED, ""))
    _within_budget(actor, [each for each in found if each.state == APPROVED])
    PurchaseApproval.objects.bulk_create(rows)
    _move(found)
    note_steps(actor, steps)
    return [each.state for each in found]


@action(permission=APPROVE, title=_("Approve a purchase order"))
def approve_purchase_order(actor: Actor, /, *, order: str) -> str:
    """Approve one order; gives its state."""
    return approve_purchase_orders(actor, orders=[order])[0]


@action(
    permission=WRITE,
    title=_("Note that purchase orders were sent"),
    bulk_of="finance.send_purchase_order",
)
def send_purchase_orders(actor: Actor, /, *, orders: Sequence[str]) -> None:
    """Note that orders went to their suppliers; they bind us from then on.

    One that a rule names wants approval first: raises NotReady; OverBudget for what goes beyond
    a budget that blocks.
    """
    found = locked_orders(actor, orders)
    _within_budget(actor, [each for each in found if each.state == DRAFT])
    wanted = order_needs(actor, found)
    for place, each in enumerate(found, 1):
        if each.state not in (DRAFT, APPROVED):
            raise not_now(each, _("it was sent already, or closed."), place)
        if needs := wanted[each.pk].open:
            whom = ", ".join(need.name for need in needs)
            raise not_now(each, _("it needs the approval of {whom}.").format(whom=whom), place)
        each.state = SENT
    _move(found)
    note_steps(actor, [(f"{ORDER}/{each.pk}", SENT, "") for each in found])


@action(permission=WRITE, title=_("Note that a purchase order was sent"))
def send_purchase_order(actor: Actor, /, *, order: str) -> None:
    """Note that one order went to its supplier."""
    send_purchase_orders(actor, orders=[order])


@action(
    permission=WRITE,
    title=_("Close purchase orders"),
    bulk_of="finance.close_purchase_order",
)
def close_purchase_orders(actor: Actor, /, *, orders: Sequence[str], why: str) -> None:
    """Close orders: nothing more of them is expected. One not sent yet is cancelled."""
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    found = locked_orders(actor, orders)
    for place, each in enumerate(found, 1):
        if each.state in (CLOSED, CANCELLED):
            raise not_now(each, _("it was closed already."), place)
        each.state = CLOSED if each.state == SENT else CANCELLED
    _move(found)
    note_steps(actor, [(f"{ORDER}/{each.pk}", each.state, why.strip()) for each in found])


@action(permission=WRITE, title=_("Close a purchase order"))
def close_purchase_order(actor: Actor, /, *, order: str, why: str) -> None:
    """Close one order."""
    close_purchase_orders(actor, orders=[order], why=why)


def _move(found: Sequence[PurchaseOrder]) -> None:
    PurchaseOrder.objects.bulk_update(found, ["state"])
    for each in found:
        publish(PurchaseOrderMoved(each.company_id, each.number, each.state))
    if len(found) == 1:
        concerns(f"{ORDER}/{found[0].pk}")


def _within_budget(actor: Actor, committing: Sequence[PurchaseOrder]) -> None:
    """Refuse orders that begin to commit to more than is left of a budget that blocks."""
    if committing:
        days = [(each.pk, each.expected_on or each.date) for each in committing]
        refuse_over_budget(orders_over_budget(actor, days))
