"""Propose what to collect by direct debit from customers who gave a mandate."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.proposing import (
    PROPOSE,
    execution_day,
    holder_of,
    refuse_other_currency,
)
from kantoor.departments.finance.actions.paying.rows import Header, ReadyItem, ReadyOrder
from kantoor.departments.finance.actions.paying.runs import write_run
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.drafts_payments import RunMade, Scheme
from kantoor.departments.finance.errors import NothingToPay
from kantoor.departments.finance.models import CreditorIdentifier
from kantoor.departments.finance.models.payments import DEBIT
from kantoor.departments.finance.queries.paying.choosing import remittance
from kantoor.departments.finance.queries.paying.collectable import (
    Collectable,
    Receivable,
    collectable,
)
from kantoor.departments.finance.queries.paying.own_accounts import own_account
from kantoor.departments.finance.queries.paying.words import why_left_out
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import InvalidInput


@action(permission=PROPOSE, title=_("Propose direct debits"))
def propose_collections(
    actor: Actor,
    /,
    *,
    due_until: date,
    execute_on: date,
    scheme: Scheme = "CORE",
    bank: str = "",
    parties: Sequence[str] = (),
    text: str = "",
) -> RunMade:
    """Put together what customers with a mandate owe by a day; nothing is collected yet.

    One direct debit for each customer, credit notes taken off. Left out are mandates that lapsed
    (36 months without use) and accounts nobody verified. The bank gets it at least a day before;
    customers are told 14 days before unless agreed otherwise (EPC SDD rulebook). Raises
    NothingToPay, NotInSepa, UnknownAccount, InvalidInput.
    """
    refuse_other_currency(actor)
    on = execution_day(actor, execute_on)
    if on <= today_of(actor):
        message = _("Direct debits are with the bank at least a day before.")
        raise InvalidInput(message, field="execute_on")
    own = own_account(actor, bank)
    creditor = _creditor(actor, on)
    lock_company(actor.company_id)
    found = collectable(actor.company_id, on.isoformat(), scheme, parties)
    orders, left_out = _orders(found, due_until.isoformat(), on)
    if not orders:
        raise NothingToPay(_nothing(left_out), field="due_until")
    header = Header(DEBIT, own, due_until, on, text.strip(), scheme, creditor)
    run = write_run(actor, header, holder_of(actor), orders)
    concerns(f"finance.payment_run/{run.pk}")
    return RunMade(run.number, run.order_count, run.amount, len(left_out))


def _creditor(actor: Actor, on: date) -> str:
    found = (
        CreditorIdentifier.objects.filter(company_id=actor.company_id, valid_from__lte=on)
        .order_by("-valid_from")
        .first()
    )
    if found is None:
        message = _("Set the creditor identifier first; the bank gave it with the contract.")
        raise InvalidInput(message, field="scheme")
    return found.identifier


LeftOut = tuple[Receivable, str]


def _orders(found: Collectable, until: str, on: date) -> tuple[list[ReadyOrder], list[LeftOut]]:
    by_party: dict[int, list[Receivable]] = {}
    left_out: list[LeftOut] = []
    for each in found.items:
        if each.open > 0 and each.due_on > until:
            continue
        if why := _why_not(found, each, on):
            if each.open > 0:
                left_out.append((each, why))
        else:
            by_party.setdefault(each.party_id, []).append(each)
    orders = []
    for items in by_party.values():
        if sum(each.open for each in items) > 0:
            orders.append(_order(found, items))
        else:
            left_out += [(each, "too_small") for each in items if each.open > 0]
    return orders, left_out


def _why_not(found: Collectable, each: Receivable, on: date) -> str:
    if each.line_id in found.under_way:
        return "under_way"
    mandate = found.mandates[each.party_id]
    if mandate.lapsed(on):
        return "mandate_lapsed"
    if mandate.kind == "one_off" and mandate.last_used_on:
        return "mandate_used"
    if why := found.accounts.held(each.party_id):
        return why
    same = found.accounts.verified[each.party_id].id == mandate.account_id
    return "" if same else "no_mandate"


def _order(found: Collectable, items: Sequence[Receivable]) -> ReadyOrder:
    first = items[0]
    mandate, account = found.mandates[first.party_id], found.accounts.verified[first.party_id]
    return ReadyOrder(
        first.subject_id,
        first.party_id,
        account.id,
        account.holder or first.name,
        account.iban,
        account.bic,
        sum(each.open for each in items),
        0,
        "",
        remittance(each.document for each in items),
        [ReadyItem(each.line_id, each.document, each.open) for each in items],
        mandate.id,
        mandate.sequence,
    )


def _nothing(left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return str(_("Nobody who gave a mandate owes anything by that day."))
    item, why = left_out[0]
    message = _("Nothing can be collected: {document} of {party} is left out, {why}.")
    return str(message).format(document=item.document, party=item.name, why=why_left_out(why))
