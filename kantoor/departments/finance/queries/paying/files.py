"""The file of a payment run, made from its rows: the same bytes each time, sealed by their hash."""

import hashlib
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import RunChanged
from kantoor.departments.finance.formats.sepa.debits import write_debits
from kantoor.departments.finance.formats.sepa.orders import Account, Order, PaymentFile
from kantoor.departments.finance.formats.sepa.transfers import write_transfers
from kantoor.departments.finance.models import PaymentOrder, PaymentRun
from kantoor.departments.finance.models.payments import DEBIT, MADE, WAGES
from kantoor.departments.finance.queries.paying.sealed import transfers_of
from kantoor.departments.finance.sealed import may_open
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, NotAllowed, NotFound
from kantoor.kernel.queries import query, scoped


class FileOfRun(NamedTuple):
    """A payment file as the bank gets it."""

    name: str
    content: bytes


class FileGone(Conflict):
    """The file can't be made again: a person in it was erased, or rows were changed by hand."""

    code = "finance.file_gone"


def asked_on(run: PaymentRun) -> date:
    """The day the bank is asked for: as approved, or the day of the file where that is later."""
    assert run.made_at is not None
    return max(run.execute_on, run.made_at.date())


def content_of(run: PaymentRun) -> bytes:
    """The file of a run by its rows; `made_at` and `format` must be there."""
    assert run.made_at is not None
    rows = PaymentOrder.objects.filter(run=run).select_related("mandate", "run").order_by("n")
    sealed = run.kind == WAGES
    orders = [
        order for each in rows for order in (transfers_of(each) if sealed else [_order(each)])
    ]
    wanted = PaymentFile(
        message_id=run.message_id,
        made_at=run.made_at,
        own=Account(name=run.holder, iban=run.iban, bic=run.bic),
        execute_on=asked_on(run),
        orders=orders,
        creditor=run.creditor,
        scheme=run.scheme,
        batch=run.batch,
        purpose="SALA" if sealed else "",
    )
    assert wanted.amount == run.amount and (sealed or len(wanted.orders) == run.order_count)
    write = write_debits if run.kind == DEBIT else write_transfers
    return write(wanted, run.format)


def _order(each: PaymentOrder) -> Order:
    mandate = each.mandate
    return Order(
        end_to_end=each.end_to_end,
        other=Account(name=each.name, iban=each.iban, bic=each.bic),
        amount=each.amount,
        reference=each.reference,
        remittance=each.remittance,
        mandate=mandate.reference if mandate else "",
        signed_on=mandate.signed_on if mandate else None,
        sequence=each.sequence,
    )


@query(permission="finance.make_payment_file", title=_("The file of a payment run"))
def payment_file(actor: Actor, /, *, number: str) -> FileOfRun:
    """The file that was made of a run, byte for byte; raises NotFound, FileGone.

    What a sealed order holds is for who may open it: raises NotAllowed for others.
    """
    return _file(actor, number)


def sealed_file(actor: Actor, *, number: str) -> FileOfRun:
    """The file of sealed payments, for who keeps what is in it and asked permission.

    Raises NotFound, NotAllowed, FileGone.
    """
    return _file(actor, number)


def _file(actor: Actor, number: str) -> FileOfRun:
    run = scoped(actor, PaymentRun).filter(number=number, state=MADE).first()
    if run is None:
        message = _("There is no payment file “{number}”.").format(number=number[:40])
        raise NotFound(message, field="number")
    names = PaymentOrder.objects.filter(run=run).exclude(sealed_by="")
    if not all(may_open(actor, each) for each in names.values_list("sealed_by", flat=True)):
        raise NotAllowed(_("This file holds what others are paid; who may see that can fetch it."))
    if PaymentOrder.objects.filter(run=run).exclude(erased_at=None).exists():
        raise FileGone(_("Somebody in this file was erased; it can't be made again."))
    try:
        content = content_of(run)
    except RunChanged:
        raise FileGone(_("Somebody in this file was erased; it can't be made again.")) from None
    if hashlib.sha256(content).hexdigest() != run.file_sha256:
        raise FileGone(_("This is not the file that was made; have the books verified."))
    return FileOfRun(name_of(run), content)


def name_of(run: PaymentRun) -> str:
    """What the file is called."""
    return f"{run.number}.{run.format}.xml"
