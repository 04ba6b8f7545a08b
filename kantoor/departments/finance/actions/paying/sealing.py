"""Propose payments whose content another department keeps, and book what of them came back.

Finance sees one order with the sum. It is approved by two people, made, booked and matched as any
other; only the file, made for the bank, has what it holds (see sealed.py, docs/decisions/0164).
"""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.open_items import items_of_lines
from kantoor.departments.finance.actions.paying.proposing import (
    PROPOSE,
    execution_day,
    holder_of,
    refuse_other_currency,
)
from kantoor.departments.finance.actions.paying.rows import Header, ReadyOrder, Seal
from kantoor.departments.finance.actions.paying.runs import write_run
from kantoor.departments.finance.actions.settling import Settling, write_settlements
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.drafts_payments import RunMade
from kantoor.departments.finance.errors import NothingToPay, RunChanged, UnknownAccount
from kantoor.departments.finance.events import PaymentsRejected
from kantoor.departments.finance.formats.sepa.orders import MOST_ORDERS
from kantoor.departments.finance.models import Account, PaymentOrder, SealedReturn
from kantoor.departments.finance.models.payments import ACCEPTED, REJECTED, SENT, WAGES
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.paying.own_accounts import own_account
from kantoor.departments.finance.queries.paying.sealed import content_of_order, end_to_end_of
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.departments.finance.sealed import Content, Transfer
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput


class SealedPayment(msgspec.Struct, frozen=True, kw_only=True):
    """What a department hands over: from which account it is owed, what it is called, what is in it."""

    source: str
    text: str
    owed: str
    nonce: str
    transfers: Sequence[Transfer]


@action(permission=PROPOSE, title=_("Propose a sealed payment"), hidden=True)
def propose_sealed_payment(
    actor: Actor,
    /,
    *,
    payment: SealedPayment,
    execute_on: date | None = None,
    bank: str = "",
) -> RunMade:
    """Propose one order with the sum of these transfers; two people approve it before it goes out.

    `owed` is the code of the ledger account on which it is owed. Raises NothingToPay, NotInSepa,
    UnknownAccount, InvalidInput.
    """
    refuse_other_currency(actor)
    on = execution_day(actor, execute_on)
    own = own_account(actor, bank)
    owed = _owed_on(actor, payment.owed)
    if not payment.transfers:
        raise NothingToPay(_("There is nothing to pay."))
    if len(payment.transfers) > MOST_ORDERS:
        raise InvalidInput(_("These are more payments than a file holds; pay them in parts."))
    assert all(each.amount > 0 and each.iban and each.name for each in payment.transfers)
    seal = Seal(payment.source, owed, Content(payment.nonce, payment.transfers).digest)
    total = sum(each.amount for each in payment.transfers)
    order = ReadyOrder(
        None, None, None, payment.text, "", "", total, 0, "", payment.text[:140], (), seal=seal
    )
    header = Header(WAGES, own, on, on, payment.text)
    run = write_run(actor, header, holder_of(actor), [order])
    concerns(f"finance.payment_run/{run.pk}")
    return RunMade(run.number, 1, run.amount, 0)


def _owed_on(actor: Actor, code: str) -> int:
    found = Account.objects.filter(company_id=actor.company_id, code=code).first()
    if found is None:
        message = _("There is no account “{code}”.").format(code=code[:40])
        raise UnknownAccount(message, field="owed")
    if found.role in CONTROL_ROLES:
        by_party = _("{code} is kept by party; take another account for this.")
        raise UnknownAccount(by_party.format(code=code), field="owed")
    return found.pk


def send_back(
    actor: Actor, order: PaymentOrder, reasons: Mapping[int, str], on: date
) -> tuple[int, int]:
    """Book that transfers of a sealed order, by their place, did not reach anybody.

    They are booked back as one sum, so that the ledger tells no more than the bank's statement.
    Gives how many, and their sum. Raises RunChanged for one that is not in it, or came back before.
    """
    if order.state not in (SENT, ACCEPTED):
        message = _("{reference} was not sent, or was rejected before.")
        raise RunChanged(message.format(reference=order.end_to_end), field="rejections")
    transfers = content_of_order(order).transfers
    before = set(SealedReturn.objects.filter(order=order).values_list("n", flat=True))
    for n in reasons:
        if n in before or not 1 <= n <= len(transfers):
            message = _("{reference} is not in the payment, or came back before.")
            said = message.format(reference=end_to_end_of(order, n))
            raise RunChanged(said, field="rejections")
    amount = sum(transfers[n - 1].amount for n in reasons)
    _book_back(actor, order, amount, _called(order, reasons), on)
    now = timezone.now()
    SealedReturn.objects.bulk_create(
        SealedReturn(
            company_id=order.company_id, order=order, n=n, reason=reason.strip()[:35], at=now
        )
        for n, reason in sorted(reasons.items())
    )
    if len(before) + len(reasons) == len(transfers):
        order.state = REJECTED
        order.save()
    concerns(f"finance.payment_run/{order.run_id}")
    publish(PaymentsRejected(actor.company_id, order.run.number, len(reasons), amount))
    return len(reasons), amount


def _called(order: PaymentOrder, reasons: Mapping[int, str]) -> str:
    """What a bank's line of the return names: the one transfer, else the file."""
    if len(reasons) == 1:
        return end_to_end_of(order, next(iter(reasons)))
    return order.run.message_id


def _book_back(actor: Actor, order: PaymentOrder, amount: int, reference: str, on: date) -> None:
    run, own = order.run, order.run.currency
    assert order.owed_id is not None and order.transit_id is not None
    transit = account_with_role(accounts_by_role(actor.company_id), "payments_in_transit")
    lines = [
        ReadyLine(order.owed_id, -amount, own, -amount, None, 0, order.end_to_end),
        ReadyLine(transit, amount, own, amount, None, 0, order.end_to_end),
    ]
    journal = journal_of_kind(actor.company_id, "general")
    origin = f"finance.payment_run/{run.pk}"
    entry = ReadyEntry(journal, on.isoformat(), run.number, reference, origin, None, lines)
    key = write_entries(actor, [entry]).keys[0]
    (back,) = items_of_entries(actor.company_id, [key])[key]
    # What the statement shows as paid has nothing open: the line of the return comes.
    if items_of_lines(actor.company_id, [order.transit_id])[order.transit_id].open:
        write_settlements(actor, [Settling(back, order.transit_id)])
