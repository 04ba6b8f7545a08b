"""What the bank says of a sealed payment: the whole of it, or transfers that it did not carry out."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.sealing import send_back
from kantoor.departments.finance.errors import RunChanged
from kantoor.departments.finance.formats.sepa.status import ACCEPTED as ACCEPTED_CODES
from kantoor.departments.finance.formats.sepa.status import REJECTED as REJECTED_CODES
from kantoor.departments.finance.formats.sepa.status import StatusReport
from kantoor.departments.finance.models import PaymentOrder, SealedReturn
from kantoor.departments.finance.models.payments import ACCEPTED, SENT
from kantoor.departments.finance.queries.paying.sealed import content_of_order, end_to_end_of
from kantoor.kernel.actors.actor import Actor


def status_of_sealed(
    actor: Actor, report: StatusReport, order: PaymentOrder, on: date
) -> tuple[int, int]:
    """Take in a report about a sealed order: whether it was accepted (1), how many came back.

    Raises RunChanged for a reference that is not in it.
    """
    count = len(content_of_order(order).transfers)
    places = {end_to_end_of(order, n): n for n in range(1, count + 1)}
    for line, each in enumerate(report.orders, 1):
        if each.end_to_end not in places:
            message = _("“{reference}” is not in the file that the report is about.")
            said = message.format(reference=each.end_to_end)
            raise RunChanged(said, field="content", line=line)
    of_all = report.groups.get(order.run.message_id, (report.status, report.reason))
    said_of = {places[each.end_to_end]: (each.status, each.reason) for each in report.orders}
    before = set(SealedReturn.objects.filter(order=order).values_list("n", flat=True))
    said_of_each = {n: said_of.get(n, of_all) for n in range(1, count + 1) if n not in before}
    back = {
        n: reason or status for n, (status, reason) in said_of_each.items()
        if status in REJECTED_CODES
    }  # fmt: skip
    accepted = 0
    taken = any(status in ACCEPTED_CODES for status, _reason in said_of_each.values())
    if taken and order.state == SENT:
        order.state = ACCEPTED
        order.save()
        accepted = 1
    if back:
        send_back(actor, order, back, on)
    return accepted, len(back)
