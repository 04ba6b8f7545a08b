"""Which payables are paid by a date, in which payments, and which are left out and why.

Nothing is written here: the page that shows a proposal and the action that keeps it ask the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from kantoor.departments.finance.formats.sepa.characters import latin
from kantoor.departments.finance.formats.sepa.references import structured
from kantoor.departments.finance.queries.paying.accounts import Accounts, PayTo, accounts_of
from kantoor.departments.finance.queries.paying.payables import (
    INVOICE_HOLD,
    OTHER_CURRENCY,
    SUPPLIER_HOLD,
    UNDER_WAY,
    Payable,
    open_payables,
    parties_of,
)

CREDITS_EXCEED, OVER_LIMIT = "credits_exceed", "over_limit"
REMITTANCE = 140
EURO = "EUR"


class Part(NamedTuple):
    """An item and what is paid of it; below zero it is netted. `discount` is kept back."""

    payable: Payable
    amount: int
    discount: int


class Payment(NamedTuple):
    """One payment to one supplier."""

    to: PayTo
    parts: tuple[Part, ...]
    reference: str
    remittance: str

    @property
    def amount(self) -> int:
        return sum(part.amount for part in self.parts)

    @property
    def discount(self) -> int:
        return sum(part.discount for part in self.parts)


class LeftOut(NamedTuple):
    """An item that is due and not proposed, and why, as a code."""

    payable: Payable
    why: str
    said: str = ""


class Choice(NamedTuple):
    """What would be paid, and what not."""

    payments: list[Payment]
    left_out: list[LeftOut]


def choose(
    company_id: int,
    *,
    until: str,
    on: str,
    documents: Collection[str] = (),
    parties: Collection[str] = (),
    at_most: int | None = None,
) -> Choice:
    """What to pay on a day of all that is due by `until`; the oldest and what earns discount first.

    `documents` (our numbers) are paid whenever they are due, and nothing else; `parties` are the
    only suppliers paid. `at_most` is how much may be spent.
    """
    payables, under_way = open_payables(company_id, on)
    if parties:
        payables = [each for each in payables if each.party in parties]
    accounts = accounts_of(company_id, parties_of(payables))
    wanted, credits, left_out = [], defaultdict(list), list[LeftOut]()
    for each in payables:
        why = _why_not(each, accounts, under_way)
        if each.open < 0:
            if not why:
                credits[each.party_id].append(each)
        elif _is_due(each, until, on, documents):
            if why:
                said = each.supplier_hold or each.invoice_hold
                left_out.append(LeftOut(each, why, said))
            else:
                wanted.append(each)
    wanted.sort(key=lambda each: _urgency(each, on))
    payments, exceeded = _payments(wanted, credits, accounts, on)
    payments, too_much = _within(payments, at_most)
    return Choice(payments, [*left_out, *exceeded, *too_much])


def _why_not(each: Payable, accounts: Accounts, under_way: frozenset[int]) -> str:
    if each.line_id in under_way:
        return UNDER_WAY
    if each.currency != EURO:
        return OTHER_CURRENCY
    if each.supplier_hold:
        return SUPPLIER_HOLD
    if each.invoice_hold:
        return INVOICE_HOLD
    return accounts.held(each.party_id, each.iban if each.open > 0 else "")


def _is_due(each: Payable, until: str, on: str, documents: Collection[str]) -> bool:
    if documents:
        return each.number in documents or each.document in documents
    if each.due_on <= until:
        return True
    # Paid early for the discount, when the next run would come too late for it.
    return bool(each.discount_at(on)) and each.discount_on is not None and each.discount_on <= until


def _urgency(each: Payable, on: str) -> tuple[bool, str, int]:
    earns = bool(each.discount_at(on))
    return (not earns, (each.discount_on or each.due_on) if earns else each.due_on, each.line_id)


def _payments(
    wanted: Sequence[Payable],
    credits: dict[int, list[Payable]],
    accounts: Accounts,
    on: str,
) -> tuple[list[Payment], list[LeftOut]]:
    by_party: dict[int, list[Payable]] = {}
    for each in wanted:
        by_party.setdefault(each.party_id, []).append(each)
    payments: list[Payment] = []
    left_out: list[LeftOut] = []
    for party_id, items in by_party.items():
        to, netted = accounts.verified[party_id], credits[party_id]
        parts = [_part(each, on) for each in items]
        if netted:
            parts += [Part(each, each.open, 0) for each in netted]
            if sum(part.amount for part in parts) <= 0:
                left_out += [LeftOut(each, CREDITS_EXCEED) for each in items]
                continue
            payments.append(_together(to, parts))
            continue
        alone = [part for part in parts if structured(part.payable.reference)]
        rest = [part for part in parts if not structured(part.payable.reference)]
        payments += [_together(to, [part]) for part in alone]
        if rest:
            payments.append(_together(to, rest))
    return payments, left_out


def _part(each: Payable, on: str) -> Part:
    discount = each.discount_at(on)
    return Part(each, each.open - discount, discount)


def _together(to: PayTo, parts: Sequence[Part]) -> Payment:
    holder = to.holder or parts[0].payable.name
    only = parts[0].payable if len(parts) == 1 else None
    if only and (found := structured(only.reference)):
        return Payment(to._replace(holder=holder), tuple(parts), found.text, "")
    said = [part.payable.reference or part.payable.document for part in parts]
    return Payment(to._replace(holder=holder), tuple(parts), "", remittance(said))


def remittance(said: Iterable[str]) -> str:
    """The numbers of documents within 140 letters; what does not fit is counted."""
    words = [latin(each, 35) for each in said if each.strip()]
    for many in range(len(words), 0, -1):
        rest = len(words) - many
        text = " ".join(words[:many]) + (f" +{rest}" if rest else "")
        if len(text) <= REMITTANCE:
            return text
    return ""


def _within(
    payments: Sequence[Payment], at_most: int | None
) -> tuple[list[Payment], list[LeftOut]]:
    if at_most is None:
        return list(payments), []
    kept: list[Payment] = []
    left_out: list[LeftOut] = []
    left = at_most
    for payment in payments:
        if payment.amount <= left:
            left -= payment.amount
            kept.append(payment)
        else:
            left_out += [
                LeftOut(part.payable, OVER_LIMIT) for part in payment.parts if part.amount > 0
            ]
    return kept, left_out
