"""Make the file of an approved run, once: it is booked, sealed by its hash, and goes to the bank."""

import hashlib

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.approving import refuse_held
from kantoor.departments.finance.actions.paying.booking import book_orders, settle_orders
from kantoor.departments.finance.actions.paying.runs import locked_run
from kantoor.departments.finance.drafts_payments import FileMade
from kantoor.departments.finance.errors import FileMadeBefore, RunChanged
from kantoor.departments.finance.events import PaymentsSent
from kantoor.departments.finance.formats.sepa import debits, transfers
from kantoor.departments.finance.models import Mandate, PaymentApproval, PaymentOrder, PaymentRun
from kantoor.departments.finance.models.party_accounts import ENDED
from kantoor.departments.finance.models.payments import APPROVED, DEBIT, MADE, PROPOSED, SENT, WAGES
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.paying.digest import digest_of
from kantoor.departments.finance.queries.paying.files import asked_on, content_of, name_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

MAKE = "finance.make_payment_file"


@action(permission=MAKE, title=_("Make a payment file"))
def make_payment_file(
    actor: Actor, /, *, run: str, format: str = "", batch: bool = True
) -> FileMade:
    """Make the file of an approved run for the bank, and book its payments as under way.

    It is made once: again is refused, so that nothing is paid twice; what was made can be fetched
    as often as needed, byte for byte. `format` is a version such as `pain.001.001.03`, the newest
    if unsaid; with `batch` the bank books one amount for all. Raises FileMadeBefore, RunChanged,
    PaymentHeld, TooMuch when an item was settled meanwhile, ClosedPeriod.
    """
    found = locked_run(actor, run)
    _refuse_made(found)
    _refuse_unapproved(found)
    refuse_held(found)
    found.format = _format(found, format)
    found.batch = _batch(found, batch)
    found.made_at = timezone.now().replace(microsecond=0)
    found.made_by_id = actor.user_id
    content = content_of(found)
    found.file_sha256 = hashlib.sha256(content).hexdigest()
    orders = list(PaymentOrder.objects.filter(run=found).order_by("n"))
    entry, lines = book_orders(actor, found, orders, asked_on(found))
    if found.kind != WAGES:
        settle_orders(actor, found.kind, orders, [line for line, _transit in lines if line])
    for order, (line, transit) in zip(orders, lines, strict=True):
        order.state, order.line_id, order.transit_id = SENT, line, transit
    PaymentOrder.objects.bulk_update(orders, ["state", "line", "transit"])
    found.entry_id = entry
    found.state = MADE
    found.save()
    if found.kind == DEBIT:
        _used(found, orders)
    concerns(f"finance.payment_run/{found.pk}")
    publish(PaymentsSent(actor.company_id, found.number, found.order_count, found.amount))
    number = entry_numbers([entry])[entry]
    return FileMade(
        found.number, name_of(found), found.file_sha256, found.order_count, found.amount, number
    )


def _refuse_made(run: PaymentRun) -> None:
    if run.state == MADE:
        assert run.made_at is not None
        message = _("The file of {number} was made on {date} already; fetch that one.")
        said = message.format(number=run.number, date=run.made_at.date().isoformat())
        raise FileMadeBefore(said, field="run")


def _refuse_unapproved(run: PaymentRun) -> None:
    if run.state == PROPOSED:
        said = _("{number} waits for two people to approve it.").format(number=run.number)
        raise RunChanged(said, field="run")
    if run.state != APPROVED:
        said = _("{number} was cancelled.").format(number=run.number)
        raise RunChanged(said, field="run")
    seen = set(PaymentApproval.objects.filter(run=run).values_list("digest", flat=True))
    if seen != {digest_of(run)}:
        message = _("{number} is not what was approved; cancel it and have the books verified.")
        raise RunChanged(message.format(number=run.number), field="run")


def _format(run: PaymentRun, wanted: str) -> str:
    versions = debits.VERSIONS if run.kind == DEBIT else transfers.VERSIONS
    if wanted and wanted not in versions:
        said = _("The file can be {versions}.").format(versions=", ".join(versions))
        raise InvalidInput(said, field="format")
    return wanted or versions[0]


def _batch(run: PaymentRun, wanted: bool) -> bool:
    """Wages stand on the statement as one amount: else who reads it sees everybody's."""
    if run.kind == WAGES and not wanted:
        message = _("Wages are booked as one amount, so that the statement shows nobody's.")
        raise InvalidInput(message, field="batch")
    return wanted


def _used(run: PaymentRun, orders: list[PaymentOrder]) -> None:
    """Note on the mandates that they were used; those for one collection end by it."""
    wanted = [each.mandate_id for each in orders if each.mandate_id is not None]
    mandates = list(Mandate.objects.filter(pk__in=wanted))
    for each in mandates:
        each.last_used_on = asked_on(run)
        if each.final or each.kind == "one_off":
            each.state = ENDED
    Mandate.objects.bulk_update(mandates, ["last_used_on", "state"])
