"""Book what people paid for the company: cost and input VAT against what we owe them.

What is owed is an item on the account of payables, so the payment proposal takes it up.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.checking import LONGEST_TEXT, Checker, Faulty
from kantoor.departments.finance.actions.entries import in_next_open
from kantoor.departments.finance.actions.faults import refusal_of
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.reversal import undo_entries
from kantoor.departments.finance.actions.tax import TaxCodes
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_staff import StaffClaim, StaffLine
from kantoor.departments.finance.errors import (
    AboveLimit,
    EmptyEntry,
    NotReversible,
    UnknownTaxCode,
    WrongTaxAmount,
)
from kantoor.departments.finance.queries.account_keys import codes_of_all_accounts
from kantoor.departments.finance.queries.entry_numbers import entry_keys, entry_numbers
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.paying.under_way import lines_under_way
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotFound
from kantoor.kernel.money import MICRO, half_up_ratio

PERMISSION = "finance.post_purchase"
_WHOLE = 100 * MICRO


@action(permission=PERMISSION, title=_("Post claims of staff"), hidden=True)
def post_staff_claims(actor: Actor, /, *, claims: Sequence[StaffClaim]) -> list[str]:
    """Post what people are owed, all or none; gives the number of each entry in their order.

    One whose day lies in a closed period is posted on the first open day after it. Raises
    UnknownAccount, UnknownParty, UnknownDimension, UnknownTaxCode, WrongTaxAmount, AboveLimit,
    ClosedPeriod or InvalidInput; the line is the place of the claim.
    """
    if not claims:
        raise EmptyEntry(_("There is no entry to post."))
    _refuse_above_limit(actor, claims)
    calendar = Calendar(actor)
    taxes = TaxCodes(actor.company_id, actor.country)
    payables = account_with_role(accounts_by_role(actor.company_id), "payables")
    codes = codes_of_all_accounts(actor.company_id)
    drafts = [
        _entry(place, each, taxes, codes, codes[payables]) for place, each in enumerate(claims, 1)
    ]
    days = {each.date.isoformat() for each in drafts}
    closed = {on for on in days if calendar.open_from(on) != on}
    drafts = [
        in_next_open(calendar, each) if each.date.isoformat() in closed else each for each in drafts
    ]
    checker = Checker(actor, drafts, calendar)
    try:
        ready = checker.ready()
    except (Faulty, DomainError):
        raise refusal_of(actor, checker) from None
    named = [each._replace(origin=claim.origin) for each, claim in zip(ready, claims, strict=True)]
    keys = write_entries(actor, named, calendar=calendar, controls=checker.controls).keys
    if checker.taxes is not None:
        checker.taxes.write(actor, keys, checker.parties)
    numbers = entry_numbers(keys)
    return [numbers[key] for key in keys]


@action(permission=PERMISSION, title=_("Take back claims of staff"), hidden=True)
def undo_staff_claims(
    actor: Actor, /, *, entries: Sequence[str], why: str, on: date | None = None
) -> list[str]:
    """Reverse entries that `post_staff_claims` made; gives the numbers of the reversals.

    What was paid meanwhile is owed back to the company from then on. Raises NotFound,
    NotReversible for what a payment run is about to pay, AlreadyReversed, ClosedPeriod.
    """
    keys = entry_keys(actor.company_id, entries)
    for place, number in enumerate(entries, 1):
        if number not in keys:
            message = _("There is no entry {number}.").format(number=number)
            raise NotFound(message, field="entries", line=place)
    _refuse_under_way(actor, {key: number for number, key in keys.items()})
    undone = undo_entries(actor, [keys[number] for number in entries], why, on)
    numbers = entry_numbers(list(undone.values()))
    return [numbers[undone[keys[number]]] for number in entries]


def _refuse_above_limit(actor: Actor, claims: Sequence[StaffClaim]) -> None:
    if (most := actor.limit(PERMISSION)) is None:
        return
    for place, claim in enumerate(claims, 1):
        if sum(line.gross for line in claim.lines) > most:
            message = _("{number} is above your limit; ask somebody who may post more.")
            said = message.format(number=claim.reference)
            raise AboveLimit(said, field="amount", line=place)


def _refuse_under_way(actor: Actor, keys: Mapping[int, str]) -> None:
    paying = lines_under_way(actor.company_id)
    for key, lines in items_of_entries(actor.company_id, keys).items():
        if paying.intersection(lines):
            message = _("{number} is in a payment run; cancel that or take it out first.")
            raise NotReversible(message.format(number=keys[key]), field="entries")


def _entry(
    place: int, claim: StaffClaim, taxes: TaxCodes, codes: Mapping[int, str], payables: str
) -> EntryDraft:
    if not claim.lines or sum(line.gross for line in claim.lines) <= 0:
        message = _("A claim has lines, and comes to more than nought.")
        raise InvalidInput(message, field="lines", line=place)
    lines: list[LineDraft] = []
    for each in claim.lines:
        lines += _lines(place, each, claim.date, taxes, codes)
    owed = sum(line.gross for line in claim.lines)
    lines.append(LineDraft(account=payables, amount=-owed, party=claim.party, line=place))
    return EntryDraft(
        date=claim.date,
        lines=lines,
        text=claim.text[:LONGEST_TEXT],
        reference=claim.reference,
    )


def _lines(
    place: int, line: StaffLine, on: date, taxes: TaxCodes, codes: Mapping[int, str]
) -> list[LineDraft]:
    """The cost of a line, and the VAT that is taken out of it."""
    text = line.text[:LONGEST_TEXT]
    if not line.tax:
        return [_cost(line, line.gross, "", text, place)]
    rule = taxes.purchase(line.tax, on, place)
    if rule.reversed:
        message = _("{code} is no VAT on a receipt: the buyer accounts for it.")
        raise UnknownTaxCode(message.format(code=rule.code), field="tax", line=place)
    tax = half_up_ratio(line.gross * rule.rate, _WHOLE + rule.rate)
    if line.tax_amount is not None:
        if abs(rule.on(line.gross - line.tax_amount) - line.tax_amount) > 1:
            message = _("The VAT {code} in {gross} is {reckoned} minor units, not {said}.")
            said = message.format(
                code=rule.code, gross=line.gross, reckoned=tax, said=line.tax_amount
            )
            raise WrongTaxAmount(said, field="tax", line=place)
        tax = line.tax_amount
    found = [_cost(line, line.gross - tax, rule.code, text, place)]
    for each in rule.lines(line.gross - tax, tax):
        account = codes[each.account]
        found.append(
            LineDraft(account=account, amount=each.amount, tax=rule.code, text=text, line=place)
        )
    return found


def _cost(line: StaffLine, net: int, tax: str, text: str, place: int) -> LineDraft:
    return LineDraft(
        account=line.account,
        amount=net,
        dimensions=line.dimensions,
        tax=tax,
        text=text,
        line=place,
    )
