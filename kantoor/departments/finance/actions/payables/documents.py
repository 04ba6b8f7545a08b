"""Purchase invoices as actions take them in hand: locked, and ready for what is asked."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import NotReady, UnknownInvoice
from kantoor.departments.finance.models import PurchaseInvoice
from kantoor.departments.finance.models.payables import APPROVED, POSTED, PROPOSED, REFUSED
from kantoor.departments.finance.queries.payables.approvals import needs_of
from kantoor.departments.finance.queries.payables.worth import RateDays
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
    unready = reason_unready(actor, invoices)
    for place, each in enumerate(invoices, 1):
        if why := unready.get(each.pk):
            raise NotReady(f"{each.number}: {why}", field="invoice", line=place)


def reason_unready(
    actor: Actor, invoices: Sequence[PurchaseInvoice], *, approved: bool = True
) -> dict[int, str]:
    """Why those that can't be posted (or, not `approved`, can't be approved) can't, as sentences."""
    broken, uncoded = _broken_rules(invoices), _uncoded(invoices)
    rates = RateDays(actor, invoices)
    found = {each.pk: _reason(each, broken, uncoded, rates.find(each) is None) for each in invoices}
    if approved:
        sound = [each for each in invoices if not found[each.pk]]
        for key, needs in needs_of(actor, sound).items():
            if needs.open:
                whom = ", ".join(need.name for need in needs.open)
                found[key] = str(_("it needs the approval of {whom}.")).format(whom=whom)
    return {key: why for key, why in found.items() if why}


def complete(invoice: PurchaseInvoice) -> bool:
    """Whether an invoice says and has all that posting needs, whatever state it is in."""
    known = invoice.party_id is not None and invoice.date is not None
    return known and not _broken_rules([invoice]) and not _uncoded([invoice])


def _reason(each: PurchaseInvoice, broken: set[int], uncoded: set[int], unrated: bool) -> str:
    said = {
        _("it was posted already."): each.state == POSTED,
        _("it was refused."): each.state == REFUSED,
        _("it breaks rules; ask the supplier for a right one, or refuse it."): each.pk in broken,
        _("it seems to be here already; say that it is not, or refuse it."): each.same_as_id,
        _("it is not known yet which supplier it is of."): each.party_id is None,
        _("it is not coded yet: each line needs an account."): each.date is None
        or each.due_on is None
        or each.pk in uncoded,
        _("there is no rate of its currency on its date; import the rates or set one."): unrated,
        _("it is not accepted yet."): each.state not in (PROPOSED, APPROVED),
    }
    if each.hold and each.state not in (POSTED, REFUSED):
        return str(_("it is held: {why}")).format(why=each.hold)
    return next((str(why) for why, holds in said.items() if holds), "")


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
