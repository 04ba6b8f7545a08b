"""Payments that the bank did not carry out: their invoices are open again."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.open_items import items_of_lines
from kantoor.departments.finance.actions.paying.booking import book_orders
from kantoor.departments.finance.actions.paying.sealing import send_back
from kantoor.departments.finance.actions.settling import (
    Settling,
    undo_settlements,
    write_settlements,
)
from kantoor.departments.finance.drafts_payments import Rejected
from kantoor.departments.finance.errors import RunChanged
from kantoor.departments.finance.events import PaymentsRejected
from kantoor.departments.finance.models import PaymentOrder, PaymentRun
from kantoor.departments.finance.models.payments import ACCEPTED, REJECTED, SENT
from kantoor.departments.finance.queries.paying.sealed import content_of_order, place_of
from kantoor.departments.finance.queries.settlements import live_settlements
from kantoor.departments.finance.sealed import may_open
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import InvalidInput, NotFound

REPORT = "finance.report_payments"
MOST = 10_000


class Rejection(msgspec.Struct, frozen=True, kw_only=True):
    """An order, by its end-to-end reference, and why (a code of ISO 20022, or words)."""

    end_to_end: str
    reason: str = ""


@action(permission=REPORT, title=_("Book rejected payments"))
def reject_payments(
    actor: Actor, /, *, rejections: Sequence[Rejection], on: date | None = None
) -> Rejected:
    """Book that the bank did not carry out payments, or that they came back; all or none.

    What they paid is open again. One that the statement shows as paid already leaves an amount
    under way, which the line that brings the money back settles. Raises NotFound, RunChanged for
    one that was not sent or rejected before, InvalidInput, ClosedPeriod.
    """
    if not 0 < len(rejections) <= MOST:
        message = _("Name 1 to {most} payments.")
        raise InvalidInput(message.format(most=MOST), field="rejections")
    reasons = {each.end_to_end: each.reason.strip()[:35] for each in rejections}
    orders = list(
        PaymentOrder.objects.select_for_update()
        .filter(company_id=actor.company_id, end_to_end__in=reasons)
        .order_by("run_id", "n")
    )
    known = {each.end_to_end: each for each in orders}
    day = on or today_of(actor)
    sealed = _sealed(actor, [each for each in reasons if each not in known])
    for place, each in enumerate(rejections, 1):
        if each.end_to_end in sealed:
            continue
        if each.end_to_end not in known:
            message = _("There is no payment “{reference}”.")
            said = message.format(reference=each.end_to_end[:40])
            raise NotFound(said, field="rejections", line=place)
        if known[each.end_to_end].state not in (SENT, ACCEPTED):
            message = _("{reference} was not sent, or was rejected before.")
            said = message.format(reference=each.end_to_end)
            raise RunChanged(said, field="rejections", line=place)
    whole = [each for each in orders if each.sealed_by]
    orders = [each for each in orders if not each.sealed_by]
    runs = PaymentRun.objects.in_bulk({each.run_id for each in orders})
    for key, run in runs.items():
        reject(actor, run, [each for each in orders if each.run_id == key], reasons, day)
    count, amount = len(orders), sum(each.amount for each in orders)
    for order, some in _of_sealed(whole, sealed, reasons):
        returned = send_back(actor, order, some, day)
        count, amount = count + returned[0], amount + returned[1]
    return Rejected(count, amount)


def _sealed(actor: Actor, references: Sequence[str]) -> dict[str, tuple[PaymentOrder, int]]:
    """The transfers of sealed orders among references; for who may open these."""
    places = {each: place for each in references if (place := place_of(each))}
    orders = PaymentOrder.objects.select_for_update(of=("self",)).select_related("run")
    found = orders.filter(
        company_id=actor.company_id, end_to_end__in={each for each, _n in places.values()}
    ).exclude(sealed_by="").order_by("pk")  # fmt: skip
    known = {each.end_to_end: each for each in found if may_open(actor, each.sealed_by)}
    return {
        reference: (known[order], n) for reference, (order, n) in places.items() if order in known
    }


def _of_sealed(
    whole: Sequence[PaymentOrder],
    sealed: Mapping[str, tuple[PaymentOrder, int]],
    reasons: Mapping[str, str],
) -> list[tuple[PaymentOrder, dict[int, str]]]:
    """What of sealed orders came back, by its place: all that had not yet, or what was named."""
    found: dict[int, tuple[PaymentOrder, dict[int, str]]] = {}
    for order in whole:
        before = set(order.returned.values_list("n", flat=True))
        places = range(1, len(content_of_order(order).transfers) + 1)
        reason = reasons[order.end_to_end]
        found[order.pk] = order, {n: reason for n in places if n not in before}
    for reference, (order, n) in sealed.items():
        found.setdefault(order.pk, (order, {}))[1][n] = reasons[reference]
    return list(found.values())


def reject(
    actor: Actor,
    run: PaymentRun,
    orders: Sequence[PaymentOrder],
    reasons: dict[str, str],
    on: date,
) -> None:
    """Book orders of one run back, and open what they paid."""
    company_id = actor.company_id
    paid = [each.line_id for each in orders if each.line_id is not None]
    assert len(paid) == len(orders)
    undone = live_settlements(company_id, paid, lock=True)
    if undone:
        latest = max(on.isoformat(), *(each.date for each in undone))
        undo_settlements(actor, undone, latest, "")
        on = date.fromisoformat(latest)
    _entry, lines = book_orders(actor, run, orders, on, back=True)
    pairs = [
        pair
        for order, (line, transit) in zip(orders, lines, strict=True)
        for pair in ((order.line_id, line), (order.transit_id, transit))
    ]
    items = items_of_lines(company_id, [key for pair in pairs for key in pair if key])
    wanted = []
    for before, after in pairs:
        assert before is not None
        # What the statement shows as paid has nothing open: the line of the return comes.
        if items[before].open:
            debit = items[before].amount > 0
            wanted.append(Settling(*((before, after) if debit else (after, before))))
    write_settlements(actor, wanted)
    for each in orders:
        each.state, each.reason = REJECTED, reasons.get(each.end_to_end, "")
    PaymentOrder.objects.bulk_update(orders, ["state", "reason"])
    concerns(f"finance.payment_run/{run.pk}")
    total = sum(each.amount for each in orders)
    publish(PaymentsRejected(company_id, run.number, len(orders), total))
