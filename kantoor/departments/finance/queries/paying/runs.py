"""Payment runs: the register, and one with its orders, approvals and what the bank said."""

from datetime import date, datetime
from typing import Any, Literal

import msgspec
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_invoices import Day
from kantoor.departments.finance.models import (
    OpenItem,
    PaymentApproval,
    PaymentItem,
    PaymentOrder,
    PaymentReport,
    PaymentRun,
)
from kantoor.departments.finance.models.payments import MADE, PROPOSED, WAGES
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.paying.digest import digest_of
from kantoor.departments.finance.sealed import may_open, source_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Approval
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "finance.read_payments"
RunState = Literal["proposed", "approved", "made", "cancelled"]
OrderState = Literal["proposed", "sent", "accepted", "rejected", "paid"]


class PaymentRunRow(msgspec.Struct, frozen=True, kw_only=True):
    """A payment run; `amount` in cents."""

    number: str
    kind: Literal["transfer", "debit", "wages"]
    state: RunState
    execute_on: date
    due_until: date
    iban: str
    orders: int
    amount: int
    currency: str
    proposed_by: str
    text: str


class OrderItem(msgspec.Struct, frozen=True, kw_only=True):
    """A document that an order pays, or nets against it (below zero)."""

    document: str
    amount: int
    discount: int


class PaymentOrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """An order: `paid` is one that the bank's statement shows; `reason` says why it was rejected.

    A sealed one has no party: `opens` is the page of what it holds for who may see that, and
    `returned` how many of it came back.
    """

    n: int
    end_to_end: str
    party: str
    name: str
    iban: str
    amount: int
    discount: int
    reference: str
    remittance: str
    sequence: str
    mandate: str
    state: OrderState
    reason: str
    items: list[OrderItem]
    opens: str = ""
    returned: int = 0


class RunApproval(msgspec.Struct, frozen=True, kw_only=True):
    """Who approved, and when."""

    by: str
    at: datetime


class PaymentRunCard(msgspec.Struct, frozen=True, kw_only=True):
    """A run with all that belongs to it; `digest` is what approving it needs.

    `asked_by` is who approved first while the second is waited for, `approval` that request.
    """

    id: int
    run: PaymentRunRow
    digest: str
    holder: str
    message_id: str
    orders: list[PaymentOrderRow]
    approvals: list[RunApproval]
    asked_by: str
    approval: int | None
    format: str
    file_sha256: str
    made_at: datetime | None
    made_by: str
    entry: str
    reports: list[str]


SORTS = {"number": ("kind", "sequence"), "execute_on": ("execute_on",), "amount": ("amount",)}


