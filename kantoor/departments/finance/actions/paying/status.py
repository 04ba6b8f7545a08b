"""Take in the bank's answer to a payment file (pain.002): accepted, or rejected and open again."""

import hashlib
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.rejecting import REPORT, reject
from kantoor.departments.finance.actions.paying.sealed_status import status_of_sealed
from kantoor.departments.finance.drafts_payments import StatusTaken
from kantoor.departments.finance.errors import RunChanged, UnreadableFile
from kantoor.departments.finance.formats.sepa.status import (
    ACCEPTED as ACCEPTED_CODES,
)
from kantoor.departments.finance.formats.sepa.status import (
    REJECTED as REJECTED_CODES,
)
from kantoor.departments.finance.formats.sepa.status import (
    StatusReport,
    Unreadable,
    read_status,
)
from kantoor.departments.finance.models import PaymentOrder, PaymentReport, PaymentRun
from kantoor.departments.finance.models.payments import ACCEPTED, DEBIT, MADE, SENT, WAGES
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import Conflict, NotFound


@action(permission=REPORT, title=_("Take in a payment status"))
def take_in_payment_status(
    actor: Actor, /, *, content: bytes, on: date | None = None
) -> StatusTaken:
    """Take in a pain.002: what is rejected is booked back, and its invoices are due again.

    A status for the whole file or a group goes for all orders in it that have none of their own.
    Raises UnreadableFile, NotFound when it is about no file of ours, Conflict for a report that
    was taken in before, RunChanged for an order that is not in the file.
    """
    report = _read(content)
    digest = hashlib.sha256(content).hexdigest()
    if PaymentReport.objects.filter(company_id=actor.company_id, sha256=digest).exists():
        raise Conflict(_("This report was taken in before."), field="content")
    run = PaymentRun.objects.select_for_update().filter(
        company_id=actor.company_id, message_id=report.original, state=MADE
    ).first()  # fmt: skip
    if run is None:
        message = _("The report is about the file “{name}”, which was not made here.")
        raise NotFound(message.format(name=report.original), field="content")
    orders = list(PaymentOrder.objects.filter(run=run).select_related("run").order_by("n"))
    if run.kind == WAGES:
        counts = status_of_sealed(actor, report, orders[0], on or today_of(actor))
        return _taken(run, report, digest, *counts)
    _refuse_strangers(report, orders)
    said = {each.end_to_end: (each.status, each.reason) for each in report.orders}
    accepted, rejected, reasons = [], [], {}
    for each in orders:
        status, reason = said.get(each.end_to_end, ("", "")) if each.end_to_end in said else (
            report.groups.get(group_of(run, each), (report.status, report.reason))
        )  # fmt: skip
        if status in REJECTED_CODES and each.state in (SENT, ACCEPTED):
            rejected.append(each)
            reasons[each.end_to_end] = reason or status
        elif status in ACCEPTED_CODES and each.state == SENT:
            each.state = ACCEPTED
            accepted.append(each)
    PaymentOrder.objects.bulk_update(accepted, ["state"])
    if rejected:
        reject(actor, run, rejected, reasons, on or today_of(actor))
    return _taken(run, report, digest, len(accepted), len(rejected))


def _taken(
    run: PaymentRun, report: StatusReport, digest: str, accepted: int, rejected: int
) -> StatusTaken:
    PaymentReport.objects.create(
        company_id=run.company_id,
        run=run,
        sha256=digest,
        message_id=report.message_id,
        status=report.status[:4],
        accepted=accepted,
        rejected=rejected,
        at=timezone.now(),
    )
    concerns(f"finance.payment_run/{run.pk}")
    return StatusTaken(run.number, accepted, rejected)


def group_of(run: PaymentRun, order: PaymentOrder) -> str:
    """The payment information that an order stands in, as the file names it."""
    if run.kind != DEBIT:
        return run.message_id
    return f"{run.message_id}-{order.sequence}"[:35]


def _read(content: bytes) -> StatusReport:
    try:
        return read_status(content)
    except Unreadable as error:
        message = _("This is no payment status that can be read: {why}.")
        said = message.format(why=str(error))
        raise UnreadableFile(said, field="content", line=error.line) from None


def _refuse_strangers(report: StatusReport, orders: list[PaymentOrder]) -> None:
    known = {each.end_to_end for each in orders}
    for place, each in enumerate(report.orders, 1):
        if each.end_to_end not in known:
            message = _("“{reference}” is not in the file that the report is about.")
            said = message.format(reference=each.end_to_end)
            raise RunChanged(said, field="content", line=place)
