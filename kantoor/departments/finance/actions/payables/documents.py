"""Purchase invoices as actions take them in hand: locked, and ready for what is asked."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import NotReady, UnknownInvoice
from kantoor.departments.finance.models import PurchaseInvoice
from kantoor.departments.finance.models.payables import APPROVED, POSTED, PROPOSED, REFUSED
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import rows_by_key

SOME = 500


def locked(actor: Actor, numbers: Sequence[str]) -> list[PurchaseInvoice]:
    """These purchase invoices of the company, in their order, locked until the commit.

    Raises UnknownInvoice, or InvalidInput where one is named twice, with the place.
    """
    found: dict[str, PurchaseInvoice] = {}
    wanted = sorted({number for number in numbers if "\0" not in number})
    for start in range(0, len(wanted), SOME):
        rows = scoped(actor, PurchaseInvoice).select_for_update()
        part = rows.filter(number__in=wanted[start : start + SOME]).order_by("pk")
        found.update((each.number, each) for each in part)
    seen: set[str] = set()
    for place, number in enumerate(numbers, 1):
        if number not in found:
            message = _("There is no purchase invoice “{number}”.").format(number=number[:40])
            raise UnknownInvoice(message, field="invoice", line=place)
        if number in seen:
            message = _("{number} is named twice.").format(number=number)
            raise InvalidInput(message, field="invoice", line=place)
        seen.add(number)
    return [found[number] for number in numbers]


def refuse_unready(actor: Actor, invoices: Sequence[PurchaseInvoice]) -> None:
    """Raise NotReady where one can't be posted, with what is missing and its place."""
    broken = _broken_rules(invoices)
    uncoded = _uncoded(invoices)
    for place, each in enumerate(invoices, 1):
        why = reason_not_ready(each, broken, uncoded)
        if why:
            message = f"{each.number}: {why}"
            raise NotReady(message, field="invoice", line=place)


def reason_not_ready(each: PurchaseInvoice, broken: set[int], uncoded: set[int]) -> str:
    """Why an invoice can't be approved or posted, as a sentence; empty when it can."""
    if each.state == POSTED:
        return str(_("it was posted already."))
    if each.state == REFUSED:
        return str(_("it was refused."))
    if each.hold:
        return str(_("it is held: {why}")).format(why=each.hold)
    if each.pk in broken:
        return str(_("it breaks rules; ask the supplier for a right one, or refuse it."))
    if each.same_as_id is not None:
        return str(_("it seems to be here already; say that it is not, or refuse it."))
    if each.party_id is None:
        return str(_("it is not known yet which supplier it is of."))
    if each.date is None or each.due_on is None or each.pk in uncoded:
        return str(_("it is not coded yet: each line needs an account."))
    if each.state not in (PROPOSED, APPROVED):
        return str(_("it is not accepted yet."))
    return ""


def _broken_rules(invoices: Iterable[PurchaseInvoice]) -> set[int]:
    """Those that break a rule that keeps them from being posted."""
    keys = [each.pk for each in invoices if each.form != "typed"]
    found = rows_by_key(
        "SELECT invoice_id, count(*) FROM finance_purchase_finding"
        " WHERE fatal AND invoice_id IN ({}) GROUP BY invoice_id",
        [],
        keys,
    )
    return set(found)


def _uncoded(invoices: Iterable[PurchaseInvoice]) -> set[int]:
    """Those with a line without an account, or without any line."""
    keys = [each.pk for each in invoices]
    found = rows_by_key(
        "SELECT invoice_id, count(*) - count(account_id), count(*) FROM finance_purchase_line"
        " WHERE invoice_id IN ({}) GROUP BY invoice_id",
        [],
        keys,
    )
    return {key for key in keys if key not in found or found[key][0]}
