"""Payment runs as rows: found and locked, written, summed up, and digested for approval."""

import secrets
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.rows import Header, ReadyOrder
from kantoor.departments.finance.errors import RunChanged
from kantoor.departments.finance.models import PaymentItem, PaymentOrder, PaymentRun
from kantoor.departments.finance.models.payments import DEBIT, PROPOSED, TRANSFER, WAGES
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.numbering.numbers import take_numbers

MARKS = {TRANSFER: "PAY", DEBIT: "DD", WAGES: "WAGE"}


def write_run(
    actor: Actor, header: Header, holder: str, orders: Sequence[ReadyOrder]
) -> PaymentRun:
    """Keep a proposed run with its orders and their items."""
    sequence = take_numbers(f"finance.payment_run/{actor.company_id}/{header.kind}", 1)
    number = f"{MARKS[header.kind]}-{sequence:06}"
    own = header.own
    run = PaymentRun.objects.create(
        company_id=actor.company_id,
        kind=header.kind,
        sequence=sequence,
        number=number,
        account_id=own.account_id,
        iban=own.iban,
        bic=own.bic,
        holder=holder[:70],
        scheme=header.scheme,
        creditor=header.creditor,
        due_until=header.due_until,
        execute_on=header.execute_on,
        currency=own.currency,
        order_count=len(orders),
        amount=sum(each.amount for each in orders),
        state=PROPOSED,
        text=header.text[:200],
        proposed_by_id=actor.user_id,
        proposed_at=timezone.now(),
        message_id=f"{number}-{secrets.token_hex(6)}",
        format="",
        file_sha256="",
    )
    _write_orders(run, orders)
    return run


def _write_orders(run: PaymentRun, orders: Sequence[ReadyOrder]) -> None:
    rows = PaymentOrder.objects.bulk_create(
        PaymentOrder(
            subject_id=each.subject_id,
            company_id=run.company_id,
            run=run,
            n=n,
            party_id=each.party_id,
            account_id=each.account_id,
            sealed_by=each.seal.source if each.seal else "",
            owed_id=each.seal.owed_id if each.seal else None,
            content=each.seal.content if each.seal else "",
            mandate_id=each.mandate_id,
            sequence=each.sequence,
            name=each.name[:70],
            iban=each.iban,
            bic=each.bic,
            amount=each.amount,
            discount=each.discount,
            end_to_end=f"{run.number}-{n}",
            reference=each.reference,
            remittance=each.remittance,
            state=PROPOSED,
            reason="",
        )
        for n, each in enumerate(orders, 1)
    )
    PaymentItem.objects.bulk_create(
        PaymentItem(
            company_id=run.company_id,
            order=row,
            line_id=item.line_id,
            document=item.document[:80],
            amount=item.amount,
            discount=item.discount,
        )
        for row, each in zip(rows, orders, strict=True)
        for item in each.items
    )


def locked_run(actor: Actor, number: str, *states: str) -> PaymentRun:
    """The run with that number, locked until the commit; raises NotFound, RunChanged."""
    found = PaymentRun.objects.select_for_update().filter(
        company_id=actor.company_id, number=number
    )
    if (run := found.first()) is None:
        said = _("There is no payment run “{number}”.").format(number=number[:40])
        raise NotFound(said, field="run")
    if states and run.state not in states:
        message = _("{number} is no longer open to this: it is {state}.")
        said = message.format(number=number, state=state_words(run.state))
        raise RunChanged(said, field="run")
    return run


def state_words(state: str) -> object:
    """What a state is called."""
    return {
        "proposed": _("proposed"),
        "approved": _("approved"),
        "made": _("under way"),
        "cancelled": _("cancelled"),
    }[state]


def summed_up(run: PaymentRun) -> None:
    """Make the run's count and sum those of its orders again."""
    amounts = list(PaymentOrder.objects.filter(run=run).values_list("amount", flat=True))
    run.order_count, run.amount = len(amounts), sum(amounts)
    run.save()
