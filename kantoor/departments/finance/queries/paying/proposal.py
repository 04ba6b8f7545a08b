"""What could be paid by a day: payment by payment, by due day, beside what is in the bank."""

from collections import defaultdict
from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.errors import UnknownAccount
from kantoor.departments.finance.queries.paying.choosing import Choice, LeftOut, Payment, choose
from kantoor.departments.finance.queries.paying.own_accounts import own_account
from kantoor.departments.finance.queries.paying.words import why_left_out
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch


class ProposedPayment(msgspec.Struct, frozen=True, kw_only=True):
    """One payment to one supplier, amounts in cents; `due_on` is of its oldest document."""

    party: str
    party_name: str
    iban: str
    due_on: date
    documents: list[str]
    reference: str
    remittance: str
    amount: int
    discount: int


class LeftOutItem(msgspec.Struct, frozen=True, kw_only=True):
    """A document that is due and not paid; `open` is in its `currency`, `code` is the reason, `why` says it in words."""

    party: str
    party_name: str
    document: str
    due_on: date
    open: int
    code: str
    why: str
    currency: str


class DaySum(msgspec.Struct, frozen=True, kw_only=True):
    """What falls due on a day, and with all before it."""

    day: date
    amount: int
    running: int


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What would be paid, in cents; `balance` is the bank account's in the ledger today."""

    due_until: date
    execute_on: date
    bank: str
    currency: str
    payments: list[ProposedPayment]
    left_out: list[LeftOutItem]
    days: list[DaySum]
    amount: int
    discount: int
    balance: int


@query(permission="finance.read_payments", title=_("What can be paid"), exposed=True)
def payment_proposal(
    actor: Actor,
    /,
    *,
    due_until: date | None = None,
    execute_on: date | None = None,
    bank: str = "",
    at_most: int | None = None,
) -> Proposal:
    """What “Propose payments” would put in a run, and what it would leave out and why.

    Without a day it is all that is due today. In a few statements whatever the number of items.
    """
    today = today_of(actor)
    on = max(execute_on or today, today)
    until = due_until or on
    check_span(None, until)
    choice = choose(actor.company_id, until=until.isoformat(), on=on.isoformat(), at_most=at_most)
    try:
        own = own_account(actor, bank)
        code, balance = own.code, _balance(own.account_id)
    except UnknownAccount:
        # No account is chosen yet: what is due can be seen all the same.
        code, balance = "", 0
    return Proposal(
        due_until=until,
        execute_on=on,
        bank=code,
        currency=actor.currency,
        payments=[_payment(each) for each in choice.payments],
        left_out=[_left_out(each) for each in choice.left_out],
        days=_days(choice),
        amount=sum(each.amount for each in choice.payments),
        discount=sum(each.discount for each in choice.payments),
        balance=balance,
    )


def _balance(account_id: int) -> int:
    rows = fetch(
        "SELECT CAST(COALESCE(SUM(debit - credit), 0) AS bigint) FROM finance_balance"
        " WHERE account_id = %s",
        [account_id],
    )
    return int(rows[0][0])


def _payment(each: Payment) -> ProposedPayment:
    first = each.parts[0].payable
    return ProposedPayment(
        party=first.party,
        party_name=first.name,
        iban=each.to.iban,
        due_on=date.fromisoformat(min(part.payable.due_on for part in each.parts)),
        documents=[part.payable.document for part in each.parts],
        reference=each.reference,
        remittance=each.remittance,
        amount=each.amount,
        discount=each.discount,
    )


def _left_out(each: LeftOut) -> LeftOutItem:
    item = each.payable
    return LeftOutItem(
        party=item.party,
        party_name=item.name,
        document=item.document,
        due_on=date.fromisoformat(item.due_on),
        open=item.open,
        code=each.why,
        why=why_left_out(each.why, each.said),
        currency=item.currency,
    )


def _days(choice: Choice) -> list[DaySum]:
    sums: dict[str, int] = defaultdict(int)
    for payment in choice.payments:
        for part in payment.parts:
            sums[part.payable.due_on] += part.amount
    days, running = [], 0
    for day in sorted(sums):
        running += sums[day]
        days.append(DaySum(day=date.fromisoformat(day), amount=sums[day], running=running))
    return days
