"""Hold, release and refuse purchase invoices, and say of one that it is not another again."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.documents import complete, locked
from kantoor.departments.finance.actions.payables.steps import about_invoice, note_steps
from kantoor.departments.finance.errors import NotReady
from kantoor.departments.finance.models import PurchaseInvoice
from kantoor.departments.finance.models.payables import (
    ALTERED,
    HELD,
    POSTED,
    PROPOSED,
    RECEIVED,
    REFUSED,
    RELEASED,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

ENTER = "finance.enter_purchase"


@action(
    permission=ENTER, title=_("Hold purchase invoices"), bulk_of="finance.hold_purchase_invoice"
)  # fmt: skip
def hold_purchase_invoices(actor: Actor, /, *, invoices: Sequence[str], why: str) -> None:
    """Hold invoices, posted or not: they are neither posted nor paid until they are released.

    Raises UnknownInvoice, NotReady for a refused one, InvalidInput without a reason.
    """
    said = _reason(why)
    found = locked(actor, invoices)
    for place, each in enumerate(found, 1):
        if each.state == REFUSED:
            raise _not_now(each, _("it was refused."), place)
        each.hold = said[:200]
    PurchaseInvoice.objects.bulk_update(found, ["hold"])
    _note(actor, found, HELD, said)


@action(permission=ENTER, title=_("Hold a purchase invoice"))
def hold_purchase_invoice(actor: Actor, /, *, invoice: str, why: str) -> None:
    """Hold one invoice; see the bulk form."""
    hold_purchase_invoices(actor, invoices=[invoice], why=why)


@action(
    permission=ENTER,
    title=_("Release purchase invoices"),
    bulk_of="finance.release_purchase_invoice",
)
def release_purchase_invoices(actor: Actor, /, *, invoices: Sequence[str], why: str = "") -> None:
    """Let held invoices go on: to be posted, or to be paid."""
    found = locked(actor, invoices)
    for place, each in enumerate(found, 1):
        if not each.hold:
            raise _not_now(each, _("it is not held."), place)
        each.hold = ""
    PurchaseInvoice.objects.bulk_update(found, ["hold"])
    _note(actor, found, RELEASED, why.strip())


@action(permission=ENTER, title=_("Release a purchase invoice"))
def release_purchase_invoice(actor: Actor, /, *, invoice: str, why: str = "") -> None:
    """Release one invoice; see the bulk form."""
    release_purchase_invoices(actor, invoices=[invoice], why=why)


@action(
    permission=ENTER,
    title=_("Refuse purchase invoices"),
    bulk_of="finance.refuse_purchase_invoice",
)
def refuse_purchase_invoices(actor: Actor, /, *, invoices: Sequence[str], why: str) -> None:
    """Refuse invoices that were not posted yet: they stay, with the reason, and are never posted.

    Raises UnknownInvoice, NotReady for a posted one, InvalidInput without a reason.
    """
    said = _reason(why)
    found = locked(actor, invoices)
    for place, each in enumerate(found, 1):
        if each.state in (POSTED, REFUSED):
            was = _("it was posted already.") if each.state == POSTED else _("it was refused.")
            raise _not_now(each, was, place)
        each.state, each.hold = REFUSED, ""
    PurchaseInvoice.objects.bulk_update(found, ["state", "hold"])
    _note(actor, found, REFUSED, said)


@action(permission=ENTER, title=_("Refuse a purchase invoice"))
def refuse_purchase_invoice(actor: Actor, /, *, invoice: str, why: str) -> None:
    """Refuse one invoice; see the bulk form."""
    refuse_purchase_invoices(actor, invoices=[invoice], why=why)


@action(permission=ENTER, title=_("Say that an invoice is not the same"))
def keep_purchase_apart(actor: Actor, /, *, invoice: str, why: str) -> None:
    """Say of an invoice that seems to be here already that it is another one, and why.

    Raises UnknownInvoice, NotReady where it seems to be none, InvalidInput without a reason.
    """
    said = _reason(why)
    (found,) = locked(actor, [invoice])
    if found.same_as_id is None or found.state in (POSTED, REFUSED):
        raise _not_now(found, _("it does not seem to be another one."), None)
    found.same_as_id = None
    found.state = PROPOSED if complete(found) else RECEIVED
    found.entered_by_id = actor.user_id
    found.save()
    _note(actor, [found], ALTERED, said)


def _reason(why: str) -> str:
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    return why.strip()


def _not_now(each: PurchaseInvoice, why: object, place: int | None) -> NotReady:
    return NotReady(f"{each.number}: {why}", field="invoice", line=place)


def _note(actor: Actor, found: Sequence[PurchaseInvoice], state: str, why: str) -> None:
    note_steps(actor, [(about_invoice(each.pk), state, why) for each in found])
    if len(found) == 1:
        concerns(about_invoice(found[0].pk))
