"""Receive what was ordered, in parts or as a whole, and take a receipt back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.order_documents import locked_orders, not_now
from kantoor.departments.finance.actions.payables.steps import ORDER
from kantoor.departments.finance.drafts_orders import ReceiptDraft, ReceivedLine
from kantoor.departments.finance.errors import TooMuch
from kantoor.departments.finance.events import PurchasesReceived
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models import PurchaseOrder, Receipt, ReceiptLine
from kantoor.departments.finance.models.purchasing import SENT, receipt_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows

PERMISSION = "finance.receive_goods"


class _Left(NamedTuple):
    """A line of an order: its key, what was ordered, and what was received of it."""

    id: int
    ordered: int
    received: int

    @property
    def left(self) -> int:
        return self.ordered - self.received


@action(permission=PERMISSION, title=_("Receive orders"), bulk_of="finance.receive_purchase")
def receive_purchases(actor: Actor, /, *, receipts: Sequence[ReceiptDraft]) -> list[str]:
    """Note goods or services received of orders, all or none; gives the receipts' numbers.

    A quantity below zero takes back what was noted before. More than was ordered can be received:
    the invoice is held against it. Raises NotFound, NotReady for an order that was not sent or is
    closed, TooMuch for taking back more than was received, or InvalidInput, with the place.
    """
    if not receipts:
        raise InvalidInput(_("There is no receipt to note."), field="receipts")
    numbers = list(dict.fromkeys(each.order for each in receipts))
    orders = {each.number: each for each in locked_orders(actor, numbers)}
    lines = _lines(list(orders.values()))
    wanted = []
    for place, each in enumerate(receipts, 1):
        order = orders[each.order]
        if order.state != SENT:
            raise not_now(order, _("it was not sent yet, or is closed."), place)
        if len(each.reference) > 80 or len(each.text) > 200 or "\0" in each.reference + each.text:
            message = _("A text has at most {text} characters, a code or reference {code}, and no NUL.")  # fmt: skip
            raise InvalidInput(message.format(text=200, code=80), field="reference", line=place)
        wanted.append(_received(lines[order.pk], each.lines, place))
    if len(orders) == 1:
        concerns(f"{ORDER}/{orders[numbers[0]].pk}")
    publish(PurchasesReceived(actor.company_id, tuple(numbers)))
    return _write(actor, orders, receipts, wanted)


@action(permission=PERMISSION, title=_("Receive an order"))
def receive_purchase(
    actor: Actor,
    /,
    *,
    order: str,
    date: date,
    lines: Sequence[ReceivedLine] = (),
    reference: str = "",
    text: str = "",
) -> str:
    """Note one receipt; gives its number. No lines is all that is left of the order."""
    draft = ReceiptDraft(order=order, date=date, lines=lines, reference=reference, text=text)
    return receive_purchases(actor, receipts=[draft])[0]


def _lines(orders: Sequence[PurchaseOrder]) -> dict[int, dict[int, _Left]]:
    found = rows_by_key(
        "SELECT line.id, line.order_id, line.n, line.quantity,"
        " (SELECT CAST(COALESCE(SUM(got.quantity), 0) AS bigint) FROM finance_receipt_line got"
        "  WHERE got.line_id = line.id)"
        " FROM finance_purchase_order_line line WHERE line.order_id IN ({})",
        [],
        [each.pk for each in orders],
    )
    lines: dict[int, dict[int, _Left]] = {}
    for key, (order_id, n, ordered, received) in found.items():
        lines.setdefault(order_id, {})[n] = _Left(key, ordered, int(received))
    return lines


def _received(
    lines: dict[int, _Left], said: Sequence[ReceivedLine], place: int
) -> list[tuple[int, int]]:
    """The keys of lines and what is received of each; what is noted counts at once."""
    asked = said or [ReceivedLine(n=n) for n, line in sorted(lines.items()) if line.left > 0]
    found = []
    for each in asked:
        line = lines.get(each.n)
        if line is None:
            message = _("The order has no line {n}.").format(n=each.n)
            raise InvalidInput(message, field="lines", line=place)
        quantity = line.left if each.quantity is None else _scaled(each.quantity, place)
        if line.received + quantity < 0:
            had = Decimal(line.received).scaleb(-6).normalize()
            words = _("Only {received} of line {n} was received.")
            said_so = words.format(received=f"{had:f}", n=each.n)
            raise TooMuch(said_so, field="lines", line=place)
        if quantity:
            lines[each.n] = line._replace(received=line.received + quantity)
            found.append((line.id, quantity))
    if not found:
        nothing = _("Nothing is left of this order to receive; name the lines for more.")
        raise TooMuch(nothing, field="lines", line=place)
    return found


def _scaled(quantity: Decimal, place: int) -> int:
    if (scaled := in_millionths(quantity)) is None:
        message = _("Give a number with no more than six decimals, within 64 bits.")
        raise InvalidInput(message, field="quantity", line=place)
    return scaled


def _write(
    actor: Actor,
    orders: dict[str, PurchaseOrder],
    receipts: Sequence[ReceiptDraft],
    wanted: Sequence[Sequence[tuple[int, int]]],
) -> list[str]:
    first = take_ids(Receipt, len(receipts))
    sequence = take_numbers(f"finance.receipt/{actor.company_id}", len(receipts))
    at = now()
    insert_rows(
        Receipt,
        [
            (first + n, actor.company_id, sequence + n, receipt_number(sequence + n),
             orders[each.order].pk, each.date.isoformat(), each.reference, each.text,
             actor.user_id, at)
            for n, each in enumerate(receipts)
        ],
    )  # fmt: skip
    rows = [(first + n, *line) for n, lines in enumerate(wanted) for line in lines]
    line_id = take_ids(ReceiptLine, len(rows))
    insert_rows(ReceiptLine, [(line_id + n, actor.company_id, *row) for n, row in enumerate(rows)])
    return [receipt_number(sequence + n) for n in range(len(receipts))]