@query(permission=READ, title=_("Payment runs"), exposed=True)
def payment_runs(
    actor: Actor,
    /,
    *,
    state: Literal["", "proposed", "approved", "made", "cancelled"] = "",
    kind: Literal["", "transfer", "debit", "wages"] = "",
    start: Day | None = None,
    end: Day | None = None,
    sort: str = "-execute_on",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[PaymentRunRow]:
    """Payment runs and direct debits, the newest first; dates are those of execution."""
    found = scoped(actor, PaymentRun).select_related("proposed_by")
    wanted: dict[str, Any] = {
        "state": state or None,
        "kind": kind or None,
        "execute_on__gte": start,
        "execute_on__lte": end,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    page = page_by(
        found,
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals={"amount": Sum("amount")},
    )
    return page.map(_run)


def _run(each: PaymentRun) -> PaymentRunRow:
    return PaymentRunRow(
        number=each.number,
        kind=each.kind,  # type: ignore[arg-type]
        state=each.state,  # type: ignore[arg-type]
        execute_on=each.execute_on,
        due_until=each.due_until,
        iban=each.iban,
        orders=each.order_count,
        amount=each.amount,
        currency=each.currency,
        proposed_by=each.proposed_by.name if each.proposed_by else "",
        text=each.text,
    )


@query(permission=READ, title=_("A payment run"), exposed=True)
def payment_run(actor: Actor, /, *, number: str) -> PaymentRunCard:
    """The run with this number; raises NotFound."""
    run = (
        scoped(actor, PaymentRun)
        .filter(number=number)
        .select_related("proposed_by", "made_by")
        .first()
    )
    if run is None:
        message = _("There is no payment run “{number}”.").format(number=number[:40])
        raise NotFound(message, field="number")
    approvals = PaymentApproval.objects.filter(run=run).select_related("by").order_by("pk")
    asked = _asked(run) if run.state == PROPOSED else None
    reports = PaymentReport.objects.filter(run=run).order_by("pk")
    return PaymentRunCard(
        id=run.pk,
        run=_run(run),
        digest=digest_of(run),
        holder=run.holder,
        message_id=run.message_id,
        orders=_orders(actor, run),
        approvals=[RunApproval(by=each.by.name, at=each.at) for each in approvals],
        asked_by=asked.requested_by.name if asked else "",
        approval=asked.pk if asked else None,
        format=run.format,
        file_sha256=_hash(actor, run),
        made_at=run.made_at,
        made_by=run.made_by.name if run.made_by else "",
        entry=entry_numbers([run.entry_id])[run.entry_id] if run.entry_id else "",
        reports=[each.message_id for each in reports],
    )


def _asked(run: PaymentRun) -> Approval | None:
    """The request of who approved first, for the run as it stands."""
    waiting = Approval.objects.filter(
        company_id=run.company_id, action="finance.approve_payment_run", state="waiting"
    ).select_related("requested_by")
    digest = digest_of(run)
    for each in waiting.order_by("pk"):
        asked = msgspec.json.decode(each.parameters)
        if asked.get("run") == run.number and asked.get("digest") == digest:
            return each
    return None


def _orders(actor: Actor, run: PaymentRun) -> list[PaymentOrderRow]:
    orders = list(
        PaymentOrder.objects.filter(run=run).select_related("party", "mandate").order_by("n")
    )
    items: dict[int, list[OrderItem]] = {each.pk: [] for each in orders}
    for each in PaymentItem.objects.filter(order__run=run).order_by("pk"):
        items[each.order_id].append(
            OrderItem(document=each.document, amount=each.amount, discount=each.discount)
        )
    still = set(
        OpenItem.objects.filter(line__payment_order__run=run)
        .exclude(open=0)
        .values_list("line_id", flat=True)
    )
    found = [_order(run, each, items[each.pk], still) for each in orders]
    if run.kind != WAGES:
        return found
    return [_sealed(actor, run, *pair) for pair in zip(orders, found, strict=True)]


def _order(
    run: PaymentRun, each: PaymentOrder, items: list[OrderItem], still: set[int]
) -> PaymentOrderRow:
    state = each.state
    if run.state == MADE and state != "rejected" and each.transit_id not in still:
        state = "paid"
    return PaymentOrderRow(
        n=each.n,
        end_to_end=each.end_to_end,
        party=each.party.code if each.party else "",
        name=each.name,
        iban=each.iban,
        amount=each.amount,
        discount=each.discount,
        reference=each.reference,
        remittance=each.remittance,
        sequence=each.sequence,
        mandate=each.mandate.reference if each.mandate else "",
        state=state,  # type: ignore[arg-type]
        reason=each.reason,
        items=items,
    )


def _sealed(
    actor: Actor, run: PaymentRun, order: PaymentOrder, row: PaymentOrderRow
) -> PaymentOrderRow:
    """A sealed order: who may open it gets the way to its page, others how many came back."""
    source = source_of(order.sealed_by)
    opens = source.page(run.number) if source and may_open(actor, order.sealed_by) else ""
    return msgspec.structs.replace(row, opens=opens, returned=order.returned.count())


def _hash(actor: Actor, run: PaymentRun) -> str:
    """The seal of the file; of one with few people's wages it would tell them to who can guess."""
    sealed = PaymentOrder.objects.filter(run=run).exclude(sealed_by="")
    names = sealed.values_list("sealed_by", flat=True)
    return run.file_sha256 if all(may_open(actor, each) for each in names) else ""
