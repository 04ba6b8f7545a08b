"""Approve a payment run: two people, each of whom saw the same orders, by the action runner.

The first who approves asks it of the second (`second_pair`); both must be people who signed in,
with the permission, and the run must be as both saw it. The database keeps count of the approvals
by itself (models/payments.py).
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.people import only_people
from kantoor.departments.finance.actions.paying.runs import locked_run
from kantoor.departments.finance.errors import PaymentHeld, RunChanged
from kantoor.departments.finance.models import PaymentApproval, PaymentOrder, PaymentRun
from kantoor.departments.finance.models.payments import APPROVED, DEBIT, PROPOSED, TRANSFER, WAGES
from kantoor.departments.finance.queries.paying.accounts import accounts_of
from kantoor.departments.finance.queries.paying.digest import digest_of
from kantoor.departments.finance.queries.paying.words import why_left_out
from kantoor.kernel.actions.context import cause_given
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Approval
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.money import Money
from kantoor.kernel.store.lookup import rows_by_key

APPROVE = "finance.approve_payments"
NAME = "finance.approve_payment_run"


def _two_people(actor: Actor, given: Mapping[str, Any]) -> str:
    """Always a second person: what the run pays, and when it is above one's own limit."""
    only_people(actor)
    run = _as_seen(actor, given["run"], given["digest"])
    words = {
        "run": run.number,
        "count": run.order_count,
        "currency": run.currency,
        "amount": Money(run.amount, run.currency).decimal,
        "date": run.execute_on.isoformat(),
    }
    message = _("{run}: {count} payments, {currency} {amount}, on {date}")
    if run.kind == WAGES:
        message = _("{run}: wages, {currency} {amount}, on {date}")
    if run.kind == DEBIT:
        message = _("{run}: {count} direct debits, {currency} {amount}, on {date}")
    said = message.format(**words)
    most = actor.limit(APPROVE)
    if most is not None and run.amount > most:
        above = _("above the limit of {currency} {amount}")
        limit = Money(most, run.currency).decimal
        said += "; " + above.format(currency=run.currency, amount=limit)
    return said


@action(permission=APPROVE, title=_("Approve a payment run"), second_pair=_two_people)
def approve_payment_run(actor: Actor, /, *, run: str, digest: str) -> None:
    """Approve a run as its page shows it; it waits for a second person, and is then fixed.

    `digest` is that of what was looked at: a run that was changed since is not approved. Raises
    RunChanged, PaymentHeld when an account is no longer verified, NotAllowed.
    """
    found = _as_seen(actor, run, digest)
    second = _second_person(actor, run, digest)
    now = timezone.now()
    PaymentApproval.objects.bulk_create(
        PaymentApproval(company_id=actor.company_id, run=found, by_id=person, at=now, digest=digest)
        for person in (actor.user_id or 0, second)
    )
    found.state = APPROVED
    found.save()
    concerns(f"finance.payment_run/{found.pk}")


def _as_seen(actor: Actor, number: str, digest: str) -> PaymentRun:
    found = locked_run(actor, number, PROPOSED)
    if digest != digest_of(found):
        message = _("{number} was changed since you looked at it; look again.")
        raise RunChanged(message.format(number=number), field="digest")
    refuse_held(found)
    return found


def _second_person(actor: Actor, run: str, digest: str) -> int:
    """Who approved the request that brought us here, by what the database has of it."""
    kind, _slash, key = cause_given.get().partition("/")
    request = None
    if kind == "kernel.approval" and key.isdigit():
        request = Approval.objects.filter(
            pk=int(key),
            company_id=actor.company_id,
            action=NAME,
            state="approved",
            requested_by=actor.user_id,
        ).first()
    if request is not None and request.decided_by_id not in (None, actor.user_id):
        asked = msgspec.json.decode(request.parameters)
        if (asked.get("run"), asked.get("digest")) == (run, digest):
            return int(request.decided_by_id or 0)
    raise NotAllowed(_("Two people approve a payment run."))


def refuse_held(run: PaymentRun) -> None:
    """Refuse a run that pays to an account which is no longer verified, or to who is on hold.

    What a sealed order pays to was approved where it is kept. Raises PaymentHeld with the first.
    """
    orders = list(PaymentOrder.objects.filter(run=run).exclude(party=None).order_by("n"))
    parties = {each.party_id for each in orders if each.party_id is not None}
    accounts = accounts_of(run.company_id, parties)
    holds = rows_by_key(
        "SELECT party_id, hold FROM finance_supplier WHERE company_id = %s AND hold <> ''"
        " AND party_id IN ({})",
        [run.company_id],
        parties if run.kind == TRANSFER else (),
    )
    for each in orders:
        assert each.party_id is not None
        why = accounts.held(each.party_id, each.iban)
        said = holds.get(each.party_id, "")
        if not why and not said:
            continue
        message = _("{name} is held: {why}. Leave it out, or settle that first.")
        words = why_left_out(why or "supplier_hold", said)
        raise PaymentHeld(message.format(name=each.name, why=words), field="run", line=each.n)
